from docarray.store.jac import JACDocStore
from support.readme import example


def test_the_example_of_the_readme_runs_and_leaves_nothing(alice):
    exec(compile(example('JACDocStore.list'), 'README.md', 'exec'), {'__name__': 'readme'})
    assert JACDocStore.list('', show_table=False) == []
