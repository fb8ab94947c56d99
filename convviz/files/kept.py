"""Lists of the user's own things, each kept in one file that is never lost, not even a damaged one."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.files.atomic import write_atomically
from convviz.files.sources import open_regular

Item = TypeVar("Item")

_VERSION = 1


class _DamagedFileError(Exception):
    """The file does not hold what it should."""


@dataclass(frozen=True)
class KeptList(Generic[Item]):
    """How a list is kept in a file.

    Parameters
    ----------
    name : str
        What the list is called in the file.
    most : int
        Bytes of which no file has more.
    damaged : str
        The sentence, marked for translation, that ``{name}`` is damaged and will be kept as ``{backup}``.
    entry : callable
        Returns what stands in the file for an item.
    item : callable
        Returns the item that an entry of the file stands for. May raise ValueError, TypeError, KeyError and
        OverflowError.
    """

    name: str
    most: int
    damaged: str
    entry: Callable[[Item], dict[str, Any]]
    item: Callable[[dict[str, Any]], Item]

    def load(self, path: Path) -> tuple[Item, ...]:
        """Return the items kept in ``path``; none if there is no such file.

        Raises
        ------
        Problem
            If the file cannot be read or is damaged.
        """
        if not path.exists():
            return ()
        try:
            return self._read(path)
        except _DamagedFileError as error:
            raise Problem(self.damaged, name=path.name, backup=backup_of(path).name) from error

    def save(self, path: Path, items: Iterable[Item]) -> None:
        """Write ``items`` to ``path`` in one step; a damaged file is renamed first, never overwritten.

        Raises
        ------
        Problem
            If it cannot be written.
        """
        content = {"version": _VERSION, self.name: [self.entry(item) for item in items]}
        text = json.dumps(content, ensure_ascii=False, indent=1)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._set_damaged_aside(path)
        except OSError as error:
            raise Problem(
                QT_TRANSLATE_NOOP("Sentence", "{name} was not saved: {reason}. Save it elsewhere."),
                name=path.name,
                reason=error.strerror or str(error),
            ) from error
        write_atomically(path, text.encode())

    def _read(self, path: Path) -> tuple[Item, ...]:
        with open_regular(path) as file:
            data = file.read(self.most)
        try:
            content = json.loads(data)
            if content["version"] != _VERSION:
                raise ValueError(f"version {content['version']}")
            return tuple(self.item(entry) for entry in content[self.name])
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
            raise _DamagedFileError from error

    def _set_damaged_aside(self, path: Path) -> None:
        if not path.exists() or path.stat().st_size == 0:
            return
        try:
            self._read(path)
        except _DamagedFileError:
            path.rename(backup_of(path))


def backup_of(path: Path) -> Path:
    """Return the first of ``.bak``, ``.bak2``, ``.bak3`` … behind a path that does not exist."""
    number = 1
    while True:
        backup = path.with_name(f"{path.name}.bak{number if number > 1 else ''}")
        if not backup.exists():
            return backup
        number += 1
