"""Where the cards of a network go."""

from convviz.nets.records import INPUT, Kind, Window
from convviz.ui.strip_plan import blocks, plan
from tests.ui.networks import Builder, chain, inception, residual


def test_a_plain_network_is_one_row_in_the_order_of_computing() -> None:
    found = plan(chain())
    assert found.rows == 1
    assert [card.column for card in found.cards] == list(range(len(found.cards)))
    assert found.cards[0].layers == (INPUT,)
    # A convolution, its normalisation and its activation share a card.
    assert found.cards[1].layers == (0, 1, 2)
    assert found.edges == tuple((n, n + 1) for n in range(len(found.cards) - 1))


def test_every_layer_is_in_one_card_and_is_stepped_through() -> None:
    for network in (chain(), residual(), inception()):
        found = plan(network)
        inside = [n for card in found.cards for n in card.layers]
        assert sorted(inside) == [INPUT, *range(len(network.layers))]
        assert found.stops() == inside


def test_a_shortcut_leads_past_the_cards_between() -> None:
    network = residual()
    found = plan(network)
    stem, add = (
        found.card_of(network.named("stem.relu").index),
        found.card_of(network.named("block1.add").index),
    )
    assert (stem, add) in found.edges
    assert found.cards[add].column - found.cards[stem].column == 3


def test_branches_lie_in_rows_of_their_own_and_meet_again() -> None:
    network = inception()
    found = plan(network)
    ends = [
        found.cards[found.card_of(network.named(f"mix.{n}.relu").index)]
        for n in ("one", "two.b", "three.b", "four.b")
    ]
    assert sorted(card.row for card in ends) == [0, 1, 2, 3]
    cat = found.cards[found.card_of(network.named("mix.cat").index)]
    assert cat.row == 0
    assert cat.column == 1 + max(card.column for card in ends)


def test_no_two_cards_share_a_place() -> None:
    for network in (chain(), residual(), inception()):
        for folded in (frozenset[int](), frozenset(blocks(network))):
            places = [(card.row, card.column) for card in plan(network, folded).cards]
            assert len(places) == len(set(places))


def test_a_folded_block_is_one_card_whose_last_layer_is_shown() -> None:
    network = residual()
    first = network.named("block1.a.conv").index
    found = plan(network, frozenset([first]))
    card = found.cards[found.card_of(first)]
    assert card.folded
    assert card.block == "block1"
    last = network.named("block1.add").index
    assert found.stop_of(first) == last
    assert last in found.stops()
    assert first not in found.stops()


def test_a_layer_that_something_else_reads_keeps_a_card_of_its_own() -> None:
    build = Builder((1, 4, 4))
    conv = build.add("conv", Kind.CONVOLUTION, (2, 4, 4), window=Window((3, 3)))
    relu = build.add("relu", Kind.ACTIVATION, (2, 4, 4), function="relu")
    build.add("add", Kind.ADD, (2, 4, 4), inputs=(conv, relu))
    found = plan(build.architecture())
    assert [card.layers for card in found.cards] == [(INPUT,), (0,), (1,), (2,)]


def test_padding_goes_into_the_card_of_its_convolution() -> None:
    build = Builder((1, 4, 4))
    build.add("pad", Kind.PAD, (1, 6, 6))
    build.add("conv", Kind.CONVOLUTION, (2, 4, 4), window=Window((3, 3)))
    build.add("relu", Kind.ACTIVATION, (2, 4, 4), function="relu")
    found = plan(build.architecture())
    assert [card.layers for card in found.cards] == [(INPUT,), (0, 1, 2)]
    assert found.cards[1].head == 1


def test_a_block_that_holds_nearly_everything_does_not_fold() -> None:
    build = Builder((1, 4, 4))
    for n in range(6):
        build.conv(f"features.{n}", 2, 4)
    build.add("fc", Kind.LINEAR, (2,))
    assert blocks(build.architecture()) == {}
