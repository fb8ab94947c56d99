"""Pictures embedded beside a bare loop of torch over the same files.

The bare loop does what a script would: every file is decoded by Pillow alone and brought to the network's
input as ours is, sixteen are stacked, and the module runs on them without gradients. Both sides take as many
threads as torch takes, and begin with the files on the disk.
"""

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from convviz.commands.measures.findings import Finding, Ratio, Wish, take_turns
from convviz.core.picture import Picture
from convviz.engine.backend import load_torch
from convviz.files.pictures import open_picture
from convviz.files.samples import PHOTO_SAMPLES, open_sample
from convviz.nets.catalog import DEFAULT, open_network
from convviz.nets.embed import Source, embed
from convviz.nets.network import Network

PICTURES, QUICK_PICTURES = 1000, 32
# At least 0.9 × the pictures a second of the bare loop.
MOST_TIME = 1 / 0.9
_BATCH = 16
_SIDE = 320
# With fewer pairs than this the short form is meant; a thousand pictures take a minute.
_LONG = 15
_LONG_PAIRS = 2


def measure_embed(wish: Wish) -> Iterator[Finding]:
    """Yield the time of embedding pictures over that of a bare loop."""
    load_torch()
    network = open_network(DEFAULT)
    long = wish.pairs >= _LONG
    count = PICTURES if long else QUICK_PICTURES
    with tempfile.TemporaryDirectory() as folder:
        files = _write(Path(folder), count)
        sources = [Source(path.name, partial(open_picture, path)) for path in files]
        timed = take_turns(
            lambda: embed(network, sources),
            lambda: _bare(network, files),
            _LONG_PAIRS if long else wish.pairs,
        )
    note = f"{count} pictures: {timed.note('bare')}"
    yield Ratio(f"embed/{DEFAULT}", timed.ratio, MOST_TIME, note)


def _write(folder: Path, count: int) -> list[Path]:
    """Write photographs of different content and one size as JPEG files."""
    photographs = [open_sample(sample.id).values for sample in PHOTO_SAMPLES]
    files = []
    for number in range(count):
        picture = Image.fromarray(photographs[number % len(photographs)].squeeze()).convert("RGB")
        turned = picture.resize((_SIDE + 160, _SIDE)).rotate(number / len(photographs) * 3)
        files.append(folder / f"{number:04}.jpg")
        turned.save(files[-1], quality=90)
    return files


def _bare(network: Network, files: list[Path]) -> None:
    import torch

    with torch.no_grad():
        for start in range(0, len(files), _BATCH):
            inputs = []
            for path in files[start : start + _BATCH]:
                with Image.open(path) as opened:
                    pixels = np.asarray(opened.convert("RGB"))
                inputs.append(network.prepare(Picture(pixels, path.name))[0])
            network.module(torch.from_numpy(np.stack(inputs)))
