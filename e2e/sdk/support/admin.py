"""The administrator's command line on the data of a server under test."""

import os
import subprocess
from pathlib import Path

from support import station

ROOT = Path(__file__).parents[3]


def admin(*words: str, data_dir: str = station.DATA_DIR) -> str:
    """What `npm run --silent admin -- WORDS` prints, without the last line break."""
    environment = {'NODE_ENV': 'production', 'PATH': os.environ['PATH'], 'DATA_DIR': data_dir}
    command = [os.environ['GS_NODE'], 'scripts/admin.ts', *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.rstrip('\n')
