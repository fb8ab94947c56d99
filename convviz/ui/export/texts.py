"""What is written as text or as numbers: values, matrices, programs. Runs in the worker."""

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from convviz.core.channels import ChannelMode
from convviz.core.picture import Picture
from convviz.core.specs import Chain
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.files.atomic import check_place, write_together
from convviz.files.layer_code import Dialect, PictureSource, layer_code, plain_source, source_of
from convviz.files.layer_code.source import SourceKind
from convviz.files.matrix_text import MatrixFormat, matrix_text
from convviz.files.result_files import check_result_place, save_result
from convviz.ui.export.whole import Source, values_of
from convviz.work.jobs import JobContext

SAVED = QT_TRANSLATE_NOOP("Sentence", "Saved as {name}.")
# What a program that is only copied calls the array it would need.
BESIDE = "picture.npy"


@dataclass(frozen=True, eq=False)
class ValuesOrder:
    """Values to be written: of one map, or of ``every`` map beside it."""

    source: Source
    every: bool
    path: str


def write_values(order: ValuesOrder, context: JobContext) -> Sentence:
    """Write values and say so; raises Problem if they cannot be written."""
    path = Path(order.path)
    check_result_place(path)
    values = values_of(order.source, context.check, every=order.every)
    context.progress(0.5)
    save_result(path, values, context.check)
    return Sentence(SAVED, {"name": path.name})


@dataclass(frozen=True, eq=False)
class MatrixOrder:
    """A map to be written as text."""

    source: Source
    form: MatrixFormat


def write_matrix(order: MatrixOrder, context: JobContext) -> str:
    """Return a map as text; raises Problem if it has too many cells."""
    return matrix_text(values_of(order.source, context.check), order.form)


@dataclass(frozen=True, eq=False)
class CodeOrder:
    """A layer to be written as a program; to a file if ``path`` is not empty."""

    picture: Picture
    mode: ChannelMode
    chain: Chain
    dialect: Dialect
    path: str = ""


@dataclass(frozen=True)
class Code:
    """A program, and the array it needs beside it; empty if it needs none."""

    text: str
    beside: str


def write_code(order: CodeOrder, context: JobContext) -> Code:
    """Return a program that needs no file, or one beside it that is not there yet."""
    context.check()
    plain = plain_source(order.picture)
    source = plain or PictureSource(SourceKind.ARRAY, BESIDE)
    text = layer_code(order.picture, order.mode, order.chain, source, order.dialect)
    return Code(text, "" if plain else BESIDE)


def save_code(order: CodeOrder, context: JobContext) -> Sentence:
    """Write a program, and the picture beside it if it needs that.

    Raises
    ------
    Problem
        If a file cannot be written.
    """
    path = Path(order.path)
    if path.suffix.lower() != ".py":
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "{name} was not saved: a program is written to a .py file."),
            name=path.name,
        )
    check_place(path)
    context.check()
    array = _array(order.picture)
    beside = _free(path, array)
    source, is_needed = source_of(order.picture, beside)
    text = layer_code(order.picture, order.mode, order.chain, source, order.dialect)
    context.progress(0.5)
    # The array first: a program without it would be of no use.
    write_together({beside: array, path: text.encode()} if is_needed else {path: text.encode()})
    if not is_needed:
        return Sentence(SAVED, {"name": path.name})
    return Sentence(
        QT_TRANSLATE_NOOP("Sentence", "Saved as {name}, with the picture beside it in {beside}."),
        {"name": path.name, "beside": beside.name},
    )


def _array(picture: Picture) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, picture.values, allow_pickle=False)
    return buffer.getvalue()


def _free(path: Path, array: bytes) -> Path:
    """Return a name beside ``path`` that is free or has these bytes already: nobody is asked about it."""
    number = 1
    while True:
        ending = "" if number == 1 else f"-{number}"
        beside = path.with_name(f"{path.stem}-picture{ending}.npy")
        if not beside.exists() or (beside.is_file() and _has(beside, array)):
            return beside
        number += 1


def _has(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
