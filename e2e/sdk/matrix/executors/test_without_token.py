from matrix.executors.machine import Machine, address, id_in, secret_in
from matrix.operations import WITHOUT_JINA, operation
from support import station
from support.executors import files_of, write
from support.naming import fresh

LOGIN_FIRST = {
    'jina>=3.10': 'it pushes nothing before you log in',
    WITHOUT_JINA: 'it pushes nothing before you log in',
}


@operation('ANONYMOUS_PUSH=on: push without a token gives a secret, which it remembers for the next', absent=LOGIN_FIRST)
def test_a_push_without_a_token_is_its_secrets(tmp_path):
    machine = Machine(tmp_path / 'anywhere', None, station.OPEN_URL)
    name = fresh('Anonymous')
    folder = write(tmp_path / 'folder', files_of(name, 'hello'))
    printed = machine.hub('push', '--private', folder)
    executor = {'id': id_in(printed), 'name': name, 'secret': secret_in(printed)}
    assert executor['secret']
    write(folder, files_of(name, 'good morning'))
    assert id_in(machine.hub('push', folder)) == executor['id']
    machine.hub('pull', address(executor))
    assert "greeting='good morning'" in (machine.package(executor['id']) / 'executor.py').read_text()
