import io

import pytest
from hubble import Client
from support.naming import fresh


def upload(blob: bytes = b'bytes', **options) -> dict:
    return Client(jsonify=True).upload_artifact(f=io.BytesIO(blob), **options)['data']


def listed(**options) -> dict:
    return Client(jsonify=True).list_artifacts(**options)


def test_an_empty_storage_lists_nothing(alice):
    reply = listed()
    assert reply['data'] == []
    assert reply['meta']['total'] == 0


def test_the_list_is_the_callers_own_and_each_item_is_the_whole_artifact(alice, bob, log_in):
    mine = upload(name=fresh('mine'), metadata={'a': 1}, is_public=True)
    log_in(bob)
    assert listed()['data'] == []
    log_in(alice)
    assert listed()['data'] == [mine]


def test_the_total_counts_all_matches_and_pages_have_no_gap(alice):
    names = [fresh(f'page-{number:02}') for number in range(25)]
    for name in names:
        upload(name=name)
    assert len(listed()['data']) == 25
    seen = []
    for index in (1, 2, 3):
        reply = listed(sort={'name': 1}, pageIndex=index, pageSize=10)
        assert reply['meta']['total'] == 25
        seen += [artifact['name'] for artifact in reply['data']]
    assert seen == sorted(names)
    assert listed(pageIndex=4, pageSize=10)['data'] == []


@pytest.mark.parametrize('field', ['createdAt', 'updatedAt', 'name', 'size'])
def test_the_list_is_sorted_as_asked(alice, field):
    for label, blob in (('m', b'22'), ('a', b'333'), ('z', b'1')):
        upload(blob, name=fresh(label))
    ascending = [artifact[field] for artifact in listed(sort={field: 1})['data']]
    descending = [artifact[field] for artifact in listed(sort={field: -1})['data']]
    assert ascending == sorted(ascending)
    assert descending == ascending[::-1]


def test_artifacts_that_lack_the_sort_field_are_listed_too(alice):
    upload(name=fresh('named'))
    upload()
    for field in ('name', 'type', 'metaData.nothing'):
        assert len(listed(sort={field: -1})['data']) == 2


def test_filters_match_by_equality_and_all_must_hold(alice):
    one = upload(name=fresh('one'), metadata={'colour': 'red', 'deep': {'size': 3}})
    two = upload(name=fresh('two'), metadata={'colour': 'red', 'deep': {'size': 4}})
    upload(name=fresh('three'))
    matching = lambda **filter: [artifact['_id'] for artifact in listed(filter=filter, sort={'name': 1})['data']]
    assert matching(**{'metaData.colour': 'red'}) == [one['_id'], two['_id']]
    assert matching(**{'metaData.colour': 'red', 'metaData.deep.size': 3}) == [one['_id']]
    assert matching(name=two['name']) == [two['_id']]
    assert matching(**{'metaData.colour': 'blue'}) == []
    assert matching(nonsense='x') == []
    assert listed(filter={'metaData.colour': 'red'})['meta']['total'] == 2
