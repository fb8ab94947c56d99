"""What a network is given at one place, written out: from the picture's value to the normalised one."""

from collections.abc import Sequence

from convviz.core.numbers import MINUS
from convviz.core.pieces import Line, Piece, PieceKind, relation_piece, result_piece
from convviz.core.shown import number
from convviz.nets.preprocessing import Preprocessing

_WHITE = 255
# What float32 leaves of a byte that was divided and multiplied again.
_NOISE = 2e-3


def input_lines(steps: Preprocessing, values: Sequence[float], channel: int) -> tuple[Line, ...]:
    """Write out how the values at one place of a network's input come about.

    Parameters
    ----------
    steps : Preprocessing
        What is done to pictures.
    values : sequence of float
        The input at that place, one value per channel.
    channel : int
        The channel that is looked at: its value is the result.

    Returns
    -------
    tuple of Line
        ``R: (171/255 − 0.485) / 0.229 ≈ 0.8103``, one line per channel, in the network's order.
    """
    names = ("",) if len(values) == 1 else tuple("BGR" if steps.bgr else "RGB")
    return tuple(
        _line(steps, at, float(value), name, is_meant=at == channel)
        for at, (value, name) in enumerate(zip(values, names, strict=True))
    )


def picture_value(steps: Preprocessing, channel: int, value: float) -> float:
    """Return what a value of the input was in the resized picture, from 0 (black) to 255 (white)."""
    before = (value * steps.std[channel] + steps.mean[channel]) / steps.scale * _WHITE
    return float(round(before)) if abs(before - round(before)) < _NOISE else before


def _line(steps: Preprocessing, channel: int, value: float, name: str, *, is_meant: bool) -> Line:
    before, mean, std = number(picture_value(steps, channel, value)), steps.mean[channel], steps.std[channel]
    head = (Piece(f"{name}: ", PieceKind.CHANNEL, None, channel),) if name else ()
    divided = "" if steps.scale == _WHITE else f"/{_WHITE}"
    scaled = "" if steps.scale in (1, _WHITE) else f"·{number(steps.scale).text}"
    result = number(value)
    return (
        *head,
        Piece("("),
        Piece(before.signed, PieceKind.POSITIVE),
        Piece(f"{divided}{scaled} {MINUS} "),
        Piece(number(mean).bracketed, PieceKind.SUM),
        Piece(")"),
        Piece(" / "),
        Piece(number(std).bracketed, PieceKind.SUM),
        relation_piece(exact=False),
        result_piece(result) if is_meant else Piece(result.signed, PieceKind.SUM),
    )
