"""``convviz models``: the networks that are known, and which of them have their weights on this machine."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from convviz.commands.arguments import Parser
from convviz.commands.table import as_table
from convviz.nets.catalog import entries
from convviz.nets.entries import Entry

_USAGE = "[--json]"
_DESCRIPTION = """\
List the networks convviz knows: by what name to open them, how many weights they have, what size of input
they were made for, and whether their trained weights are on this machine.
"""
_EPILOG = """\
Networks of your own open too: a state dict for any of these (--weights FILE), or a class in a Python file
(FILE.py:ClassName); see convviz layers --help.

exit code: 0 listed; 2 bad arguments
"""


def models(argv: Sequence[str]) -> int:
    """Run ``convviz models`` with the arguments ``argv`` and return the exit code."""
    parser = Parser("convviz models", _USAGE, _DESCRIPTION, _EPILOG)
    parser.add_argument("--json", action="store_true", help="as JSON")
    given = parser.read(argv)
    known = entries()
    if given.json:
        json.dump([asdict(entry) for entry in known], sys.stdout, indent=1)
        print()
        return 0
    rows = [("name", "network", "weights", "input", "trained weights")]
    rows += [
        (
            entry.key,
            entry.title,
            f"{entry.weights:,}".replace(",", " "),
            " × ".join(map(str, entry.input_shape)),
            _weights(entry),
        )
        for entry in known
    ]
    print(as_table(rows, right=(2,)))
    return 0


def _weights(entry: Entry) -> str:
    if entry.group == "shipped":
        return "yes, come with convviz"
    return "yes, downloaded" if entry.trained else f"no (download of {entry.megabytes:.0f} MB)"
