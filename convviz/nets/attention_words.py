"""What a unit of a transformer's layer is, in one sentence."""

from collections.abc import Callable

from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.nets.attention_cells import (
    AttentionCell,
    ConstantCell,
    LearnedCell,
    LengthCell,
    MatrixCell,
    Role,
)

Named = Callable[[int], str | Sentence]

# What follows a slash is held together with it.
MIXED = QT_TRANSLATE_NOOP(
    "Sentence",
    "Token {token} shares its attention out among {tokens} tokens: a = softmax(q·k/\u2060√d). Head {head} "
    "matters most here, and there token {focus} gets most. h = Σ a·value; all heads and the bias are added.",
)
ONE_HEAD = QT_TRANSLATE_NOOP(
    "Sentence",
    "Token {token} shares its attention out among {tokens} tokens: a = softmax(q·k/\u2060√d). In head "
    "{head}, token {focus} gets most. h = Σ a·value.",
)
MATRIX_ROLES = {
    Role.SCORES: QT_TRANSLATE_NOOP(
        "Sentence",
        "How well a query of {first} fits a key of {second}: {count} products, added up. A softmax makes "
        "shares of attention of such scores.",
    ),
    Role.MIXTURE: QT_TRANSLATE_NOOP(
        "Sentence",
        "The values that {count} tokens have in {second}, each times its share of attention from {first}, "
        "all added up.",
    ),
    Role.PLAIN: QT_TRANSLATE_NOOP(
        "Sentence", "A row of {first} times a row or column of {second}: {count} products, added up."
    ),
}
LENGTH = QT_TRANSLATE_NOOP(
    "Sentence",
    "The value of {source}, divided by the length of its vector of {count} numbers: only the direction of "
    "the vector is kept.",
)
LEARNED = QT_TRANSLATE_NOOP(
    "Sentence", "A learned number, from {parameter}: it is the same for every picture."
)
CONSTANT = QT_TRANSLATE_NOOP(
    "Sentence", "A number that the network’s code puts here ({function}): it does not depend on the picture."
)


def attention_sentence(
    cell: AttentionCell | MatrixCell | LengthCell | LearnedCell | ConstantCell,
    source: str | Sentence,
    name: Named,
) -> Sentence:
    """Return how the unit's value comes about.

    Parameters
    ----------
    cell : AttentionCell, MatrixCell, LengthCell, LearnedCell or ConstantCell
        The unit.
    source : str or Sentence
        The layer it reads first.
    name : callable
        Names a layer by its index.
    """
    match cell:
        case AttentionCell():
            head = cell.heads[0]
            values = {"token": cell.token, "tokens": cell.tokens}
            seen = {"head": head.number, "focus": head.focus.token}
            return Sentence(MIXED if cell.is_mixed else ONE_HEAD, {**values, **seen})
        case MatrixCell():
            first, second = map(name, cell.layers)
            count = len(cell.largest) + cell.rest_count
            return Sentence(MATRIX_ROLES[cell.role], {"first": first, "second": second, "count": count})
        case LengthCell():
            return Sentence(LENGTH, {"source": source, "count": cell.count})
        case LearnedCell():
            return Sentence(LEARNED, {"parameter": cell.parameter})
        case ConstantCell():
            return Sentence(CONSTANT, {"function": cell.function})
