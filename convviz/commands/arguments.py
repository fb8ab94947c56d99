"""Reading arguments so that whatever is wrong with them is said in one sentence.

argparse only takes the words apart; ranges, choices and what goes with what are checked here and in the
commands, because argparse would answer with its usage text.
"""

import argparse
import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from convviz.core.specs import Pair
from convviz.core.text import Problem
from convviz.files.matrices import parse_number

Choice = TypeVar("Choice", bound=StrEnum)

# "-1 0 1", "-.5", "-[1]": a value, though argparse takes what begins with "-" for an option.
_NEGATIVE = re.compile(r"-\s*[\d.,\[(]")
_NO_VALUE = re.compile(r"argument (?P<option>\S+): expected one argument")
_UNKNOWN = re.compile(r"unrecognized arguments: (?P<words>.+)", re.DOTALL)
_NOT_A_FLAG = re.compile(r"argument (?P<option>\S+): ignored explicit argument")


class UsageProblem(Problem):
    """Arguments that make no sense. The command line speaks English only: these are not for translation."""


class Parser(argparse.ArgumentParser):
    """An argument parser that raises :class:`UsageProblem` instead of printing its usage."""

    def __init__(self, prog: str, usage: str, description: str, epilog: str) -> None:
        super().__init__(
            prog=prog,
            usage=f"{prog} {usage}",
            description=description,
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        self._valued: dict[str, str] = {}

    def add_value(
        self, *names: str, metavar: str, help: str, group: argparse._ArgumentGroup | None = None
    ) -> None:
        """Add an option with a value, kept as text; None when absent, refused when given twice.

        In the help it stands in ``group``, if one is given.
        """
        (group or self).add_argument(*names, metavar=metavar, help=help, action=_Once)
        self._valued.update(dict.fromkeys(names, names[-1]))

    def read(self, argv: Sequence[str]) -> argparse.Namespace:
        """Return the values of ``argv``; files and options may come in any order.

        Raises
        ------
        UsageProblem
            If an option is unknown, given twice, or has no value.
        """
        return self.parse_intermixed_args(self._join_negatives(argv))

    def error(self, message: str) -> NoReturn:
        """Raise ``message`` as a sentence."""
        if match := _NO_VALUE.fullmatch(message):
            raise UsageProblem(
                "{option} needs a value; see {prog} --help.",
                option=match["option"].split("/")[-1],
                prog=self.prog,
            )
        if match := _UNKNOWN.fullmatch(message):
            raise UsageProblem(
                "There is no option {words}; see {prog} --help.", words=match["words"], prog=self.prog
            )
        if match := _NOT_A_FLAG.match(message):
            raise UsageProblem("{option} takes no value.", option=match["option"])
        raise UsageProblem(
            "The arguments make no sense ({message}); see {prog} --help.", message=message, prog=self.prog
        )

    def _join_negatives(self, argv: Sequence[str]) -> list[str]:
        """Write ``--kernel "-1 0 1"`` as ``--kernel=-1 0 1``."""
        out: list[str] = []
        for at, word in enumerate(argv):
            if word == "--":
                return [*out, *argv[at:]]
            if out and out[-1] in self._valued and _NEGATIVE.match(word):
                out[-1] = f"{self._valued[out[-1]]}={word}"
            else:
                out.append(word)
        return out


class _Once(argparse.Action):
    """Store a value and refuse a second one, which would otherwise silently replace the first."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        if getattr(namespace, self.dest) is not None:
            raise UsageProblem("{option} is given twice; give it once.", option=option_string)
        setattr(namespace, self.dest, values)


def one_line(text: str) -> str:
    """Return ``text`` on a single line, for one message per line on stderr."""
    return " ".join(text.split())


def pair(option: str, text: str) -> Pair:
    """Return ``"2"`` as (2, 2) and ``"2,1"``, vertical first, as (2, 1); the caller checks the range."""
    words = [word.strip() for word in text.split(",")]
    if len(words) > 2 or not all(re.fullmatch(r"[+-]?[0-9]{1,9}", word) for word in words):
        raise UsageProblem(
            "{option} must be a whole number, or two with a comma (vertical,horizontal), not “{text}”.",
            option=option,
            text=text,
        )
    return int(words[0]), int(words[-1])


def whole(option: str, text: str) -> int:
    """Return a whole number from 1 up."""
    if not re.fullmatch(r"\s*[0-9]{1,9}\s*", text) or int(text) < 1:
        raise UsageProblem(
            "{option} must be a whole number from 1 up, not “{text}”.", option=option, text=text
        )
    return int(text)


def numbers(option: str, text: str) -> tuple[float, ...]:
    """Return numbers separated by commas; fractions such as 1/9 are possible."""
    try:
        return tuple(parse_number(word) for word in text.split(","))
    except Problem as problem:
        raise UsageProblem("{option}: {problem}", option=option, problem=problem.sentence) from problem


def choice(option: str, text: str, kinds: type[Choice]) -> Choice:
    """Return the member of ``kinds`` that ``text`` names."""
    one_of(option, text, [kind.value for kind in kinds])
    return kinds(text)


def one_of(option: str, text: str, names: Sequence[str]) -> str:
    """Return ``text`` if it is one of ``names``."""
    if text not in names:
        listed = f"{', '.join(names[:-1])} or {names[-1]}"
        raise UsageProblem("{option} must be {names}, not “{text}”.", option=option, names=listed, text=text)
    return text
