"""Units of attention layers and of what transformers are built from, against torch's own numbers."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from convviz.core.numbers import format_number
from convviz.core.pieces import PieceKind
from convviz.core.wording import text_of
from convviz.nets.attention_cells import (
    AttentionCell,
    ConstantCell,
    LearnedCell,
    LengthCell,
    MatrixCell,
    Role,
)
from convviz.nets.records import Kind, Layer, Trace
from convviz.nets.torchvision_import import import_torchvision
from convviz.nets.unit import UnitExplanation, explain_unit
from convviz.nets.unit_cells import Copy, CopyCell, NormalisationCell, OpaqueCell, ProductCell, SumCell
from convviz.nets.unit_words import sentence_of
from tests.nets.small import parameter_of, picture, seeded, trace_of

Traced = tuple[nn.Module, Trace]


def vit() -> Any:
    return import_torchvision().VisionTransformer(
        image_size=32, patch_size=8, num_layers=1, num_heads=3, hidden_dim=12, mlp_dim=16, num_classes=5
    )


def swin(**settings: Any) -> Any:
    return import_torchvision().SwinTransformer(
        [2, 2], 12, [2, 2], [3, 3], [4, 4], stochastic_depth_prob=0.0, num_classes=5, **settings
    )


def swin_v2() -> Any:
    module = import_torchvision().swin_transformer
    return swin(block=module.SwinTransformerBlockV2, downsample_layer=module.PatchMergingV2)


@pytest.fixture(scope="module", params=[vit, swin, swin_v2])
def transformer(request: pytest.FixtureRequest) -> Traced:
    module = seeded(request.param())
    # 40 is no multiple of a window of four patches of two: Swin pads, shifts and masks.
    side = 32 if request.param is vit else 40
    return module, trace_of(module, picture(height=side, width=side))


def explained(traced: Traced, layer: Layer, index: tuple[int, ...]) -> UnitExplanation:
    return explain_unit(traced[1], parameter_of(traced[0]), layer.index, index)


def test_every_unit_of_a_transformer_is_taken_apart_into_its_own_value(transformer: Traced) -> None:
    random, trace = np.random.default_rng(1), transformer[1]
    kinds = set()
    for layer in trace.architecture.layers:
        for _ in range(6):
            index = tuple(int(random.integers(n)) for n in layer.shape)
            unit = explained(transformer, layer, index)
            assert not isinstance(unit.cell, OpaqueCell), (layer.name, index)
            assert unit.agrees, (layer.name, index, unit.own, unit.total, unit.rounding)
            assert unit.own == float(trace.outputs[layer.index][index])
            assert unit.rounding <= 1e-4 * max(unit.parts.scale, 1e-30)
            kinds.add(type(unit.cell))
    assert NormalisationCell in kinds
    assert kinds & {AttentionCell, MatrixCell}


def test_every_unit_of_a_transformer_has_lines_and_a_sentence(transformer: Traced) -> None:
    trace = transformer[1]
    for layer in trace.architecture.layers:
        unit = explained(transformer, layer, tuple(n // 2 for n in layer.shape))
        lines = unit.lines(limit=9)
        assert lines[-1][-1].kind is PieceKind.RESULT
        assert sum(piece.kind is PieceKind.RESULT for line in lines for piece in line) == 1
        assert "nan" not in text_of(lines).lower()
        said = str(sentence_of(unit, trace.architecture))
        assert said.endswith(".")
        assert not re.search(r"[{}]", said)


@pytest.fixture(scope="module")
def seeing() -> Traced:
    module = seeded(vit())
    return module, trace_of(module, picture(height=32, width=32))


def test_the_shares_of_an_attention_are_those_that_torch_gives_every_token(seeing: Traced) -> None:
    module, trace = seeing
    layer = next(found for found in trace.architecture.layers if found.kind is Kind.ATTENTION)
    own: Any = module.get_submodule("encoder.layers.encoder_layer_0.self_attention")
    given = torch.from_numpy(trace.outputs[layer.inputs[0]].copy()).reshape(1, 17, 12)
    with torch.no_grad():
        output, shares = own(given, given, given, average_attn_weights=False)
    unit = explained(seeing, layer, (5, 0, 7))
    assert isinstance(unit.cell, AttentionCell)
    assert (unit.cell.token, unit.cell.tokens, unit.cell.is_mixed) == (5, 17, True)
    assert unit.total == pytest.approx(float(output[0, 5, 7]), abs=1e-5)
    assert sorted(head.number for head in unit.cell.heads) == [0, 1, 2]
    for head in unit.cell.heads:
        assert len(head.largest) + head.rest_count == 17
        for seen in head.largest:
            assert seen.share == pytest.approx(float(shares[0, head.number, 5, seen.token]), abs=1e-6)
        assert head.focus.token == int(shares[0, head.number, 5].argmax())
        together = sum(seen.product for seen in head.largest) + head.rest
        assert together == pytest.approx(head.total)
        assert np.exp(head.focus.score - head.shift) / head.powers == pytest.approx(head.focus.share)
    assert sum(head.total for head in unit.cell.heads) + unit.cell.bias == pytest.approx(unit.total)
    sizes = [abs(head.total) for head in unit.cell.heads]
    assert sizes == sorted(sizes, reverse=True)


def test_an_attention_is_written_out_as_a_share_its_heads_and_their_sum(seeing: Traced) -> None:
    layer = next(found for found in seeing[1].architecture.layers if found.kind is Kind.ATTENTION)
    unit = explained(seeing, layer, (5, 0, 7))
    assert isinstance(unit.cell, AttentionCell)
    share, head, total = text_of(unit.lines(limit=4)).splitlines()
    first = unit.cell.heads[0]
    assert share.startswith(f"a[{first.number}, {first.focus.token}] = e^")
    assert head.startswith(f"h[{first.number}] = ")
    assert "[13 more: " in head
    assert head.endswith(f"≈ {format_number(first.total)}")
    assert total.startswith(format_number(first.total))
    assert total.endswith(f"≈ {format_number(unit.total)}")


def test_a_changed_attention_is_told_to_be_something_else_and_why(seeing: Traced) -> None:
    module, trace = seeing
    layer = next(found for found in trace.architecture.layers if found.kind is Kind.ATTENTION)
    outputs = list(trace.outputs)
    outputs[layer.index] = outputs[layer.index] + np.float32(0.01)
    changed = Trace(trace.architecture, trace.input, outputs, trace.placement, (), 0.0)
    unit = explain_unit(changed, parameter_of(module), layer.index, (5, 0, 7))
    assert isinstance(unit.cell, OpaqueCell)
    assert not unit.is_computed
    assert "a mask or another argument" in str(sentence_of(unit, trace.architecture))


def test_the_class_token_is_a_learned_number_and_the_patches_come_behind_it(seeing: Traced) -> None:
    module, trace = seeing
    layer = trace.architecture.named("cat")
    token = explained(seeing, layer, (0, 4))
    assert token.cell == LearnedCell("class_token", float(module.state_dict()["class_token"][0, 0, 4]))
    assert "class_token" in str(sentence_of(token, trace.architecture))
    patch = explained(seeing, layer, (3, 4)).cell
    assert isinstance(patch, CopyCell)
    assert (patch.how, patch.source.index) == (Copy.CONCATENATED, (2, 4))


class Attending(nn.Module):
    """An attention written with torch's function for it, as newer networks do."""

    def __init__(self, **settings: Any) -> None:
        super().__init__()
        self.settings = settings
        self.make = nn.Conv2d(3, 12, 4, 4)

    def forward(self, x: Tensor) -> Tensor:
        tokens = self.make(x).flatten(2).transpose(1, 2)
        q, k, v = (part.unflatten(2, (2, 2)).transpose(1, 2) for part in tokens.chunk(3, 2))
        settings = dict(self.settings)
        if settings.pop("masked", False):
            settings["attn_mask"] = (q[:, :1] @ k[:, :1].transpose(2, 3)) > 0
        return F.scaled_dot_product_attention(q, k, v, **settings).flatten(1)


