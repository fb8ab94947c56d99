"""A map written to a picture file, or handed over as a picture. Runs in the worker."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QSize, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.files.atomic import check_place, write_atomically
from convviz.ui.export.paint import Look, Sheet, as_image, draw, lay_out
from convviz.ui.export.whole import Source, whole_content
from convviz.ui.theme import Theme
from convviz.ui.widgets.pane_paint import Scene
from convviz.work.jobs import JobContext

SUFFIXES = (".png", ".svg", ".pdf")
# A design pixel is a point on paper.
_POINTS_PER_INCH = 72


@dataclass(frozen=True, eq=False)
class PictureOrder:
    """A map to be written, or to be copied.

    Parameters
    ----------
    scene : Scene
        The map as it is on screen.
    source : Content or Wanted
        Its cells.
    look : Look
        How it is painted.
    theme : Theme
        Colours and sizes.
    path : str
        A file that ends in one of :data:`SUFFIXES`; empty for a picture in memory.
    """

    scene: Scene
    source: Source
    look: Look
    theme: Theme
    path: str = ""


def paint_picture(order: PictureOrder, context: JobContext) -> QImage | Sentence:
    """Return the picture, or write it and say so.

    Raises
    ------
    Problem
        If the picture would be too large, or cannot be written; an old file is kept.
    """
    path = Path(order.path)
    if order.path:
        check_picture_place(path)
    content = whole_content(order.source, context.check)
    context.progress(0.5)
    sheet = lay_out(order.scene, content, order.look, order.theme)
    if not order.path:
        return as_image(sheet)
    data = {".png": png_bytes, ".svg": svg_bytes, ".pdf": pdf_bytes}[path.suffix.lower()](sheet)
    context.progress(0.9)
    write_atomically(path, data)
    return Sentence(QT_TRANSLATE_NOOP("Sentence", "Saved as {name}."), {"name": path.name})


def check_picture_place(path: Path) -> None:
    """Raise :class:`Problem` if no picture could be written to ``path``, as far as can be told."""
    if path.suffix.lower() not in SUFFIXES:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "{name} was not saved: pictures are written to a .png, .svg or .pdf file."
            ),
            name=path.name,
        )
    check_place(path)


def png_bytes(sheet: Sheet) -> bytes:
    """Return a sheet as a PNG file."""
    return image_bytes(as_image(sheet))


def image_bytes(image: QImage) -> bytes:
    """Return an image as a PNG file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know no device here
    return bytes(data.data())


def svg_bytes(sheet: Sheet) -> bytes:
    """Return a sheet as an SVG file."""
    return drawn_svg(sheet.width, sheet.height, _title(sheet), partial(draw, sheet=sheet, as_lines=True))


def pdf_bytes(sheet: Sheet) -> bytes:
    """Return a sheet as a PDF file of one page of its size."""
    return drawn_pdf(sheet.width, sheet.height, _title(sheet), partial(draw, sheet=sheet, as_lines=True))


def _title(sheet: Sheet) -> str:
    return f"{sheet.scene.caption.title} {sheet.scene.caption.detail}".strip()


def drawn_svg(width: int, height: int, title: str, paint: Callable[[QPainter], None]) -> bytes:
    """Return what ``paint`` draws as an SVG file of ``width`` × ``height`` points."""
    data = QByteArray()
    buffer = QBuffer(data)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(_POINTS_PER_INCH)
    generator.setSize(QSize(width, height))
    generator.setViewBox(QRect(0, 0, width, height))
    generator.setTitle(title)
    painter = QPainter(generator)
    paint(painter)
    painter.end()
    return bytes(data.data())


def drawn_pdf(width: int, height: int, title: str, paint: Callable[[QPainter], None]) -> bytes:
    """Return what ``paint`` draws as a PDF file of one page of ``width`` × ``height`` points."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setCreator("convviz")
    writer.setTitle(title)
    writer.setResolution(_POINTS_PER_INCH)
    size = QSizeF(width, height)
    page = QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    portrait = QPageLayout.Orientation.Portrait
    writer.setPageLayout(QPageLayout(page, portrait, QMarginsF(), QPageLayout.Unit.Point))
    painter = QPainter(writer)
    paint(painter)
    painter.end()
    buffer.close()
    return bytes(data.data())
