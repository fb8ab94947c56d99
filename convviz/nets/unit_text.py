"""A unit's arithmetic written out as a class reads it, in the same pieces as the convolution room's."""

from collections.abc import Sequence
from dataclasses import replace

from convviz.core.cells import ActivationCell, ConvolutionCell, PoolingCell
from convviz.core.numbers import MINUS, format_number
from convviz.core.pieces import (
    Entry,
    Line,
    Piece,
    PieceKind,
    elide,
    equals,
    left_out,
    relation_piece,
    result_piece,
    sign_of,
    signed_sum,
)
from convviz.core.shown import Shown, number, power_text, product, rounded
from convviz.core.wording import MORE, lines
from convviz.nets.attention_cells import (
    AttentionCell,
    ConstantCell,
    LearnedCell,
    LengthCell,
    MatrixCell,
)
from convviz.nets.attention_text import attention_lines, length_line, matrix_line
from convviz.nets.unit_cells import (
    CopyCell,
    FunctionCell,
    LinearCell,
    MeanCell,
    NormalisationCell,
    OpaqueCell,
    PaddingCell,
    Power,
    ProductCell,
    SoftmaxCell,
    SumCell,
    UnitCell,
)

# A class reads a line for each of the channels that matter most, not 2 048 lines.
MOST_CHANNELS = 6


def unit_lines(
    cell: UnitCell,
    *,
    limit: int | None = None,
    channel_names: Sequence[str] = (),
    more: str = MORE,
    most: int = MOST_CHANNELS,
) -> tuple[Line, ...]:
    """Write out a unit.

    Parameters
    ----------
    cell : UnitCell
        From :func:`convviz.nets.unit.explain_unit`.
    limit, channel_names, more
        See :func:`convviz.core.wording.lines`.
    most : int
        See :func:`listed_channels`.

    Returns
    -------
    tuple of Line
        For the arithmetic line. Of a convolution over many channels, :func:`listed_channels` have lines of
        their own; the sum of the others is one entry in the last line. ``term`` of a piece counts
        a convolution's or pooling's terms, a linear layer's contributions, a sum's sources, a softmax's
        largest powers, or a matrix product's largest products.
    """
    match cell:
        case ConvolutionCell() if len(listed_channels(cell, most)) < len(cell.partial_sums):
            return _wide(cell, limit, channel_names, more, most)
        case ConvolutionCell() | PoolingCell() | ActivationCell():
            return lines(cell, limit=limit, channel_names=channel_names, more=more)
        case LinearCell():
            return (_linear(cell, limit, more),)
        case MeanCell():
            return (_mean(cell, limit, more),)
        case NormalisationCell():
            return (_normalisation(cell),)
        case FunctionCell():
            return (_function(cell),)
        case SumCell():
            return (_sum(cell, limit, more),)
        case ProductCell():
            return (_product(cell),)
        case SoftmaxCell():
            return _softmax(cell, more)
        case AttentionCell():
            return attention_lines(cell, limit, more)
        case MatrixCell():
            return (matrix_line(cell, limit, more),)
        case LengthCell():
            return (length_line(cell),)
        case CopyCell() | PaddingCell() | LearnedCell() | ConstantCell() | OpaqueCell():
            return ((result_piece(number(cell.total)),),)


def listed_channels(cell: UnitCell, most: int = MOST_CHANNELS) -> tuple[int, ...]:
    """Return which input channels of a convolution have lines of their own.

    Parameters
    ----------
    cell : UnitCell
        Of anything but a convolution, no channel has a line.
    most : int
        How many channels are listed where there are more than one above that: a line that says “1 more”
        takes as much room as the channel itself.

    Returns
    -------
    tuple of int
        Positions in ``cell.partial_sums``, in their order: all, or those with the largest sums.
    """
    if not isinstance(cell, ConvolutionCell):
        return ()
    sums = cell.partial_sums
    if len(sums) <= most + 1:
        return tuple(range(len(sums)))
    return tuple(sorted(sorted(range(len(sums)), key=lambda channel: -abs(sums[channel]))[:most]))


def _wide(
    cell: ConvolutionCell, limit: int | None, names: Sequence[str], more: str, most: int
) -> tuple[Line, ...]:
    """Write out the channels that contribute most, in their order, and the sum of all."""
    sums = cell.partial_sums
    shown = listed_channels(cell, most)
    entries = [
        Entry(rounded(number(sums[at])), PieceKind.SUM, None, cell.terms[at * _taps(cell)].channel)
        for at in shown
    ]
    rest = sum(total for at, total in enumerate(sums) if at not in shown)
    entries.append(left_out(len(sums) - len(shown), rounded(number(rest)), more))
    entries.append(Entry(number(cell.bias), PieceKind.SUM))
    last = (*signed_sum(entries), *equals(entries, cell.total, PieceKind.RESULT))
    return (*(_channel(cell, at, limit, names, more) for at in shown), last)


def _taps(cell: ConvolutionCell) -> int:
    return len(cell.terms) // len(cell.partial_sums)


def _channel(cell: ConvolutionCell, at: int, limit: int | None, names: Sequence[str], more: str) -> Line:
    """Write out one of many channels: its products and its partial sum."""
    first, taps = at * _taps(cell), _taps(cell)
    channel, total = cell.terms[first].channel, cell.partial_sums[at]
    alone = ConvolutionCell(cell.terms[first : first + taps], (total,), 0.0, total)
    (line,) = lines(alone, limit=limit, more=more)
    name = names[channel] if channel < len(names) else f"c{channel}"
    moved = [replace(piece, term=piece.term + first) if piece.term is not None else piece for piece in line]
    moved[-1] = Piece(moved[-1].text, PieceKind.SUM, None, channel)
    return (Piece(f"{name}: ", PieceKind.CHANNEL, None, channel), *moved)


