"""A whole widget, with everything in it, as a picture file."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from convviz.core.text import Sentence
from convviz.files.atomic import write_atomically
from convviz.ui.export.pictures import check_picture_place, drawn_pdf, drawn_svg, image_bytes
from convviz.ui.export.texts import SAVED
from convviz.work.jobs import JobContext


@dataclass(frozen=True, eq=False)
class ViewOrder:
    """A file to be written, and what goes into it."""

    path: str
    data: bytes


def view_bytes(widget: QWidget, path: str) -> bytes:
    """Return the file for ``path`` that shows ``widget``; empty for an ending that is none.

    Called in the thread of the window, as it paints the widget itself.
    """

    def paint(painter: QPainter) -> None:
        flags = QWidget.RenderFlag
        both = flags.DrawWindowBackground | flags.DrawChildren
        widget.render(painter, QPoint(), renderFlags=both)

    title = widget.window().windowTitle()
    match Path(path).suffix.lower():
        case ".png":
            return image_bytes(widget.grab().toImage())
        case ".svg":
            return drawn_svg(widget.width(), widget.height(), title, paint)
        case ".pdf":
            return drawn_pdf(widget.width(), widget.height(), title, paint)
        case _:
            return b""


def write_view(order: ViewOrder, context: JobContext) -> Sentence:
    """Write the file and say so; raises Problem if it cannot be written."""
    path = Path(order.path)
    check_picture_place(path)
    context.check()
    write_atomically(path, order.data)
    return Sentence(SAVED, {"name": path.name})
