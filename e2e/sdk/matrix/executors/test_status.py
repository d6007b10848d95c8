from matrix.executors.machine import OWNER, id_in
from matrix.operations import operation
from support.executors import answer_to_push, files_of, write
from support.naming import fresh
from support.wire import rpc

NO_STATUS = {'jina<3.8': 'it has no status'}


def last_task(name=None):
    """The id of the owner's newest push, of this name."""
    return rpc('executor.listAsyncTasks', OWNER, sort='-createdAt', pageSize=1, **({'id': name} if name else {}))[0]['_id']


@operation('status: of the folder’s last push; --id --replay --verbose prints all of it', absent=NO_STATUS)
def test_the_status_is_that_of_the_last_push(owner, tmp_path):
    name = fresh('Status')
    folder = write(tmp_path / 'folder', files_of(name))
    executor_id = id_in(owner.hub('push', '--private', folder))
    assert id_in(owner.hub('status', folder)) == executor_id
    replayed = owner.hub('status', '--id', last_task(), '--replay', '--verbose')
    assert 'succeeded' in replayed
    assert 'found in' in replayed
    assert '[/usr/lib] and' in replayed


@operation('status --id: of a push that failed, with its reason', absent=NO_STATUS)
def test_the_status_of_a_failed_push_is_its_reason(owner):
    name = fresh('Failed')
    assert '"type":"error"' in answer_to_push(OWNER, {'README.md': 'nothing'}, id=name)
    assert 'or name it in config.yml.' in owner.refused('status', '--id', last_task(name))
