"""Where ``convviz apply`` writes: one file per input, none twice, and never over an input."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from convviz.commands.arguments import UsageProblem
from convviz.files.result_files import SUFFIXES

ARRAY, PICTURE = ".npy", ".png"
_ENDINGS = (*SUFFIXES, PICTURE)
_WRONG_ENDING = "-o must be a .npy, .csv, .tif or .png file, or a folder ending in “/”, not “{output}”."

# Where file systems usually do not tell capitals from small letters.
_ONE_CASE = sys.platform in ("win32", "darwin")


@dataclass(frozen=True)
class Targets:
    """What is read and where its result goes.

    Parameters
    ----------
    jobs : tuple of (Path, Path)
        Input and output.
    folder : Path or None
        Folder of all the outputs, which may have to be made; None for a single file in a folder that exists.
    """

    jobs: tuple[tuple[Path, Path], ...]
    folder: Path | None

    @property
    def is_picture(self) -> bool:
        """Whether the result is written as a PNG."""
        return self.jobs[0][1].suffix.lower() == PICTURE

    def make_folder(self) -> None:
        """Make the output folder, with those it is in.

        Raises
        ------
        UsageProblem
            If that is not possible.
        """
        if self.folder is None:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as error:
            raise UsageProblem(
                "-o: the folder “{folder}” cannot be made: {reason}.",
                folder=self.folder,
                reason=getattr(error, "strerror", None) or error,
            ) from error


def plan(inputs: Sequence[str], output: str, kept: Sequence[str] = ()) -> Targets:
    """Return what goes where.

    Parameters
    ----------
    inputs : sequence of str
        Paths to read, at least one.
    output : str
        ``OUT.npy``, ``OUT.csv``, ``OUT.tif``, ``OUT.png``, or a folder: it ends with a slash, exists, or is
        for several inputs and has no ending.
    kept : sequence of str
        Further paths that must not be overwritten.

    Raises
    ------
    UsageProblem
        If the outputs cannot be told apart, one of them is an input, or there is no such folder.
    """
    if not output:
        raise UsageProblem(_WRONG_ENDING, output=output)
    target, several = Path(output), len(inputs) > 1
    ends_as_folder = output.endswith(("/", os.sep))
    if ends_as_folder or _is_folder(target) or (several and not target.suffix):
        targets = _into(inputs, target)
    elif several:
        raise UsageProblem(
            "{count} inputs need a folder to go to, such as -o “{folder}/”, not the file “{output}”.",
            count=len(inputs),
            folder=target.with_suffix("").name,
            output=output,
        )
    else:
        targets = Targets(((Path(inputs[0]), _single(target, output)),), None)
    _check_kept(targets, [*inputs, *kept])
    return targets


def _single(target: Path, output: str) -> Path:
    if target.suffix.lower() not in _ENDINGS:
        raise UsageProblem(_WRONG_ENDING, output=output)
    if not _is_folder(target.parent):
        raise UsageProblem("-o: there is no folder “{folder}” to write to.", folder=target.parent)
    return target


def _into(inputs: Sequence[str], folder: Path) -> Targets:
    jobs: dict[str, tuple[Path, Path]] = {}
    for text in inputs:
        source = Path(text)
        target = folder / f"{source.stem}{ARRAY}"
        key = target.name.casefold() if _ONE_CASE else target.name
        if key in jobs:
            raise UsageProblem(
                "“{first}” and “{second}” would both be written to “{target}”;"
                " rename one, or apply them apart.",
                first=jobs[key][0],
                second=source,
                target=target,
            )
        jobs[key] = source, target
    return Targets(tuple(jobs.values()), folder)


def _check_kept(targets: Targets, kept: Sequence[str]) -> None:
    places = {os.path.realpath(path) for path in kept}
    for _, target in targets.jobs:
        if os.path.realpath(target) in places:
            raise UsageProblem(
                "“{target}” is read here, so it cannot be written; choose another name or folder.",
                target=target,
            )


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        # Names that are too long, for one.
        return False