@pytest.mark.parametrize("settings", [{}, {"is_causal": True}, {"scale": 3.0}, {"masked": True}])
def test_one_head_is_taken_apart_whatever_it_is_told(settings: dict[str, Any]) -> None:
    traced = (module := seeded(Attending(**settings))), trace_of(module, picture())
    layer = next(found for found in traced[1].architecture.layers if found.kind is Kind.ATTENTION)
    assert layer.shape == (2, 16, 2)
    for token in (0, 3, 15):
        unit = explained(traced, layer, (1, token, 1))
        assert isinstance(unit.cell, AttentionCell)
        assert unit.agrees
        assert (unit.cell.token, unit.cell.heads[0].number, unit.cell.is_mixed) == (token, 1, False)
        if "is_causal" in settings:
            back = unit.cell.heads[0]
            assert all(seen.share == 0 for seen in back.largest if seen.token > token)
        assert len(unit.lines()) == 2


@pytest.fixture(scope="module")
def windowed() -> Traced:
    module = seeded(swin())
    return module, trace_of(module, picture(height=40, width=40))


def test_the_matrix_products_of_an_attention_are_scores_and_then_a_mixture(windowed: Traced) -> None:
    trace = windowed[1]
    products = [found for found in trace.architecture.layers if found.function == "matmul"]
    cells = [explained(windowed, layer, tuple(n // 2 for n in layer.shape)).cell for layer in products]
    assert [cell.role for cell in cells if isinstance(cell, MatrixCell)] == [Role.SCORES, Role.MIXTURE] * 4
    scores, mixture = (explained(windowed, layer, (1, 2, 1, 3)) for layer in products[:2])
    assert isinstance(mixture.cell, MatrixCell)
    shares = trace.outputs[products[1].inputs[0]][1, 2, 1]
    assert sum(factors.left for factors in mixture.cell.largest) == pytest.approx(1)
    for factors in mixture.cell.largest:
        assert factors.left == shares[factors.index]
    assert "How well a query of" in str(sentence_of(scores, trace.architecture))
    assert "share of attention from" in str(sentence_of(mixture, trace.architecture))


def test_the_position_bias_is_looked_up_in_the_learned_table(windowed: Traced) -> None:
    module, trace = windowed
    layer = next(f for f in trace.architecture.layers if "relative_position_bias_table" in f.parameters)
    own: Any = module.get_submodule("features.1.0.attn")
    bias = own.get_relative_position_bias().detach()
    cell = explained(windowed, layer, (3, 2, 1, 3)).cell
    assert isinstance(cell, SumCell)
    assert not cell.is_read_off
    assert cell.constant == float(bias[0, 2, 1, 3])


def test_what_is_computed_from_weights_alone_is_said_to_be_read_off() -> None:
    traced = (module := seeded(swin_v2())), trace_of(module, picture(height=40, width=40))
    layers = traced[1].architecture.layers
    scale = next(found for found in layers if "logit_scale" in found.parameters)
    place = next(found for found in layers if found.kind is Kind.ADD and len(found.inputs) == 1)
    for layer, kind in ((scale, ProductCell), (place, SumCell)):
        unit = explained(traced, layer, (1, 2, 1, 3))
        assert isinstance(unit.cell, kind)
        assert not unit.is_computed
        assert "read off" in str(sentence_of(unit, traced[1].architecture))


class Moving(nn.Module):
    """One function after a layer, so that it gets a step of its own."""

    def __init__(self, function: Callable[[Tensor], Tensor]) -> None:
        super().__init__()
        self.function = function

    def forward(self, x: Tensor) -> Tensor:
        return self.function(torch.relu(x) + x)


def put(x: Tensor) -> Tensor:
    x = x * 1
    x[:, :, 2:4] = 7.0
    return x


def mark(x: Tensor) -> Tensor:
    return x.masked_fill(x > 0.5, -100.0)


@pytest.mark.parametrize(
    ("function", "how"),
    [
        (lambda x: x.roll((2, -3), (2, 3)), Copy.ROLLED),
        (lambda x: x[:, :, 1::2, 0::3], Copy.CUT_OUT),
        (lambda x: x[:, :, 2:9, 3:8], Copy.CUT_OUT),
        (lambda x: x[:, 1, :, 4:9], Copy.CUT_OUT),
        (lambda x: F.pad(x.permute(0, 2, 3, 1), (0, 0, 1, 2, 0, 3)), Copy.PADDED),
        (put, Copy.KEPT),
        (mark, Copy.KEPT),
    ],
)
def test_a_value_that_is_moved_or_kept_is_followed_back(
    function: Callable[[Tensor], Tensor], how: Copy
) -> None:
    traced = (module := Moving(function)), trace_of(module, picture(height=12, width=12))
    last = traced[1].architecture.layers[-1]
    random, found = np.random.default_rng(0), []
    for _ in range(60):
        unit = explained(traced, last, tuple(int(random.integers(n)) for n in last.shape))
        assert unit.agrees
        if isinstance(unit.cell, CopyCell):
            assert unit.cell.how is how
            assert traced[1].outputs[unit.cell.source.layer][unit.cell.source.index] == unit.own
            found.append(unit.cell)
        elif how is Copy.KEPT:
            assert isinstance(unit.cell, ConstantCell)
            assert unit.own in (7.0, -100.0)
        else:
            assert how is Copy.PADDED
            assert unit.own == 0
    assert len(found) > 15


def test_a_vector_is_divided_by_its_length() -> None:
    traced = (module := Moving(lambda x: F.normalize(x, dim=-1))), trace_of(module, picture())
    last = traced[1].architecture.layers[-1]
    unit = explained(traced, last, (1, 3, 4))
    assert isinstance(unit.cell, LengthCell)
    row = traced[1].outputs[last.inputs[0]][1, 3]
    assert unit.cell.length == pytest.approx(float(np.linalg.norm(row)))
    assert (unit.cell.count, unit.cell.x) == (16, float(row[4]))
    assert unit.agrees
    assert " / " in text_of(unit.lines())
