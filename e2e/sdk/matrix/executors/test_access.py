from matrix.executors.machine import LOGS_IN, WITH_SECRET, address, owned
from matrix.operations import operation
from support.executors import files_of
from support.naming import fresh


@operation('pull: another’s public Executor, with a token and without')
def test_anybody_pulls_what_is_public(stranger, nobody):
    executor = owned(files_of(fresh('Public')), public='True', private='False')
    uri = address({**executor, 'secret': None})
    for machine in (stranger, nobody) if LOGS_IN else (nobody,):
        machine.hub('pull', uri)
        assert (machine.package(executor['id']) / 'executor.py').exists()


@operation('pull: another’s private Executor does not exist')
def test_what_is_private_does_not_exist_for_others(stranger, nobody):
    executor = owned(files_of(fresh('Private')))
    uri = address({**executor, 'secret': None})
    if LOGS_IN:
        assert 'There is no Executor of this name or id that you may see.' in stranger.refused('pull', uri)
    assert 'There is no public Executor of this name.' in nobody.refused('pull', uri)


@operation('pull jinahub://NAME:SECRET/TAG: another’s private one with its secret; with a wrong one it does not exist')
def test_a_secret_opens_to_pulls(stranger):
    name, secret = fresh('Secret'), f'{fresh("sesame")}@Check'
    executor = owned(files_of(name), method=WITH_SECRET, id=name, secret=secret, tags='v1')
    assert 'There is no ' in stranger.refused('pull', f'jinahub://{name}:wrong/v1')
    stranger.hub('pull', f'jinahub://{name}:{secret}/v1')
    assert stranger.marker(executor['id'], 'v1')
