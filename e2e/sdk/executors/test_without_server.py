"""That these environments are whole: what their clients do without any server."""

import json
from pathlib import Path

import pytest
from support import cli
from support.versions import JINA

SCRIPT = Path(__file__).parent / 'call_flow.py'
EXECUTOR = """
from jina import Executor, requests


class Greeter(Executor):
    def __init__(self, greeting='hello', **kwargs):
        super().__init__(**kwargs)
        self.greeting = greeting

    @requests
    def greet(self, docs, **kwargs):
        for document in docs:
            document.text = f'{self.greeting} {document.text}'
"""
# jina 2 knows modules below `metas` only.
CONFIG = """
jtype: Greeter
with:
  greeting: good morning
metas:
  name: Greeter
  py_modules:
    - executor.py
"""


@pytest.fixture
def folder(tmp_path):
    """The folder of an Executor."""
    folder = tmp_path / 'greeter'
    folder.mkdir()
    (folder / 'executor.py').write_text(EXECUTOR)
    (folder / 'config.yml').write_text(CONFIG)
    return folder


def test_says_its_version(tmp_path):
    done = cli.run('jina', '--version', cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert str(JINA) in done.stdout.split()


def test_knows_the_commands_of_the_hub(tmp_path):
    done = cli.run('jina', 'hub', '--help', cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    for command in ('new', 'push', 'pull'):
        assert command in done.stdout


@pytest.mark.parametrize('is_advanced', [False, True])
def test_makes_the_folder_of_a_new_executor(tmp_path, is_advanced):
    folder = tmp_path / 'made'
    words = ['jina', 'hub', 'new', '--name', 'MyExecutor', '--path', folder]
    if is_advanced:
        dockerfile = ['--add-dockerfile'] if JINA.release < (3, 8) else ['--dockerfile', 'cpu']
        facts = ['--description', 'It waits', '--keywords', 'a,b', '--url', 'https://example.org']
        words += ['--advance-configuration', *dockerfile, *facts]
    # It asks whether one wants to say more, and has no option for a no.
    done = cli.run(*words, cwd=tmp_path, stdin='' if is_advanced else 'n\n')
    assert done.returncode == 0, done.stdout
    assert 'class MyExecutor(Executor)' in (folder / 'executor.py').read_text()
    assert 'jtype: MyExecutor' in (folder / 'config.yml').read_text()
    assert (folder / 'Dockerfile').exists() == is_advanced


def test_serves_an_executor_of_a_folder(folder):
    done = cli.run('python', SCRIPT, 'config.yml', '{}', 'alice', 'bob', cwd=folder)
    assert done.returncode == 0, done.stdout
    assert json.dumps(['good morning alice', 'good morning bob']) in done.stdout
