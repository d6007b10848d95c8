from matrix.artifacts.calls import listed, upload
from matrix.operations import operation
from support.station import BOB

AS_FORM = {'<0.13.1': 'it sends its filters without their values'}


@operation('list: one’s own, with the total')
def test_the_list_is_the_callers_own(alice, log_in):
    mine = upload(b'mine')
    log_in(BOB)
    assert listed()['data'] == []
    log_in(alice)
    reply = listed()
    assert reply['data'] == [mine]
    assert reply['meta']['total'] == 1


@operation('list: a filter that the server cannot read lists all', absent={'>=0.13.1': 'its filters arrive whole'})
def test_a_filter_without_its_values_filters_nothing(alice):
    ids = {upload(blob)['_id'] for blob in (b'one', b'two')}
    reply = listed(filter={'type': 'documentArray'}, sort={'createdAt': 1})
    assert {artifact['_id'] for artifact in reply['data']} == ids


@operation('list: filters', absent=AS_FORM)
def test_filters_match_by_equality_and_all_must_hold(alice):
    one = upload(b'one', metadata={'colour': 'red', 'size': 3})
    two = upload(b'two', metadata={'colour': 'red', 'size': 4})
    found = listed(filter={'metaData.colour': 'red'}, sort={'createdAt': 1})
    assert [artifact['_id'] for artifact in found['data']] == [one['_id'], two['_id']]
    assert [artifact['_id'] for artifact in listed(filter={'metaData.size': 4})['data']] == [two['_id']]
    assert listed(filter={'metaData.colour': 'blue'})['meta']['total'] == 0


@operation('list: sorted, page by page', absent=AS_FORM)
def test_pages_have_no_gap(alice):
    ids = [upload(str(number).encode())['_id'] for number in range(5)]
    seen = []
    for index in (1, 2, 3):
        reply = listed(sort={'createdAt': -1}, pageIndex=index, pageSize=2)
        assert reply['meta']['total'] == 5
        seen += [artifact['_id'] for artifact in reply['data']]
    assert seen == ids[::-1]
