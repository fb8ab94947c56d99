"""A map painted for a file: at any size, as pixels or as lines and letters."""

import math
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.ui.theme import Theme
from convviz.ui.widgets.pane_caption import CAPTION_GAP_PX, DETAIL_PX, TITLE_PX, Caption, CaptionLine
from convviz.ui.widgets.pane_cells import COLOUR_CELL_PX, CORNER_PX, DIGIT_CELL_PX, LARGE_CELL_PX, Cells
from convviz.ui.widgets.pane_content import Content
from convviz.ui.widgets.pane_digits import Writer
from convviz.ui.widgets.pane_geometry import PaneGeometry
from convviz.ui.widgets.pane_layer import LayerMaker
from convviz.ui.widgets.pane_marks import draw_marks
from convviz.ui.widgets.pane_paint import Scene
from convviz.ui.widgets.pane_shading import shaded_pixels

MARGIN_PX = 8
# QImage draws no further, and one this large takes a gigabyte.
MOST_SIDE, MOST_PIXELS = 32_000, 250_000_000
# More cells than this are no matrix to be read: they stay pixels in a drawing as well.
MOST_DRAWN = 10_000


@dataclass(frozen=True)
class Look:
    """How a map is painted.

    Parameters
    ----------
    cell : float
        Pixels a cell is wide and high; 1 or more.
    numbers : bool
        Whether cells that are large enough show their numbers.
    caption : bool
        Whether the title and the size stand above.
    marks : bool
        Whether outlines are drawn, and cells that stepping has not reached left blank.
    """

    cell: float
    numbers: bool = True
    caption: bool = True
    marks: bool = True


@dataclass(frozen=True, eq=False)
class Sheet:
    """A scene laid out on a sheet of its own.

    Parameters
    ----------
    scene : Scene
        What is painted, with the geometry of the sheet.
    width, height : int
        Size of the sheet in pixels.
    look : Look
        How.
    theme : Theme
        Colours and sizes.
    """

    scene: Scene
    width: int
    height: int
    look: Look
    theme: Theme

    @property
    def lettered(self) -> bool:
        """Whether numbers are written into the cells."""
        content = self.scene.content
        least = COLOUR_CELL_PX if content is not None and len(content.values) > 1 else DIGIT_CELL_PX
        return self.look.numbers and self.look.cell >= least

    @property
    def drawn(self) -> bool:
        """Whether the cells of a drawing are drawn one by one."""
        content = self.scene.content
        return content is not None and content.pixels.size <= MOST_DRAWN


def lay_out(scene: Scene, content: Content, look: Look, theme: Theme) -> Sheet:
    """Return ``scene`` with all of ``content`` on a sheet just large enough.

    Raises
    ------
    Problem
        If the picture would be too large.
    """
    old = scene.geometry
    shown = content.view
    rows, columns = shown.rows.span, shown.columns.span
    height, width = (math.ceil(n * look.cell - 1e-6) for n in (rows, columns))
    caption = scene.caption if look.caption else Caption()
    above = math.ceil(caption.height(theme))
    margin = MARGIN_PX if look.caption or (look.marks and scene.marks) else 0
    wide = max(width, math.ceil(_caption_width(caption, theme)))
    size = wide + 2 * margin, height + above + 2 * margin
    _check_size(size, look, max(rows, columns))
    scale = old.placement.scale
    middle = shown.rows.start + rows / 2, shown.columns.start + columns / 2
    geometry = replace(
        old,
        canvas=(margin, margin + above, wide, height),
        zoom=look.cell / scale,
        centre=(old.placement.top + middle[0] * scale, old.placement.left + middle[1] * scale),
        ratio=1.0,
    )
    shading = scene.shading if look.marks else replace(scene.shading, revealed=None, predict=None)
    marks = scene.marks if look.marks else ()
    laid_out = Scene(geometry, content, shading, marks, caption, None, "")
    return Sheet(laid_out, *size, look, theme)


def _caption_width(caption: Caption, theme: Theme) -> float:
    if not (caption.title or caption.detail):
        return 0.0
    title = QFontMetricsF(theme.words(TITLE_PX, bold=True)).horizontalAdvance(caption.title)
    detail = QFontMetricsF(theme.digits(DETAIL_PX)).horizontalAdvance(caption.detail)
    return title + theme.px(CAPTION_GAP_PX) + detail + 2


def _check_size(size: tuple[int, int], look: Look, cells: int) -> None:
    if max(size) <= MOST_SIDE and size[0] * size[1] <= MOST_PIXELS:
        return
    most = min(MOST_SIDE / max(size), (MOST_PIXELS / (size[0] * size[1])) ** 0.5) * look.cell
    raise Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "A picture of {width} × {height} pixels is too large. Choose at most {most} pixels for a cell.",
        ),
        width=size[0],
        height=size[1],
        most=max(1, math.floor(most)),
    )


