"""``convviz trace``: what every layer of a network gives on a picture."""

import io
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from convviz.commands.arguments import Parser, UsageProblem, one_line
from convviz.commands.model_argument import MODEL_HELP, add_model_options, open_given
from convviz.core.text import Problem
from convviz.files.atomic import write_atomically
from convviz.files.pictures import open_picture
from convviz.nets.network import Network
from convviz.nets.records import Trace

_USAGE = "IMAGE --model MODEL [options] -o OUT.npz"
_DESCRIPTION = """\
Run a network on a picture and write what every layer gives: a .npz archive, from the layer's name, as convviz
layers lists it, to its output without the batch, unrounded.
"""
_EPILOG = f"""\
{MODEL_HELP}
exit code: 0 written; 1 the picture, the network or writing failed; 2 bad arguments, or the model cannot be
opened; nothing is written then

examples:
  convviz trace cat.jpg --model efficientnet-lite0 -o cat.npz
  convviz trace cat.jpg --model resnet18 --weights mine.pt -o cat.npz
  convviz trace digit.png --model net.py:Net --weights net.safetensors --trust -o digit.npz
"""


def trace(argv: Sequence[str]) -> int:
    """Run ``convviz trace`` with the arguments ``argv`` and return the exit code.

    Raises
    ------
    Problem
        If the arguments make no sense or the model cannot be opened; nothing has been written then.
    """
    parser = Parser("convviz trace", _USAGE, _DESCRIPTION, _EPILOG)
    parser.add_argument("image", metavar="IMAGE", nargs="*", help="picture to read")
    parser.add_value("--model", metavar="MODEL", help="see below")
    parser.add_value("-o", "--output", metavar="OUT.npz", help="where to write")
    add_model_options(parser)
    given = parser.read(argv)
    if len(given.image) != 1:
        raise UsageProblem("Say which picture: convviz trace IMAGE --model MODEL -o OUT.npz.")
    if given.model is None:
        raise UsageProblem("Say which network: --model MODEL; convviz models lists names.")
    if given.output is None or Path(given.output).suffix.lower() != ".npz":
        raise UsageProblem("Say where to write: -o OUT.npz.")
    network = open_given(given.model, given)
    try:
        _trace(Path(given.image[0]), network, Path(given.output))
    except Problem as problem:
        _tell(str(problem))
        return 1
    except MemoryError:
        _tell("There is not enough memory for it.")
        return 1
    return 0


def _trace(image: Path, network: Network, target: Path) -> None:
    traced = network.trace(open_picture(image))
    write_atomically(target, packed(traced))
    if not network.trained:
        _tell(f"{network.title}: {network.origin}")


def packed(traced: Trace) -> bytes:
    """Return the content of a ``.npz`` file with the outputs of all layers by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for layer, values in zip(traced.architecture.layers, traced.outputs, strict=True):
            with archive.open(f"{layer.name}.npy", "w", force_zip64=True) as file:
                np.lib.format.write_array(file, np.ascontiguousarray(values), allow_pickle=False)
    return buffer.getvalue()


def _tell(sentence: str) -> None:
    print(one_line(sentence), file=sys.stderr)
