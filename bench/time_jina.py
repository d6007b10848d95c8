"""What `jina hub push` of a folder takes, beside what it does before it sends anything: JSON on stdout, seconds."""

import hashlib
import json
import pathlib
import sys
import time

from hubble.executor.helper import archive_package
from hubble.executor.hubio import HubIO
from hubble.executor.parsers import get_main_parser


def seconds(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def pack(folder):
    """As push() does it."""
    hashlib.md5(archive_package(folder).getvalue()).hexdigest()


def main(folder, rounds):
    folder = pathlib.Path(folder)
    results = []
    for number in range(rounds):
        (folder / 'README.md').write_text(f'# Round {number}')
        args = get_main_parser().parse_args(['push', str(folder), '--private', '--no-usage'])
        own = seconds(lambda: pack(folder))
        push = seconds(lambda: HubIO(args).push())
        results.append({'own': own, 'push': push})
    print('\n' + json.dumps(results))


main(sys.argv[1], int(sys.argv[2]))
