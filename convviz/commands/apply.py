"""``convviz apply``: filter pictures and arrays without a window."""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from convviz.commands.arguments import Parser, UsageProblem, one_line
from convviz.commands.arrays import read_values
from convviz.commands.kernel_argument import is_file
from convviz.commands.recipe import OPTIONS, Recipe, read_recipe
from convviz.commands.targets import Targets, plan
from convviz.core.counting import multiply_adds
from convviz.core.specs import Chain, ConvSpec, stage_shapes
from convviz.core.text import Problem
from convviz.engine.backend import load_torch
from convviz.engine.checks import check_finite
from convviz.engine.evaluate import run
from convviz.files.outputs import save_png
from convviz.files.result_files import save_result

# Multiply-adds that take NumPy about as long as importing torch takes: two seconds.
TORCH_PAYS = 2_000_000_000

_PNG_MAPS = (1, 3)

_USAGE = "INPUT... --kernel KERNEL [options] -o OUT"
_DESCRIPTION = """\
Filter pictures and arrays without a window, to exact numbers or to a picture.

Order: channels, convolution and bias, activation, pooling. --kernel may be left out when --activation or
--pool is given.
"""
_EPILOG = """\
KERNEL is one of
  a name        sobel-x, gaussian-5, sharpen, ...; a wrong name gets the list of all
  a matrix      "0 1 0/-1 2 -1/0 1 0", or JSON: "[[0, 1, 0], [-1, 2, -1], [0, 1, 0]]"
                a fraction alone in brackets: "[1/9]"
  a .npy file   2-D; 3-D (C, kh, kw): one filter with a kernel per channel;
                4-D (C_out, C_in / groups, kh, kw): a layer
A 2-D kernel acts on each channel on its own unless --channels says otherwise, with --groups G on each of G
channels; a 3-D or 4-D one on all channels together.

A .npy array, in and out, is H x W or C x H x W, unscaled; a photograph is 0..255. Arrays written are float32.
A .csv has a line for each row and an empty line between maps, a .tif a page of 32-bit numbers for each map.
A .png is rounded and clipped to 0..255. With several INPUTs, or -o DIR/, each result is DIR/<stem>.npy.
Numbers such as --stride 2,1 are vertical,horizontal.

exit code: 0 all written; 1 an input failed (the others are still written); 2 bad arguments, nothing written

examples:
  convviz apply photo.jpg --kernel sobel-x --channels grey -o edges.png
  convviz apply grid.npy --kernel "0 1 0/-1 2 -1/0 1 0" --padding 1 --activation relu -o maps.npy
  convviz apply photos/*.jpg --kernel gaussian-7 --padding same --padding-mode reflect -o blurred/
  convviz apply maps.npy --pool max --pool-size 2 -o pooled.npy
"""


def apply(argv: Sequence[str]) -> int:
    """Run ``convviz apply`` with the arguments ``argv`` and return the exit code.

    Raises
    ------
    Problem
        If the arguments make no sense; nothing has been written then.
    """
    given = _parser().read(argv)
    if not given.inputs:
        raise UsageProblem(
            "Say what to read: convviz apply INPUT --kernel KERNEL -o OUT; see convviz apply --help."
        )
    if given.output is None:
        raise UsageProblem("Say where to write: -o OUT.npy, .csv, .tif or .png, or -o DIR/.")
    recipe = read_recipe(given)
    kept = [given.kernel] if given.kernel is not None and is_file(given.kernel) else []
    targets = plan(given.inputs, given.output, kept)
    if targets.is_picture and recipe.maps is not None and recipe.maps not in _PNG_MAPS:
        raise UsageProblem(
            "A PNG holds 1 or 3 maps, and these filters give {maps}; write to a .npy file instead.",
            maps=recipe.maps,
        )
    targets.make_folder()
    return _apply_all(recipe, targets)


def _parser() -> Parser:
    parser = Parser("convviz apply", _USAGE, _DESCRIPTION, _EPILOG)
    parser.add_argument("inputs", metavar="INPUT", nargs="*", help="picture or .npy array to read")
    for name, metavar, text in OPTIONS:
        parser.add_value(name, metavar=metavar, help=text)
    help_text = "OUT.npy, .csv, .tif or .png, or DIR/ (made if missing)"
    parser.add_value("-o", "--output", metavar="OUT", help=help_text)
    return parser


def _apply_all(recipe: Recipe, targets: Targets) -> int:
    failed = 0
    for done, (source, target) in enumerate(targets.jobs):
        try:
            _apply_one(recipe, source, target, left=len(targets.jobs) - done)
        except Problem as problem:
            _tell(source, str(problem))
            failed += 1
        except MemoryError:
            _tell(source, "There is not enough memory for it.")
            failed += 1
    return 1 if failed else 0


def _apply_one(recipe: Recipe, source: Path, target: Path, left: int) -> None:
    planes = recipe.planes(read_values(source))
    chain = recipe.chain(planes.shape[0])
    if _work(chain, planes) * left > TORCH_PAYS:
        load_torch()
    # What overflows is told below, in a sentence.
    with np.errstate(all="ignore"):
        maps = run(planes, chain)
    check_finite(maps)
    if target.suffix.lower() == ".png":
        clipped = save_png(target, maps)
        if clipped:
            _tell(target, f"{clipped} of {maps.size} values lay outside 0..255 and were clipped.")
    else:
        save_result(target, maps)


def _work(chain: Chain, planes: NDArray[np.generic]) -> int:
    """Return the multiply-adds of ``chain``."""
    channels, height, width = planes.shape
    shapes = stage_shapes(chain, (channels, height, width))
    return sum(
        multiply_adds(op, shape) for op, shape in zip(chain, shapes, strict=False) if isinstance(op, ConvSpec)
    )


def _tell(path: Path, sentence: str) -> None:
    """Say ``sentence`` on stderr, with the file's name in front unless it begins with it."""
    text = sentence if sentence.startswith(path.name) else f"{path.name}: {sentence}"
    print(one_line(text), file=sys.stderr)
