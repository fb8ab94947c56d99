"""``convviz selfcheck``: whether all that convviz is made of is here and gives the numbers it should."""

import argparse
import importlib
import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from convviz.commands.arguments import Parser, UsageProblem
from convviz.commands.checks.checking import Finding, Group
from convviz.commands.ending import ended
from convviz.engine.heap import keep_memory

GROUPS = (("parts", "check_parts"), ("numbers", "check_numbers"), ("rooms", "check_rooms"))
"""Modules of :mod:`convviz.commands.checks`, and what each is asked."""

_USAGE = "[--json]"
_DESCRIPTION = """\
Look whether this convviz is whole: photographs, lessons, translations, a convolution, every network that
comes with it, a step of training, an export, and every room, drawn on no screen, each against numbers that
are known. Needs no display and no network, and leaves settings and files alone.
"""
_EPILOG = """\
exit code: 0 everything is as it should be; 1 something is not, and the last line lists it; 2 bad arguments
"""


def selfcheck(argv: Sequence[str]) -> int:
    """Run ``convviz selfcheck`` with the arguments ``argv`` and return the exit code.

    Raises
    ------
    UsageProblem
        If the arguments make no sense.
    """
    parser = Parser("convviz selfcheck", _USAGE, _DESCRIPTION, _EPILOG)
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("words", nargs="*", help=argparse.SUPPRESS)
    given = parser.read(argv)
    if given.words:
        raise UsageProblem("convviz selfcheck takes no {word}.", word=given.words[0])
    # Of the window, which is on no screen.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    keep_memory()
    found, started = [], time.perf_counter()
    for finding in findings():
        found.append(finding)
        if not given.json:
            print(as_line(finding), flush=True)
    failed = [finding.name for finding in found if not finding.passed]
    if given.json:
        print(json.dumps({"failed": failed, "checks": [asdict(each) for each in found]}, indent=1))
    else:
        print(summary(failed, len(found), time.perf_counter() - started))
    return ended(1 if failed else 0)


def findings() -> Iterator[Finding]:
    """Yield what every check finds, in order; a group that cannot be loaded is a failure of its own."""
    for module, function in GROUPS:
        try:
            group: Group = getattr(importlib.import_module(f"convviz.commands.checks.{module}"), function)
            yield from group()
        except Exception as error:
            # Whatever a missing library or part raises: it is what is looked for.
            yield Finding(module, False, " ".join(f"{type(error).__name__}: {error}".split()))


def as_line(finding: Finding) -> str:
    """Return a finding as it is printed."""
    return f"{'ok    ' if finding.passed else 'FAILED'}  {finding.name}: {finding.note}"


def summary(failed: Sequence[str], count: int, seconds: float) -> str:
    """Return the last line: the list of what failed, or that nothing did."""
    if failed:
        return f"{len(failed)} of {count} checks failed: {', '.join(failed)}."
    return f"All {count} checks passed in {seconds:.0f} s."
