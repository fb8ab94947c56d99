"""Where a generated program gets its picture from: its file, its own lines, or an array beside it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from convviz.core.picture import Picture
from convviz.files.matrix_text import number_text
from convviz.files.refusals import check_size

# Matrices up to here are written into the program; in a class one reads them there.
MOST_WRITTEN = 1024


class SourceKind(StrEnum):
    """Where the numbers of the picture come from."""

    WRITTEN = "written"
    IMAGE = "image"
    ARRAY = "array"


@dataclass(frozen=True)
class PictureSource:
    """Where a program gets its picture from.

    Parameters
    ----------
    kind : SourceKind
        Written in the program, a picture file, or a ``.npy`` file.
    path : str
        Of the file; empty for what is written in the program.
    """

    kind: SourceKind
    path: str = ""

    def lines(self, picture: Picture) -> list[str]:
        """Return the statements that make ``picture``, an array of shape (H, W, C)."""
        if self.kind is SourceKind.WRITTEN:
            return [f"picture = {_written(picture.values)}"]
        if self.kind is SourceKind.ARRAY:
            return [
                f"picture = np.load({self.path!r})  # H × W × C",
                "picture = picture.reshape(*picture.shape[:2], -1)",
            ]
        mode = "L" if picture.channels == 1 else "RGB"
        return [
            "from PIL import Image",
            "",
            f"picture = np.asarray(Image.open({self.path!r}).convert({mode!r}))",
            "picture = picture.reshape(*picture.shape[:2], -1)  # H × W × C",
        ]


def _written(values: NDArray[Any]) -> str:
    kind = "np.uint8" if values.dtype == np.uint8 else "np.float32"
    planes = [
        "    [\n" + "\n".join(f"        [{', '.join(map(number_text, row))}]," for row in plane) + "\n    ],"
        for plane in np.moveaxis(values, 2, 0)
    ]
    return "np.array([  # C × H × W\n" + "\n".join(planes) + f"\n], {kind}).transpose(1, 2, 0)"


def plain_source(picture: Picture) -> PictureSource | None:
    """Return where a program gets ``picture`` from without another file; None if it needs one.

    The picture's own file is named only if reading it the plain way gives exactly these numbers: a picture
    that was turned, edited, or has a colour profile or more than eight bits would be another one.
    """
    if picture.values.size <= MOST_WRITTEN:
        return PictureSource(SourceKind.WRITTEN)
    path = Path(picture.source)
    if not picture.source or not path.is_file():
        return None
    for kind, read in ((SourceKind.ARRAY, _read_array), (SourceKind.IMAGE, _read_image)):
        values = read(path, picture)
        if values is not None and values.dtype == picture.values.dtype:
            stacked = values.reshape(*values.shape[:2], -1)
            if np.array_equal(stacked, picture.values):
                return PictureSource(kind, str(path.absolute()))
    return None


def source_of(picture: Picture, beside: Path) -> tuple[PictureSource, bool]:
    """Return where a program beside ``beside`` gets ``picture`` from, and whether that is yet to be written.

    Parameters
    ----------
    picture : Picture
        What the layer is applied to.
    beside : Path
        A ``.npy`` file in the folder of the program; named without its folder, as it moves with the program.
    """
    plain = plain_source(picture)
    if plain is not None:
        return plain, False
    return PictureSource(SourceKind.ARRAY, beside.name), True


def _read_array(path: Path, picture: Picture) -> NDArray[Any] | None:
    del picture
    if path.suffix.lower() != ".npy":
        return None
    try:
        values = np.load(path, allow_pickle=False)
    except (OSError, ValueError):
        return None
    return values if values.ndim in (2, 3) else None


def _read_image(path: Path, picture: Picture) -> NDArray[Any] | None:
    if picture.values.dtype != np.uint8 or picture.channels not in (1, 3):
        return None
    try:
        with Image.open(path) as image:
            check_size(path.name, *image.size)
            if image.size != (picture.width, picture.height):
                return None
            return np.asarray(image.convert("L" if picture.channels == 1 else "RGB"))
    except (OSError, ValueError, Image.DecompressionBombError):
        # A Problem is a ValueError: what cannot be read in the plain way is written as an array.
        return None
