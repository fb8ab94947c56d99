"""The command line: which command is meant, and what is said when it fails."""

import os
import sys
import traceback
from collections.abc import Sequence

from convviz.commands.arguments import one_line
from convviz.core.text import Problem

BAD_ARGUMENTS = 2
# What a shell reports for a program ended by Ctrl+C: 128 + SIGINT.
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``convviz`` and return its exit code.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments without the program's name; by default those of the process.

    Returns
    -------
    int
        0 when everything was done, 1 when something failed, 2 when the arguments make no sense, 130 when
        interrupted. Whatever fails is said in one sentence on stderr; with ``CONVVIZ_DEBUG=1`` in the
        environment, a defect also shows where it is.
    """
    try:
        code = _run(list(sys.argv[1:] if argv is None else argv))
        if sys.stdout is not None:
            # Here rather than at exit, where a reader that is gone could only be reported by a traceback.
            sys.stdout.flush()
    except Problem as problem:
        print(one_line(str(problem)), file=sys.stderr)
        return BAD_ARGUMENTS
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough. Python must not try to write the rest when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        _report(error)
        return 1
    return code


def _run(argv: list[str]) -> int:
    # Imported when needed: "--version" should not have to wait for a picture decoder.
    try:
        if argv[:1] == ["apply"]:
            from convviz.commands.apply import apply

            return apply(argv[1:])
        if argv[:1] == ["bench"]:
            from convviz.commands.bench import bench

            return bench(argv[1:])
        if argv[:1] == ["embed"]:
            from convviz.commands.embed import embed_pictures

            return embed_pictures(argv[1:])
        if argv[:1] == ["export"]:
            from convviz.commands.export import export

            return export(argv[1:])
        if argv[:1] == ["train"]:
            from convviz.commands.train import train

            return train(argv[1:])
        if argv[:1] == ["models"]:
            from convviz.commands.models import models

            return models(argv[1:])
        if argv[:1] == ["layers"]:
            from convviz.commands.layers import layers

            return layers(argv[1:])
        if argv[:1] == ["lessons"]:
            from convviz.commands.lessons import lessons

            return lessons(argv[1:])
        if argv[:1] == ["selfcheck"]:
            from convviz.commands.selfcheck import selfcheck

            return selfcheck(argv[1:])
        if argv[:1] == ["trace"]:
            from convviz.commands.trace import trace

            return trace(argv[1:])
        from convviz.commands.window import window

        return window(argv)
    except SystemExit as done:
        # How argparse ends after --help and --version.
        return done.code if isinstance(done.code, int) else 0


def _report(error: Exception) -> None:
    if os.environ.get("CONVVIZ_DEBUG", "0") not in ("", "0"):
        traceback.print_exception(error)
    said = one_line(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__)
    print(f"Unexpected error: {said.rstrip('.')}; please report it.", file=sys.stderr)
