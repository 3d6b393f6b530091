"""Groups of peers: the finest level that is large enough."""

from __future__ import annotations

from core.statistics.peers import Peers, peer_groups
from core.statistics.refusals import Lack, NotEnough


def test_a_group_of_eight_is_used_and_a_smaller_one_falls_back() -> None:
    labels = ["nano"] * 8 + ["mega"] * 3
    peers = peer_groups([labels], [True] * 11)
    assert isinstance(peers, Peers)
    assert peers.labels == ("nano", None)
    assert peers.level == (0, 1)
    assert peers.group.tolist() == [0] * 8 + [1] * 3
    assert peers.members[1].tolist() == list(range(11))


def test_creators_without_data_are_placed_but_not_counted() -> None:
    peers = peer_groups([["nano"] * 9], [True] * 7 + [False, True])
    assert isinstance(peers, Peers)
    assert peers.group.tolist() == [0] * 9
    assert 7 not in peers.members[0]


def test_a_creator_of_unknown_tier_is_compared_with_everybody() -> None:
    peers = peer_groups([["nano"] * 8 + [None]], [True] * 9)
    assert isinstance(peers, Peers)
    assert peers.labels[peers.group[8]] is None


def test_fewer_than_eight_creators_are_no_peers() -> None:
    assert peer_groups([["nano"] * 7], [True] * 7) == NotEnough(lack=Lack.CREATORS, have=7, need=8)


def test_a_person_in_two_campaigns_counts_once() -> None:
    people = [1, 1, 2, 3, 4, 5, 6, 7]
    assert peer_groups([["nano"] * 8], [True] * 8, people=people) == NotEnough(
        lack=Lack.CREATORS, have=7, need=8
    )
    assert isinstance(peer_groups([["nano"] * 9], [True] * 9, people=[*people, 8]), Peers)
