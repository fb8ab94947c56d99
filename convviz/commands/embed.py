"""``convviz embed``: pictures as vectors."""

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from convviz.commands.arguments import Parser, UsageProblem, one_line
from convviz.commands.model_argument import MODEL_HELP, add_model_options, open_given
from convviz.core.text import Problem, Sentence
from convviz.files.folders import pictures_among
from convviz.files.pictures import open_picture
from convviz.files.vectors import SUFFIXES, check_vectors_place, save_vectors
from convviz.nets.embed import Source, embed
from convviz.nets.network import Network
from convviz.nets.vector_space import PIXELS, space_of

_USAGE = "IMAGE... --model MODEL [options] -o OUT.npy"
_DESCRIPTION = """\
Write what a layer of a network makes of pictures: one vector for each, float32. Of a layer with maps it is
the means of the maps, of any other all its values.
"""
_EPILOG = f"""\
IMAGE is a picture, or a folder: then all pictures in it and in its folders are taken.

OUT.npy is an array of N vectors; OUT.npy.names.txt beside it has the name of a picture in each line. OUT.csv
is a table: the picture, then its numbers.

--layer is a name as convviz layers lists them, or {PIXELS}: red, green and blue of the picture resized to
32 x 32, without a network. By default it is the layer before the classifier.

{MODEL_HELP}
exit code: 0 all written; 1 a picture was left out (the others are still written), or writing failed; 2 bad
arguments, OUT cannot be written, or the model cannot be opened: told at once, and nothing is written

examples:
  convviz embed cats/ dogs/ --model efficientnet-lite0 -o pets.npy
  convviz embed *.jpg --model resnet18 --layer layer3 --weights mine.pt -o maps.csv
  convviz embed photos/ --layer {PIXELS} -o pixels.csv
"""


def embed_pictures(argv: Sequence[str]) -> int:
    """Run ``convviz embed`` with the arguments ``argv`` and return the exit code.

    Raises
    ------
    Problem
        If the arguments make no sense, the output cannot be written there or the model cannot be opened;
        nothing has been written then.
    """
    parser = Parser("convviz embed", _USAGE, _DESCRIPTION, _EPILOG)
    parser.add_argument("images", metavar="IMAGE", nargs="*", help="pictures or folders")
    parser.add_value("--model", metavar="MODEL", help="see below")
    parser.add_value("--layer", metavar="LAYER", help="whose output; see below")
    parser.add_value("-o", "--output", metavar="OUT", help="where to write: .npy or .csv")
    add_model_options(parser)
    given = parser.read(argv)
    if not given.images:
        raise UsageProblem("Say which pictures: convviz embed IMAGE... --model MODEL -o OUT.npy.")
    layer = given.layer or ""
    if given.model is None and layer != PIXELS:
        raise UsageProblem("Say which network: --model MODEL; convviz models lists names.")
    if given.output is None or Path(given.output).suffix.lower() not in SUFFIXES:
        raise UsageProblem("Say where to write: -o OUT.npy or OUT.csv.")
    if given.model is None and (given.weights is not None or given.trust):
        raise UsageProblem("--weights and --trust say more about a --model; give one.")
    # Before minutes are spent on what then cannot be kept.
    check_vectors_place(Path(given.output))
    network = None
    if given.model is not None:
        network = open_given(given.model, given)
        space_of(network.architecture(), layer)
    try:
        return _embed(pictures_among(given.images), network, layer, Path(given.output))
    except Problem as problem:
        _tell(problem.sentence)
    except MemoryError:
        print("There is not enough memory for it.", file=sys.stderr)
    return 1


def _embed(pictures: Sequence[Path], network: Network | None, layer: str, target: Path) -> int:
    sources = [Source(str(path), partial(open_picture, path)) for path in pictures]
    found = embed(network, sources, layer)
    for sentence in found.left_out:
        _tell(sentence)
    if not found.kept:
        return 1
    save_vectors(target, [str(pictures[number]) for number in found.kept], found.vectors)
    if network is not None and not network.trained and layer != PIXELS:
        print(one_line(f"{network.title}: {network.origin}"), file=sys.stderr)
    return 1 if found.left_out else 0


def _tell(sentence: Sentence) -> None:
    print(one_line(str(sentence)), file=sys.stderr)