def _linear(cell: LinearCell, limit: int | None, more: str) -> Line:
    """``0.2·3 − 0.1·4 + [1022 more: 0.7] + 0.1 ≈ 1``."""
    entries = [
        Entry(product(c.weight, c.value), sign_of(c.product), i, c.index)
        for i, c in enumerate(cell.contributions)
    ]
    kept = len(entries) if limit is None else max(1, min(limit, len(entries)))
    hidden = entries[kept:]
    count, rest = cell.rest_count + len(hidden), cell.rest + sum(entry.shown.true for entry in hidden)
    shown = entries[:kept]
    if count:
        shown.append(left_out(count, rounded(number(rest)), more))
    if cell.bias:
        shown.append(Entry(number(cell.bias), PieceKind.SUM))
    return (*signed_sum(shown), *equals(shown, cell.total, PieceKind.RESULT))


def _mean(cell: MeanCell, limit: int | None, more: str) -> Line:
    """``(9 + 8.5 + [3134 more: 310.2]) / 3136 ≈ 0.1045``."""
    kept = len(cell.largest) if limit is None else max(1, min(limit, len(cell.largest)))
    hidden = [source.value for source in cell.largest[kept:]]
    entries = [
        Entry(number(source.value), sign_of(source.value), i, source.index[0])
        for i, source in enumerate(cell.largest[:kept])
    ]
    entries.append(left_out(cell.rest_count + len(hidden), rounded(number(cell.rest + sum(hidden))), more))
    quotient = (Piece(")"), Piece(" / "), Piece(str(cell.count)))
    end = relation_piece(exact=False), result_piece(number(cell.total))
    return (Piece("("), *signed_sum(entries, bracketed=True), *quotient, *end)


def _normalisation(cell: NormalisationCell) -> Line:
    """``(x − μ) / √(σ² + ε)·γ + β ≈ y`` with the numbers in place."""
    x, mean, variance = number(cell.x), number(cell.mean), number(cell.variance)
    gamma, beta, total = number(cell.gamma), number(cell.beta), number(cell.total)
    return (
        Piece("("),
        Piece(x.signed, sign_of(cell.x)),
        Piece(f" {MINUS} "),
        Piece(mean.bracketed, PieceKind.SUM),
        Piece(")"),
        Piece(" / "),
        Piece(f"√({variance.text} + {format_number(cell.eps, 6)})", PieceKind.SUM),
        Piece(" · "),
        Piece(gamma.bracketed, PieceKind.SUM),
        Piece(" + "),
        Piece(beta.bracketed, PieceKind.SUM),
        relation_piece(exact=False),
        result_piece(total),
    )


def _function(cell: FunctionCell) -> Line:
    """``SiLU(1.5) = 1.5·σ(1.5) ≈ 1.2264``."""
    before, after = number(cell.before), number(cell.total)
    pieces = [Piece(f"{cell.name}("), Piece(before.signed, sign_of(cell.before)), Piece(")")]
    if cell.formula:
        pieces += [Piece(" = "), Piece(cell.formula.format(x=before.bracketed))]
    # What such a function gives is hardly ever a number of four decimals, unless it is the value or 0.
    exact = (
        before.exact and after.exact and (cell.total in (0, cell.before) or float(cell.total).is_integer())
    )
    return (*pieces, relation_piece(exact), result_piece(after))


def _sum(cell: SumCell, limit: int | None, more: str) -> Line:
    """``0.5 + (−0.2) = 0.3``; what is subtracted with a minus."""
    entries = [
        Entry(number(weight * source.value), sign_of(weight * source.value), i)
        for i, (weight, source) in enumerate(zip(cell.weights, cell.sources, strict=True))
    ]
    if cell.constant:
        entries.append(Entry(number(cell.constant), PieceKind.SUM))
    entries = elide(entries, limit, more)
    plain = all(weight > 0 for weight in cell.weights)
    return (*signed_sum(entries, bracketed=plain), *equals(entries, cell.total, PieceKind.RESULT))


def _product(cell: ProductCell) -> Line:
    """``1.2·0.83 ≈ 0.996``: the map's value and its gate."""
    value, factor, total = number(cell.source.value), number(cell.factor), number(cell.total)
    exact = value.exact and factor.exact and value.said * factor.said == total.said
    return (
        Piece(value.signed, sign_of(cell.source.value), 0),
        Piece(" · "),
        Piece(factor.bracketed, PieceKind.SUM, 1),
        relation_piece(exact),
        result_piece(total),
    )


def _softmax(cell: SoftmaxCell, more: str) -> tuple[Line, ...]:
    """Write the powers and their sum in one line, the unit's share in the next."""
    entries = [
        Entry(_power(cell, term), PieceKind.POSITIVE, i, term.index) for i, term in enumerate(cell.largest)
    ]
    if cell.rest_count:
        entries.append(left_out(cell.rest_count, rounded(number(cell.rest)), more))
    powers = number(sum(term.power for term in cell.largest) + cell.rest)
    total = result_piece(number(cell.total))
    first = (
        Piece("Σ = "),
        *signed_sum(entries),
        relation_piece(exact=False),
        Piece(powers.text, PieceKind.SUM),
    )
    own = Piece(_power(cell, cell.own).text, PieceKind.POSITIVE, None, cell.own.index)
    share: Line = (own, Piece(" / "), Piece(powers.text, PieceKind.SUM))
    if cell.logarithm:
        share = (Piece("ln("), *share, Piece(")"))
    return first, (*share, relation_piece(exact=False), total)


def _power(cell: SoftmaxCell, term: Power) -> Shown:
    text = power_text(term.score, cell.shift)
    return Shown(text, False, number(term.power).said, term.power, exact=False)
