"""Data to learn from, the user's own pictures among them: read as pictures are read everywhere else."""

from convviz.engine.checks import Check, nothing
from convviz.files.pictures import PICTURE_SUFFIXES, open_picture
from convviz.nets.learn import data as learn_data
from convviz.nets.learn.data import Data
from convviz.nets.learn.folder import PictureFiles
from convviz.nets.learn.samples import Samples

PICTURE_FILES = PictureFiles(PICTURE_SUFFIXES, open_picture)
"""What counts as a picture in a folder of the user's."""


def load(data: Data, seed: int, folder: str = "", check: Check = nothing) -> Samples:
    """Return the pictures of a data set; see :func:`convviz.nets.learn.data.load`.

    Raises
    ------
    Problem
        If a folder does not hold them, or nothing can be learned from them.
    """
    return learn_data.load(data, seed, folder, check, PICTURE_FILES)
