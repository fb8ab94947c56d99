"""Ways in which one value of a transformer's layer is computed, with the numbers in place."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Attended:
    """One token as one head of an attention sees it.

    Parameters
    ----------
    token : int
        Which, counted from 0.
    score : float
        q·k/√d: how well the query fits its key.
    share : float
        Softmax of the scores of all tokens, from 0 to 1: the attention weight.
    value : float
        What the token has to say about the unit.
    """

    token: int
    score: float
    share: float
    value: float

    @property
    def product(self) -> float:
        """What it adds to the head's sum."""
        return self.share * self.value


@dataclass(frozen=True)
class Head:
    """One head: total = Σ share · value over all tokens.

    Parameters
    ----------
    number : int
        Which head.
    largest : tuple of Attended
        The tokens whose products are largest in size, the largest first.
    rest_count : int
        How many other tokens there are.
    rest : float
        What their products come to.
    focus : Attended
        The token with the largest share.
    shift : float
        Subtracted from every score before the exponential, which changes nothing but keeps large ones
        computable; 0 for small ones.
    powers : float
        Σ e^(score − shift) over all tokens.
    total : float
        The sum of all products.
    """

    number: int
    largest: tuple[Attended, ...]
    rest_count: int
    rest: float
    focus: Attended
    shift: float
    powers: float
    total: float


@dataclass(frozen=True)
class AttentionCell:
    """total = Σ heads + rest + bias, each head a sum over tokens.

    Parameters
    ----------
    token : int
        Whose query it is.
    tokens : int
        How many tokens it looks at.
    heads : tuple of Head
        The heads whose sums are largest in size, the largest first.
    rest_count : int
        How many other heads there are.
    rest : float
        What they come to.
    bias : float
        Of the projection that mixes the heads; 0 where there is none.
    is_mixed : bool
        Whether the layer mixes its heads by a learned projection; a token's ``value`` then is what remains of
        its value vector behind it. Else the unit belongs to a single head.
    """

    token: int
    tokens: int
    heads: tuple[Head, ...]
    rest_count: int
    rest: float
    bias: float
    is_mixed: bool
    total: float


@dataclass(frozen=True)
class Factors:
    """One product of a matrix product: ``left · right`` at place ``index`` of the row and the column."""

    index: int
    left: float
    right: float

    @property
    def product(self) -> float:
        """What it adds to the sum."""
        return self.left * self.right


class Role(StrEnum):
    """What a matrix product is there for."""

    SCORES = "scores"
    """Queries with keys, on the way to a softmax."""
    MIXTURE = "mixture"
    """Shares out of a softmax with values."""
    PLAIN = "plain"


@dataclass(frozen=True)
class MatrixCell:
    """total = Σ largest + rest: a row of one layer times a column, or a row, of another.

    Parameters
    ----------
    largest : tuple of Factors
        The products that are largest in size, the largest first.
    rest_count : int
        How many others there are.
    rest : float
        What they come to.
    layers : (int, int)
        Whose rows, and whose columns.
    role : Role
        What it is there for.
    """

    largest: tuple[Factors, ...]
    rest_count: int
    rest: float
    layers: tuple[int, int]
    role: Role
    total: float


@dataclass(frozen=True)
class LengthCell:
    """total = x / max(length, eps): a value of a vector that is given the length 1.

    Parameters
    ----------
    length : float
        Of the vector: the root of the sum of its squares.
    count : int
        How many numbers the vector has.
    """

    x: float
    length: float
    count: int
    total: float


@dataclass(frozen=True)
class LearnedCell:
    """A learned number put in as it is: one of a class token, say.

    Parameters
    ----------
    parameter : str
        Its name in the state dict.
    """

    parameter: str
    total: float


@dataclass(frozen=True)
class ConstantCell:
    """A number the network's code puts in, whatever the picture.

    Parameters
    ----------
    function : str
        As torch calls what puts it there.
    """

    function: str
    total: float
