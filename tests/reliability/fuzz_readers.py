"""A reader fuzzed by atheris, which looks for files that lead it into code that no file before has reached.

By hand, and for as long as one likes; what is found is written to the current folder::

    pip install atheris
    python -m tests.reliability.fuzz_readers session -max_total_time=600

The first word is one of the readers of ``tests/reliability/readers.py``, or ``session text`` for the text in
a session; all others are libFuzzer's.
"""

import os
import sys
import tempfile
from pathlib import Path

import atheris

# What is fuzzed; all else would only slow it down.
WATCHED = ["convviz", "zipfile", "tomllib", "json", "tifffile", "PIL"]
TEXT = "session text"


def fuzz(arguments: list[str]) -> None:
    """Fuzz the reader that ``arguments`` name; the process ends with the first file that is read wrongly."""
    with atheris.instrument_imports(include=WATCHED, enable_loader_override=False):
        from tests.reliability.readers import READERS
        from tests.reliability.trying import in_session, small_limits, text_in_session, tried, warm
    kind = arguments[1]
    reader = READERS["session" if kind == TEXT else kind]
    good = reader.good()
    with tempfile.TemporaryDirectory() as outer, small_limits():
        place, corpus = Path(outer, "files", "inside"), Path(outer, "corpus")
        place.mkdir(parents=True)
        corpus.mkdir()
        for number, data in enumerate(good):
            warm(reader, place, data)
            (corpus / str(number)).write_bytes(text_in_session(data) if kind == TEXT else data)

        def one(data: bytes) -> None:
            tried(reader, place, in_session(data) if kind == TEXT else data)

        atheris.Setup([arguments[0], *arguments[2:], str(corpus)], one)
        atheris.Fuzz()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    fuzz(sys.argv)
