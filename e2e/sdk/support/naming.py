"""Names that people really give: all of them are kept exactly, and none of them is a path."""

import uuid

AWKWARD = {
    'spaces': 'my first  documents',
    'unicode': 'Grüße aus 東京 🚀',
    'dots': 'v1.2.final.tar.gz',
    'dot segments': '../..',
    'slashes': 'nobody-of-this-name/a/b',
    'leading slash': '/etc/passwd',
    'colon and at': 'images:v1@latest',
    'quotes': 'it\'s "quoted"',
}


# In every name of this process, so that its leavings can be told from those of another.
RUN = uuid.uuid4().hex[:6]


def fresh(label: str) -> str:
    """A name that nobody has used: the clients' own caches are keyed by it."""
    return f'{label}-{RUN}{uuid.uuid4().hex[:6]}'


def awkward(kind: str) -> str:
    return f'{AWKWARD[kind]} {RUN}{uuid.uuid4().hex[:6]}'
