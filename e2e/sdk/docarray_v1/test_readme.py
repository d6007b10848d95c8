from docarray import DocumentArray
from support.readme import example


def test_the_example_of_the_readme_runs_and_leaves_nothing(alice):
    exec(compile(example('DocumentArray.cloud_list'), 'README.md', 'exec'), {})
    assert DocumentArray.cloud_list() == []
