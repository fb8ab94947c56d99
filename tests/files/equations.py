"""What a text says is equal: its sums, worked out."""

import ast
import math
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_POWER = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_SUM = re.compile(r"[\d.·+−/()⌊⌋√⁰¹²³⁴⁵⁶⁷⁸⁹= ]+")


def _value(node: ast.expr) -> Fraction:
    match node:
        case ast.Constant(value=int() | float() as value):
            return Fraction(str(value))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.Call(func=ast.Name(id="floor"), args=[argument]):
            return Fraction(math.floor(_value(argument)))
        case ast.Call(func=ast.Name(id="sqrt"), args=[argument]):
            return Fraction(math.sqrt(_value(argument)))
        case ast.BinOp(left=left, op=op, right=right):
            a, b = _value(left), _value(right)
            match op:
                case ast.Add():
                    return a + b
                case ast.Sub():
                    return a - b
                case ast.Mult():
                    return a * b
                case ast.Div():
                    return a / b
                case ast.Pow():
                    return a ** int(b)
    raise ValueError(ast.dump(node))


def value(side: str) -> Fraction | None:
    """Return what a sum written with ·, −, ⌊⌋ and √ comes to, None if it is not a whole one."""
    text = _POWER.sub(lambda found: "**" + found[0].translate(_SUPERSCRIPTS), side.strip(" ."))
    text = re.sub(r"√(\d+)", r"sqrt(\1)", text).replace("√", "sqrt")
    for old, new in (("·", "*"), ("−", "-"), ("⌊", "floor("), ("⌋", ")")):
        text = text.replace(old, new)
    try:
        return _value(ast.parse(text, mode="eval").body)
    except (SyntaxError, ValueError):
        return None


def equations(text: str) -> Iterator[tuple[str, Fraction, Fraction]]:
    """Yield what a text says is equal."""
    plain = re.sub(r"(\d),(\d)", r"\1.\2", re.sub(r"(?<=\d)[\u00a0\u202f](?=\d)", "", text)).replace(
        "\u00a0", " "
    )
    for run_of_signs in _SUM.findall(plain):
        sides = [value(side) for side in run_of_signs.split("=")]
        for left, right in pairwise(sides):
            if left is not None and right is not None:
                yield run_of_signs, left, right
