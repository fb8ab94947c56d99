from dataclasses import replace

import numpy as np
import pytest

from convviz.core.channels import ChannelMode
from convviz.core.filters import FilterBank
from convviz.core.picture import Picture, PictureKind
from convviz.core.specs import Activation, PoolKind
from convviz.ui.arrangement import ColumnKind, columns, input_tint, kernel_of, map_names, renewed
from convviz.ui.state import LayerSettings, Mix, State


def state(
    channels: int = 3, kind: PictureKind = PictureKind.PHOTO, size: tuple[int, int] = (12, 16)
) -> State:
    picture = Picture(np.zeros((*size, channels), np.uint8), "black", kind=kind)
    return State(picture, FilterBank(np.ones((1, 1, 3, 3))))


def kinds(shown: State, *, every_stage: bool = True) -> list[tuple[str, int]]:
    return [(c.kind.value, len(c.maps)) for c in columns(shown, every_stage=every_stage)]


def test_one_channel_gives_input_and_output() -> None:
    assert kinds(state()) == [("input", 1), ("convolution", 1)]


def test_summed_channels_show_their_partial_results() -> None:
    summed = replace(state(), channel_mode=ChannelMode.SUM)
    assert kinds(summed) == [("input", 3), ("partial", 3), ("convolution", 1)]
    assert kinds(summed, every_stage=False) == [("input", 3), ("convolution", 1)]
    assert kinds(replace(summed, picture=state(1).picture)) == [("input", 1), ("convolution", 1)]


def test_every_operation_has_a_column() -> None:
    full = replace(
        state(),
        channel_mode=ChannelMode.EACH,
        settings=LayerSettings(activation=Activation.RELU, pool=PoolKind.MAX),
        mix=Mix((1.0, -1.0, 1.0)),
    )
    shown = columns(full)
    assert [c.kind for c in shown] == [
        ColumnKind.INPUT,
        ColumnKind.CONVOLUTION,
        ColumnKind.ACTIVATION,
        ColumnKind.POOLING,
        ColumnKind.MIX,
    ]
    assert [c.shape for c in shown] == [(3, 12, 16), (3, 10, 14), (3, 10, 14), (3, 5, 7), (1, 5, 7)]
    keys = [m.key for c in shown for m in c.maps]
    assert len(set(keys)) == len(keys)


def test_without_a_convolution_pooling_reads_the_input() -> None:
    pooled = replace(state(), settings=LayerSettings(operation=None, pool=PoolKind.AVG))
    assert kinds(pooled) == [("input", 1), ("pooling", 1)]


def test_number_grids_keep_the_size_of_their_cells() -> None:
    grid = replace(state(1, PictureKind.GRID, (6, 6)), settings=LayerSettings(stride=(2, 2)))
    spot = columns(grid)[1].maps[0].spot
    assert (spot.scale, spot.top, spot.left) == (1.0, 2.0, 2.0)


@pytest.mark.parametrize(
    ("settings", "scale", "top"),
    [
        (LayerSettings(), 1.0, 1.0),
        (LayerSettings(padding=(1, 1)), 1.0, 0.0),
        (LayerSettings(stride=(2, 2)), 2.0, 0.5),
        (LayerSettings(padding=(1, 1), pool=PoolKind.MAX), 2.0, 0.0),
    ],
)
def test_maps_of_photographs_lie_over_what_they_come_from(
    settings: LayerSettings, scale: float, top: float
) -> None:
    spot = columns(replace(state(), settings=settings))[-1].maps[0].spot
    assert (spot.scale, spot.top, spot.left) == (scale, top, top)


def test_only_colour_planes_are_tinted() -> None:
    assert input_tint(state(), 0) is None
    assert input_tint(replace(state(), channel_mode=ChannelMode.EACH), 2) == 2
    assert input_tint(replace(state(), channel_mode=ChannelMode.GREEN), 0) == 1
    assert input_tint(replace(state(1), channel_mode=ChannelMode.GREEN), 0) is None


@pytest.mark.parametrize("mode", list(ChannelMode))
@pytest.mark.parametrize("kind", list(PictureKind))
def test_renewed_columns_are_those_of_the_new_weights(mode: ChannelMode, kind: PictureKind) -> None:
    settings = LayerSettings(activation=Activation.RELU, pool=PoolKind.MAX)
    before = replace(state(kind=kind), channel_mode=mode, settings=settings)
    after = before.with_kernel(np.arange(9.0).reshape(3, 3))
    assert after.is_like(before)
    for kernels in (False, True):
        shown = columns(before, kernels=kernels)
        assert renewed(shown, after) == columns(after, kernels=kernels) != shown


def test_states_are_alike_while_only_numbers_differ() -> None:
    one = replace(state(), mix=Mix((1.0, 2.0)))
    bank = one.bank
    assert one.is_like(replace(one, bank=bank.with_bias(0, 3.0)))
    assert one.is_like(replace(one, mix=Mix((5.0, 2.0), 1.0)))
    others = (
        replace(one, bank=bank.added(0)),
        replace(one, bank=bank.renamed(0, "edge")),
        replace(one, mix=Mix((1.0,))),
        replace(one, mix=None),
        replace(one, picture=state().picture),
        replace(one, tinted=False),
        replace(one, channel_mode=ChannelMode.SUM),
        one.with_kernel(np.ones((5, 5))),
        one.with_settings(stride=(2, 2)),
    )
    assert not any(one.is_like(other) for other in others)


@pytest.mark.parametrize("mode", ChannelMode)
@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("kernels", [1, 3])
def test_every_kernel_beside_the_input_is_at_work_and_has_a_name(
    mode: ChannelMode, channels: int, kernels: int
) -> None:
    if kernels not in (1, channels):
        kernels = 1
    weights = np.arange(3 * kernels * 4, dtype=float).reshape(3, kernels, 2, 2)
    bank = FilterBank(weights, ("a", "b", "c"), (0.0,) * 3)
    shown = replace(state(channels, PictureKind.GRID, (4, 5)), bank=bank, selected=1, channel_mode=mode)
    (column,) = (each for each in columns(shown, kernels=True) if each.kind is ColumnKind.KERNEL)
    conv = shown.convolution()
    assert conv is not None
    # What is applied are these kernels and no other, each channel by its own.
    seen = [kernel_of(shown, place.channel).tolist() for place in column.maps]
    at_work = conv.weights[shown.selected] if mode is ChannelMode.SUM else conv.weights[:, 0]
    if mode is ChannelMode.SUM and channels == 1:
        at_work = conv.weights[:, 0]
    assert all(kernel in at_work.tolist() for kernel in seen)
    names = map_names(shown, ColumnKind.INPUT), map_names(shown, ColumnKind.CONVOLUTION)
    assert len(column.maps) in map(len, names) or len(column.maps) == 1
