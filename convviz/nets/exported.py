"""What an exported program says of the pictures it takes, read without running anything in it.

``torch.export.save`` writes an archive with the program's graph as JSON; that of the inputs is in it.
"""

import json
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.nets.preprocessing import MAX_SIDE, Fit, Preprocessing

# Without its weights a program is small; what is larger is not read.
_LARGEST = 100_000_000
# What damaged archives and other JSON than a program's raise.
_UNREADABLE = (OSError, ValueError, TypeError, LookupError, RuntimeError, EOFError, zlib.error)
_OLD_NAME = "serialized_exported_program.json"


@dataclass(frozen=True)
class Taken:
    """What pictures a program takes.

    Parameters
    ----------
    channels : int
        1 or 3.
    rows, columns : int
        Of the example it was exported with.
    is_fixed : bool
        Whether it takes no other size.
    """

    channels: int
    rows: int
    columns: int
    is_fixed: bool

    @property
    def preprocessing(self) -> Preprocessing:
        """Plain preprocessing to such pictures."""
        return suiting(self.channels, self.rows, self.columns)

    def check(self, given: Preprocessing, name: str) -> None:
        """Raise :class:`Problem` if pictures prepared like this cannot be taken, and say what to choose."""
        whole = given.crop or given.fit is Fit.EXACT
        sizes_differ = self.is_fixed and whole and given.size != (self.rows, self.columns)
        if given.channels == self.channels and not sizes_differ:
            return
        grey = QT_TRANSLATE_NOOP(
            "Sentence",
            "{name} is made for grey pictures, one channel, of {rows} × {columns}. Open it again, and choose "
            "grey and this size.",
        )
        colour = QT_TRANSLATE_NOOP(
            "Sentence",
            "{name} is made for colour pictures, three channels, of {rows} × {columns}. Open it again, and "
            "choose colours and this size.",
        )
        raise Problem(grey if self.channels == 1 else colour, name=name, rows=self.rows, columns=self.columns)


def suiting(channels: int, rows: int, columns: int) -> Preprocessing:
    """Return plain preprocessing to pictures of this shape: to −1 to 1 in grey, as of ImageNet in colour."""
    mean, std = ((0.5,), (0.5,)) if channels == 1 else ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
    return Preprocessing((rows, columns), shorter=min(rows, columns), channels=channels, mean=mean, std=std)


def taken_by(path: Path) -> Taken | None:
    """Return what the program in a ``.pt2`` file takes; None if it does not say, or not one picture."""
    try:
        with zipfile.ZipFile(path) as archive:
            program = json.loads(_graph(archive))["graph_module"]
        inputs = [
            one["user_input"]["arg"] for one in program["signature"]["input_specs"] if "user_input" in one
        ]
        (name,) = (one["as_tensor"]["name"] for one in inputs)
        sizes = program["graph"]["tensor_values"][name]["sizes"]
        _, channels, rows, columns = (_number(size) for size in sizes)
    except (*_UNREADABLE, zipfile.BadZipFile):
        return None
    if channels not in (1, 3) or not all(1 <= side <= MAX_SIDE for side in (rows, columns)):
        return None
    return Taken(channels, rows, columns, all("as_int" in size for size in sizes[2:]))


def _graph(archive: zipfile.ZipFile) -> bytes:
    """Return the JSON of the first program in an archive."""
    for entry in archive.infolist():
        folder, _, file = entry.filename.rpartition("/")
        is_model = folder.rpartition("/")[2] == "models" and file.endswith(".json")
        if (is_model or file == _OLD_NAME) and entry.file_size <= _LARGEST:
            return archive.read(entry)
    raise LookupError("no program")


def _number(size: dict[str, Any]) -> int:
    """Return a side that is fixed, or, of one that is not, that of the example."""
    found = size["as_int"] if "as_int" in size else size["as_expr"]["hint"]["as_int"]
    if type(found) is not int:
        raise ValueError("a side is a whole number")
    return found
