"""``convviz bench``: what the promises about speed, memory and start come to on this machine."""

import argparse
import json
import sys
from collections.abc import Sequence

from convviz.commands.arguments import Parser, UsageProblem, one_line, whole
from convviz.commands.ending import ended
from convviz.commands.measures.findings import Finding, LeftOut, Ratio, Wish
from convviz.commands.measures.items import ITEMS, measure_apart, measure_here
from convviz.commands.measures.machine import describe

PAIRS, QUICK_PAIRS = 15, 5

_USAGE = "[options]"
_DESCRIPTION = """\
Measure how fast convviz is on this machine, beside other libraries where they are installed.

A number is good when it is no larger than its limit. Close other programs first: they slow down both sides of
a ratio, but never quite equally.
"""
_EPILOG = f"""\
items: {", ".join(ITEMS)}

Windows are shown where there is a display, and drawn off screen where there is none; with
QT_QPA_PLATFORM=offscreen in the environment they always are.

exit code: 0 measured, whatever came out; 1 nothing could be measured; 2 bad arguments

examples:
  convviz bench
  convviz bench --only engine/1280x720 edit --quick
  convviz bench --json > figures.json
"""


def bench(argv: Sequence[str]) -> int:
    """Run ``convviz bench`` with the arguments ``argv`` and return the exit code.

    Raises
    ------
    UsageProblem
        If the arguments make no sense.
    """
    given = _parser().read(argv)
    only = tuple(given.only or ())
    for word in only:
        if word.split("/")[0] not in ITEMS:
            raise UsageProblem(
                "There is no measure {word}; --only takes {names}, or the beginning of a case's name such as"
                " engine/1280x720.",
                word=word,
                names=", ".join(ITEMS),
            )
    wish = Wish(whole("--pairs", given.pairs or str(QUICK_PAIRS if given.quick else PAIRS)), only)
    if given.item is not None:
        # The window of a measure may be gone before what its worker is at.
        return ended(measure_here(given.item, wish))
    findings = _measure(wish)
    ratios = [found for found in findings if isinstance(found, Ratio)]
    if not ratios:
        print("Nothing could be measured.", file=sys.stderr)
        return 1
    print(_as_json(ratios) if given.json else _as_table(ratios))
    return 0


def _parser() -> Parser:
    parser = Parser("convviz bench", _USAGE, _DESCRIPTION, _EPILOG)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--only", metavar="NAME", nargs="+", help="items or beginnings of cases' names")
    parser.add_argument("--quick", action="store_true", help="fewer runs: rough figures soon")
    # How the command calls itself: every item is measured in a process of its own.
    parser.add_value("--item", metavar="NAME", help=argparse.SUPPRESS)
    parser.add_value("--pairs", metavar="N", help=argparse.SUPPRESS)
    return parser


def _measure(wish: Wish) -> list[Finding]:
    findings: list[Finding] = []
    for item in ITEMS:
        if not wish.includes(item):
            continue
        print(f"Measuring {item}: {ITEMS[item].title} …", file=sys.stderr, flush=True)
        for found in measure_apart(item, wish):
            findings.append(found)
            if isinstance(found, LeftOut):
                print(one_line(found.sentence), file=sys.stderr, flush=True)
            else:
                print(f"  {found.name} {found.value:.2f}", file=sys.stderr, flush=True)
    return findings


def _as_json(ratios: Sequence[Ratio]) -> str:
    found = {ratio.name: {"value": round(ratio.value, 4), "limit": round(ratio.limit, 4)} for ratio in ratios}
    return json.dumps({"ratios": found, "machine": describe()}, indent=2, ensure_ascii=False)


def _as_table(ratios: Sequence[Ratio]) -> str:
    width = max(len(ratio.name) for ratio in ratios)
    lines = [f"{'case':{width}}  {'value':>8}  {'limit':>7}  "]
    for ratio in ratios:
        kept = "within" if ratio.within else "OVER"
        lines.append(f"{ratio.name:{width}}  {ratio.value:8.2f}  {ratio.limit:7.2f}  {kept:6}  {ratio.note}")
    over = sum(not ratio.within for ratio in ratios)
    lines += ["", f"{len(ratios) - over} of {len(ratios)} within their limits."]
    lines += [f"{key}: {value}" for key, value in describe().items()]
    return "\n".join(lines)
