"""Somebody at a machine with one of the clients: what is remembered between commands stays in their home."""

import re
import subprocess
from pathlib import Path
from typing import Optional, Tuple

from support import cli, station
from support.executors import push
from support.station import ALICE, BOB, DORA, User
from support.versions import JINA
from support.wire import rpc

# jina before 3.4.1 cannot log in: it pushes where nobody has to, and its Executors belong to whoever has their secret.
LOGS_IN = JINA is None or JINA.release >= (3, 4, 1)
URL = station.URL if LOGS_IN else station.OPEN_URL
OWNER: Optional[User] = ALICE if LOGS_IN else None
STRANGER: Optional[User] = BOB if LOGS_IN else None
# Somebody with a namespace on this server, whoever pushes.
NEIGHBOUR = BOB if LOGS_IN else DORA
# What makes an Executor with a secret of one's choice.
WITH_SECRET = 'executor.update' if LOGS_IN else 'executor.create'
# The clients of jina itself, up to 3.9, know no namespaces.
KNOWS_NAMESPACES = JINA is None or JINA.release >= (3, 10)
# The same code as `jina hub` from then on, and quicker: it does not load all of jina.
HUB = ('jina-hub',) if KNOWS_NAMESPACES else ('jina', 'hub')
SCHEME = 'jinaai' if KNOWS_NAMESPACES else 'jinahub'


class Machine:
    """A home with the client's caches, and the token of its user, if there is one."""

    def __init__(self, home: Path, user: Optional[User], url: str = URL) -> None:
        (home / '.jina').mkdir(parents=True)
        self.home = home
        self.token = user.token if user else ''
        self.url = url
        # What else its user has set.
        self.variables = {}

    def run(self, *words: object, stdin: str = '') -> subprocess.CompletedProcess:
        """Runs a program of this environment."""
        variables = {
            'HOME': str(self.home),
            'JINA_HUB_ROOT': str(self.home / '.jina'),
            'XDG_CACHE_HOME': str(self.home / '.cache'),
            'JINA_HUBBLE_REGISTRY': self.url,
            'JINA_AUTH_TOKEN': self.token,
            **self.variables,
        }
        return cli.run(*words, cwd=self.home, stdin=stdin, variables=variables)

    def hub(self, *words: object, stdin: str = '', command: Tuple[str, ...] = HUB) -> str:
        """What `jina hub WORDS` prints; it must go well."""
        done = self.run(*command, *words, stdin=stdin)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def refused(self, *words: object) -> str:
        """What `jina hub WORDS` says that was wrong, behind all else that it prints; it must not go well."""
        done = self.run(*HUB, *words)
        assert done.returncode != 0, done.stdout
        # The last error: one that was raised while another was handled says more.
        return re.split(r'^[\w.]*(?:Exception|Error): ', done.stdout, flags=re.MULTILINE)[-1]

    def package(self, executor_id: str) -> Path:
        """Where a pulled Executor lies."""
        root = self.home / '.cache/jina/hub-package' if LOGS_IN else self.home / '.jina'
        return root / executor_id

    def marker(self, executor_id: str, tag: str = 'latest') -> str:
        """What the client remembers a pulled commit by."""
        (found,) = (self.package(executor_id) / f'{tag}.dist-info').glob('PKG-*-*')
        return found.name.split('-')[2]


def id_in(output: str) -> str:
    """The id of the Executor that a push or a status has printed."""
    return re.search(r'/executor/([0-9a-z]{8})/', output).group(1)


def secret_in(output: str) -> Optional[str]:
    """The secret that a push has printed, if any."""
    found = re.search(r'Secret\s+(\w+)', output)
    return found and found.group(1)


def owned(files: dict, method: str = '', **fields: str) -> dict:
    """What the owner has, pushed by hand; `secret` is None where there is none."""
    usual = 'executor.push' if OWNER else 'executor.update' if 'secret' in fields else 'executor.create'
    return {'secret': None, **push(OWNER, files, URL, method=method or usual, **fields)}


def meta(executor: dict, tag: Optional[str] = None) -> dict:
    """What the server has, as the owner sees it."""
    which = {'id': executor['id'], 'secret': executor.get('secret'), 'tag': tag}
    return rpc('executor.getMeta', OWNER, URL, **{key: value for key, value in which.items() if value})


def address(executor: dict, tag: Optional[str] = None) -> str:
    """How this client names an Executor, with its secret where that is the way in."""
    if KNOWS_NAMESPACES:
        return f'{SCHEME}://{OWNER.name}/{executor["name"]}' + (f':{tag}' if tag else '')
    secret = f':{executor["secret"]}' if executor.get('secret') else ''
    return f'{SCHEME}://{executor["id"]}{secret}' + (f'/{tag}' if tag else '')
