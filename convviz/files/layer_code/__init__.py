"""The layer at work as a program that computes the same numbers, in the words of three libraries."""

from convviz.files.layer_code.program import Dialect, layer_code, library_name
from convviz.files.layer_code.source import PictureSource, plain_source, source_of

__all__ = ["Dialect", "PictureSource", "layer_code", "library_name", "plain_source", "source_of"]
