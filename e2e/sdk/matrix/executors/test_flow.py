import json
from pathlib import Path

from matrix.executors.machine import address, owned
from matrix.operations import WITHOUT_JINA, operation
from support.executors import files_of
from support.naming import fresh

SCRIPT = Path(__file__).parents[2] / 'executors/call_flow.py'


@operation(
    'Flow().add(uses=…, uses_with=…): served, and called by a client',
    absent={WITHOUT_JINA: 'it has no Flow'},
)
def test_a_flow_serves_what_it_pulls(owner):
    executor = owned(files_of(fresh('Flow'), 'hello'), tags='v1')
    greeting = json.dumps({'greeting': 'good evening'})
    done = owner.run('python', SCRIPT, address(executor, 'v1'), greeting, 'alice', 'bob')
    assert done.returncode == 0, done.stdout
    assert json.dumps(['good evening alice', 'good evening bob']) in done.stdout
