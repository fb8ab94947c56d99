"""Marks over the cells of a map: violet for what we are talking about, amber for what is wrong."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from convviz.core.geometry import Rect
from convviz.ui.theme import Theme
from convviz.ui.widgets.pane_content import Mark, MarkKind
from convviz.ui.widgets.pane_geometry import PaneGeometry

OUTLINE_PX = 3
THIN_PX = 2
HALO_PX = 1
SMALLEST_MARK_PX = 8
# Cells smaller than this are not outlined one by one.
SMALLEST_TAP_PX = 7
# Where a sign would hide the number, it keeps to this share of the cell.
SIGN = 0.26
LARGEST_SIGN_PX = 18


def draw_marks(painter: QPainter, geometry: PaneGeometry, marks: Iterable[Mark], theme: Theme) -> None:
    """Draw ``marks``; halos first, so that neighbours do not cut into each other."""
    outlines = [(rect, kind) for kind, rect in _outlines(geometry, tuple(marks), theme)]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    halo = QColor(theme.colours.on_focus)
    for rect, kind in outlines:
        _outline(painter, rect, halo, _width(kind, theme) + 2 * theme.px(HALO_PX), theme)
    for kinds in ((MarkKind.SOFT,), (MarkKind.TAP,), (MarkKind.FOCUS, MarkKind.WINNER), (MarkKind.WRONG,)):
        for rect, kind in outlines:
            if kind in kinds:
                _outline(painter, rect, mark_colour(kind, theme), _width(kind, theme), theme)
    for rect, kind in outlines:
        if kind is MarkKind.WINNER:
            _winner(painter, rect, theme)
        elif kind is MarkKind.WRONG:
            _cross(painter, rect, theme)


def mark_colour(kind: MarkKind, theme: Theme) -> QColor:
    """Return the colour of a mark."""
    return QColor(theme.colours.positive if kind is MarkKind.WRONG else theme.colours.focus)


def _outlines(geometry: PaneGeometry, marks: tuple[Mark, ...], theme: Theme) -> list[tuple[MarkKind, QRectF]]:
    """Return what is outlined where: taps cell by cell, or together where cells are tiny."""
    out: list[tuple[MarkKind, QRectF]] = []
    tiny = geometry.cell < SMALLEST_TAP_PX * theme.scale
    taps = [mark.cells for mark in marks if mark.kind is MarkKind.TAP]
    if taps and tiny:
        out.append((MarkKind.FOCUS, _enlarged(geometry.rect(_union(taps)), theme)))
    elif taps:
        out += [
            (MarkKind.TAP, geometry.rect(cell)) for cells in taps for cell in _visible_cells(geometry, cells)
        ]
    rest = (mark for mark in marks if mark.kind is not MarkKind.TAP)
    return out + [(mark.kind, _enlarged(geometry.rect(mark.cells), theme)) for mark in rest]


def _visible_cells(geometry: PaneGeometry, cells: Rect) -> list[Rect]:
    view = geometry.view()
    rows, columns = view.rows, view.columns
    return [
        Rect(y, x)
        for y in range(max(cells.top, rows.start), min(cells.top + cells.height, rows.start + rows.span))
        for x in range(
            max(cells.left, columns.start), min(cells.left + cells.width, columns.start + columns.span)
        )
    ]


def _union(rects: list[Rect]) -> Rect:
    top, left = min(r.top for r in rects), min(r.left for r in rects)
    bottom, right = max(r.top + r.height for r in rects), max(r.left + r.width for r in rects)
    return Rect(top, left, bottom - top, right - left)


def _enlarged(rect: QRectF, theme: Theme) -> QRectF:
    """Return ``rect``, made large enough to be seen from the back row."""
    least = theme.px(SMALLEST_MARK_PX)
    more_x, more_y = max(0.0, least - rect.width()) / 2, max(0.0, least - rect.height()) / 2
    return rect.adjusted(-more_x, -more_y, more_x, more_y)


def _width(kind: MarkKind, theme: Theme) -> int:
    return theme.px(THIN_PX if kind is MarkKind.SOFT else OUTLINE_PX)


def _outline(painter: QPainter, rect: QRectF, colour: QColor, width: int, theme: Theme) -> None:
    # A line of odd width is sharp half a pixel beside the edge between two pixels.
    rect = rect.translated(width % 2 / 2, width % 2 / 2)
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    radius = theme.px(3) if min(rect.width(), rect.height()) >= theme.px(20) else 0
    if radius:
        painter.drawRoundedRect(rect, radius, radius)
    else:
        painter.drawRect(rect)


def _sign_size(rect: QRectF, theme: Theme) -> float:
    side = min(rect.width(), rect.height())
    return float(max(theme.px(4), min(SIGN * side, theme.px(LARGEST_SIGN_PX))))


def _winner(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Fill the top left corner."""
    size = _sign_size(rect, theme)
    # Inside the outline, whose middle runs along the edge.
    corner = rect.topLeft() + QPointF(1, 1) * (theme.px(OUTLINE_PX) / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    halo = QColor(theme.colours.on_focus)
    for colour, side in (
        (halo, size + 2 * HALO_PX * theme.scale),
        (mark_colour(MarkKind.WINNER, theme), size),
    ):
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([corner, corner + QPointF(side, 0), corner + QPointF(0, side)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _cross(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Draw a small cross into the top right corner."""
    size, inset = _sign_size(rect, theme) * 0.7, theme.px(OUTLINE_PX) * 1.5
    box = QRectF(rect.right() - inset - size, rect.top() + inset, size, size)
    for colour, more in ((theme.colours.on_focus, 2 * HALO_PX), (mark_colour(MarkKind.WRONG, theme), 0.0)):
        painter.setPen(QPen(QColor(colour), (2 + more) * theme.scale))
        painter.drawLine(box.topLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomLeft())
