"""Pictures saved by an encoder for a test, their colours and what is noted of them."""

import io
from typing import Any

import numpy as np
import pillow_heif
from numpy.typing import NDArray
from PIL import Image

from convviz.core.picture import Picture

pillow_heif.register_heif_opener()
Rng = np.random.Generator


def saved(image: Image.Image, key: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, key, **options)
    return buffer.getvalue()


def notes(picture: Picture) -> str:
    return " ".join(str(note) for note in picture.notes)


def colours(rng: Rng, *shape: int) -> NDArray[np.uint8]:
    return rng.integers(0, 256, shape, dtype=np.uint8)
