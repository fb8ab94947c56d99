"""What the commands about networks share: which network is meant, and opening it."""

import argparse
from pathlib import Path

from convviz.commands.arguments import Parser, UsageProblem
from convviz.nets.load import open_model
from convviz.nets.network import Network

MODEL_HELP = """\
MODEL is one of
  a name              efficientnet-lite0, resnet50, ...; convviz models lists them
  FILE.py:ClassName   a class of your own, derived from torch.nn.Module; FILE.py alone if it has only one
  FILE.pt2            what torch.export.save wrote
--weights FILE is a state dict for it: .pt, .pth, .ckpt or .safetensors. It never runs code. FILE.py and
FILE.pt2 are programs, and open only with --trust.
"""


def add_model_options(parser: Parser) -> None:
    """Add the options that say how a network is opened."""
    parser.add_value("--weights", metavar="FILE", help="state dict to fill the model with")
    parser.add_argument("--trust", action="store_true", help="let the code in FILE.py or FILE.pt2 run")


def open_given(model: str, given: argparse.Namespace, size: tuple[int, int] | None = None) -> Network:
    """Open ``model`` as the options say, a file of the user's with an input of ``size``, if that is given.

    Raises
    ------
    Problem
        If it cannot be opened.
    """
    if not model.strip():
        raise UsageProblem("The name of the model is empty; convviz models lists names.")
    weights = None if given.weights is None else Path(given.weights)
    return open_model(model, weights, trust=given.trust, size=size)