def as_image(sheet: Sheet) -> QImage:
    """Return a sheet as pixels, every cell a block of one colour or with its number."""
    image = QImage(QSize(sheet.width, sheet.height), QImage.Format.Format_RGB32)
    image.fill(QColor(sheet.theme.colours.window))
    painter = QPainter(image)
    draw(painter, sheet, as_lines=False)
    painter.end()
    return image


def draw(painter: QPainter, sheet: Sheet, *, as_lines: bool) -> None:
    """Paint a sheet.

    Parameters
    ----------
    painter : QPainter
        Whose device it goes to, at the size of the sheet.
    sheet : Sheet
        What is painted.
    as_lines : bool
        Whether cells and numbers are rectangles and letters, as long as there are few enough of them; a
        photograph stays one picture of all its pixels.
    """
    scene, theme = sheet.scene, sheet.theme
    painter.fillRect(QRectF(0, 0, sheet.width, sheet.height), QColor(theme.colours.window))
    if scene.caption.title or scene.caption.detail:
        CaptionLine(scene.caption, scene.geometry, theme).draw(painter)
    if as_lines and sheet.drawn:
        _draw_cells(painter, sheet)
    elif as_lines:
        _draw_photograph(painter, sheet)
    else:
        _draw_layer(painter, sheet)
    if scene.marks:
        painter.save()
        draw_marks(painter, scene.geometry, scene.marks, theme)
        painter.restore()


def _draw_layer(painter: QPainter, sheet: Sheet) -> None:
    """Draw the cells as on screen."""
    scene, ratio = sheet.scene, 1.0
    geometry = scene.geometry
    if not sheet.look.numbers:
        # Numbers go by the size of a cell in design pixels: of ones this fine there are more in a cell.
        ratio = max(1.0, math.ceil(sheet.look.cell / (DIGIT_CELL_PX - 1)))
        geometry = finer(geometry, ratio)
    assert scene.content is not None
    layer = LayerMaker().make(geometry, scene.content, scene.shading, sheet.theme)
    if layer is None:
        return
    image = layer.image
    image.setDevicePixelRatio(1.0)
    painter.drawImage(QPointF(layer.left * ratio, layer.top * ratio), image)


def finer(geometry: PaneGeometry, ratio: float) -> PaneGeometry:
    """Return a geometry with the same device pixels, ``ratio`` of them in what it calls a pixel."""
    left, top, width, height = (each / ratio for each in geometry.canvas)
    return replace(
        geometry, canvas=(left, top, width, height), zoom=geometry.zoom / ratio, ratio=geometry.ratio * ratio
    )


def _draw_photograph(painter: QPainter, sheet: Sheet) -> None:
    """Draw every cell as one pixel of a picture, which the reader of the file enlarges."""
    scene = sheet.scene
    assert scene.content is not None
    geometry = scene.geometry
    pixels = shaded_pixels(scene.content, geometry.height, geometry.width, scene.shading, sheet.theme.colours)
    height, width = pixels.shape
    image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(geometry.map_rect(), image)
    painter.restore()


def _draw_cells(painter: QPainter, sheet: Sheet) -> None:
    """Draw every cell as a rectangle, and its number as text."""
    scene, theme = sheet.scene, sheet.theme
    content, geometry = scene.content, scene.geometry
    assert content is not None
    pixels = shaded_pixels(content, geometry.height, geometry.width, scene.shading, theme.colours)
    lettered = sheet.lettered
    gap = (2 if geometry.cell >= LARGE_CELL_PX else 1) if lettered else 0
    corner = CORNER_PX if lettered and geometry.cell >= LARGE_CELL_PX else 0
    rows, columns = content.view.rows, content.view.columns
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    for y, row in enumerate(rows.positions.tolist()):
        top, bottom = geometry.rows.edge(row), geometry.rows.edge(row + 1)
        for x, column in enumerate(columns.positions.tolist()):
            left, right = geometry.columns.edge(column), geometry.columns.edge(column + 1)
            painter.setBrush(QColor.fromRgb(int(pixels[y, x])))
            cell = QRectF(left, top, right - left, bottom - top)
            cell.adjust(gap / 2, gap / 2, -gap / 2, -gap / 2)
            if corner:
                painter.drawRoundedRect(cell, corner, corner)
            else:
                painter.drawRect(cell)
    cells = Cells(geometry, content, scene.shading, theme)
    if lettered:
        cells.write_digits(painter, pixels, Writer())
    if cells.padded:
        cells.dash_padding(painter)
    painter.restore()
