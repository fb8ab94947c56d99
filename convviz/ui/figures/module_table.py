"""Which modules a figure shows: those of the lectures, or those that its table lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from convviz.core.limits import Shape
from convviz.core.modules import Join, Listed, Module, PartKind, count_module
from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.ui.figures.table_keys import TableKeys

MOST_VARIANTS, MOST_BRANCHES, MOST_PARTS = 3, 5, 4
MOST_CHANNELS, MOST_SIDE, MOST_KERNEL = 2048, 512, 11


@dataclass(frozen=True)
class Variant:
    """A module and what it is called; one of the lectures' own by a name that is translated."""

    name: str
    module: Module
    known: bool = True


def _conv(kernel: int, channels: int, marked: bool = False) -> Listed:
    return Listed(PartKind.CONV, kernel, channels, marked)


def _inception() -> tuple[Variant, ...]:
    """Return module 3a of GoogLeNet (Szegedy et al., Going deeper with convolutions, 2014, table 1)."""
    shape, pool = (192, 28, 28), Listed(PartKind.POOL, 3)
    naive = [[_conv(1, 64)], [_conv(3, 128)], [_conv(5, 32)], [pool]]
    reduced = [
        [_conv(1, 64)],
        [_conv(1, 96, True), _conv(3, 128)],
        [_conv(1, 16, True), _conv(5, 32)],
        [pool, _conv(1, 32, True)],
    ]
    return (
        Variant("naive", count_module(shape, naive, Join.CONCAT)),
        Variant("reduced", count_module(shape, reduced, Join.CONCAT)),
    )


def _residual() -> tuple[Variant, ...]:
    """Return the blocks of He et al., Deep residual learning, 2015, figure 5, and one without the skip."""
    basic = [_conv(3, 64), _conv(3, 64)]
    bottleneck = [_conv(1, 64), _conv(3, 64), _conv(1, 256)]
    narrow, wide = (64, 56, 56), (256, 56, 56)
    return (
        Variant("plain", count_module(narrow, [basic], Join.NONE, biased=False)),
        Variant("basic", count_module(narrow, [basic, []], Join.ADD, biased=False)),
        Variant("bottleneck", count_module(wide, [bottleneck, []], Join.ADD, biased=False)),
    )


_KNOWN = {"inception": _inception, "residual": _residual}


def variants_of(table: Mapping[str, Any]) -> tuple[Variant, ...]:
    """Return the modules of a figure's table.

    Raises
    ------
    Problem
        If the table is wrong; it names the field.
    """
    keys = TableKeys(table)
    keys.only(("module", "variants"))
    if not keys.has("variants"):
        return _KNOWN[keys.choice("module", "inception", _KNOWN)]()
    if keys.has("module"):
        raise Problem(QT_TRANSLATE_NOOP("Sentence", "The figure takes module or variants, not both."))
    listed = keys.tables("variants", (), MOST_VARIANTS)
    return tuple(
        _own(one, table["variants"][number].get("branches"), str(number + 1))
        for number, one in enumerate(listed)
    )


def _own(keys: TableKeys, branches: Any, name: str) -> Variant:
    keys.only(("name", "input", "join", "biases", "branches"))
    name = keys.text("name", name)
    channels, rows, columns = keys.wholes("input", (192, 28, 28), 1, MOST_CHANNELS)
    if max(rows, columns) > MOST_SIDE:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "{field}: rows and columns must be from 1 to {most}."),
            field=keys.name("input"),
            most=MOST_SIDE,
        )
    shape: Shape = (channels, rows, columns)
    join = Join(keys.choice("join", "concat", [one.value for one in Join]))
    parts = _branches(branches, keys.name("branches"))
    return Variant(name, count_module(shape, parts, join, biased=keys.flag("biases", True)), known=False)


def _branches(value: Any, field: str) -> list[list[Listed]]:
    fits = _is_list(value) and 1 <= len(value) <= MOST_BRANCHES
    if not fits or not all(_is_branch(branch) for branch in value):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{field} must be a list of 1 to {most} branches, each a list of up to {parts} tables.",
            ),
            field=field,
            most=MOST_BRANCHES,
            parts=MOST_PARTS,
        )
    return [
        [_listed(TableKeys(part, f"{field}[{n}][{place}]")) for place, part in enumerate(branch, 1)]
        for n, branch in enumerate(value, 1)
    ]


def _is_branch(value: Any) -> bool:
    return _is_list(value) and len(value) <= MOST_PARTS and all(isinstance(part, Mapping) for part in value)


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _listed(keys: TableKeys) -> Listed:
    keys.only(("kind", "kernel", "channels", "marked"))
    kind = PartKind(keys.choice("kind", "conv", [one.value for one in PartKind]))
    kernel = keys.whole("kernel", 3, 1, MOST_KERNEL)
    if kernel % 2 == 0:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "{field} must be odd, so that the map keeps its size; {kernel} is even."
            ),
            field=keys.name("kernel"),
            kernel=kernel,
        )
    if kind is PartKind.POOL and keys.has("channels"):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "{field}: a pooling keeps the channels it is given; leave this out."
            ),
            field=keys.name("channels"),
        )
    channels = 0 if kind is PartKind.POOL else keys.whole("channels", 64, 1, MOST_CHANNELS)
    return Listed(kind, kernel, channels, keys.flag("marked", False))
