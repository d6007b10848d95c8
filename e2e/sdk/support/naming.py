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


def fresh(label: str) -> str:
    """A name that nobody has used: the clients' own caches are keyed by it."""
    return f'{label}-{uuid.uuid4().hex[:12]}'


def awkward(kind: str) -> str:
    return f'{AWKWARD[kind]} {uuid.uuid4().hex[:8]}'
