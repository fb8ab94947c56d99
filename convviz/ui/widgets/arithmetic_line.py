"""The arithmetic line: one output cell written out, product by product."""

from itertools import pairwise
from math import ceil

from PySide6.QtCore import QEvent, QRectF, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from convviz.core.wording import Line, Piece, PieceKind
from convviz.ui import theme
from convviz.ui.widgets.term_text import TermText, mark_term, unbreakable

_HEAD_PX = 15
_SIDE_PX = 14
# Tried one after the other until the text fits into the height of the head and three lines of the first, or
# of the head and up to four lines (one per colour, and their sum) of the second.
_SIZES_PX = (20, 17, 15, 13)
# Where it must stay in sight as a whole, these after those, down to what is read from the back row.
_SMALL_SIZES_PX, _SMALLEST_PIXELS = (11, 10, 9), 14
_RESULT = 1.35
_LINES = 3
_LINES_PER_COLOUR = 4
_CHANNELS = {"R": "red", "G": "green", "B": "blue"}


class ArithmeticLine(QFrame):
    """A card with one output cell's arithmetic, wrapped between terms and never inside one.

    The card grows to three lines, then the text shrinks, then it scrolls with the result repeated beside the
    title. While one cell follows another of the same kind it does not become lower again, so that nothing
    above it jumps. Text can be selected; Ctrl+C copies the selection, or everything.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    grows_to : int
        How many lines of the second size it may grow to; by default as many as it is given, up to four.
    small : bool
        Whether it is written smaller still, on a projector, before it scrolls.
    """

    # Index of the term under the pointer or the text cursor, or None.
    term_hovered = Signal(object)

    _text: TermText | None = None

    def __init__(self, parent: QWidget | None = None, *, grows_to: int = 0, small: bool = False) -> None:
        super().__init__(parent)
        self._grows_to, self._small = grows_to, small
        self.setProperty("role", "card")
        self.setObjectName("arithmetic-line")
        self._title = ""
        self._lines: tuple[Line, ...] = ()
        self._hint = ""
        self._result_hidden = False
        self._term: int | None = None
        # Which of the sizes the text has.
        self._size = 0
        self._theme = theme.current()
        self._looks: dict[tuple[PieceKind, float, str], QTextCharFormat] = {}
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self._refit)
        text = TermText(self)
        text.term_changed.connect(self._hover)
        text.focus_changed.connect(self.update)
        layout = QVBoxLayout(self)
        layout.addWidget(text)
        self.setFocusProxy(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._text = text
        self._restyle()
        self.retranslate()

    def set_grows_to(self, lines: int) -> None:
        """Set how many lines of the second size it may grow to."""
        if lines != self._grows_to:
            self._grows_to = lines
            self._show(keep_height=False)

    def set_cell(self, title: str, lines: tuple[Line, ...]) -> None:
        """Show a cell.

        Parameters
        ----------
        title : str
            What is computed, such as ``output[1, 1] =``.
        lines : tuple of Line
            From :func:`convviz.core.wording.lines`.
        """
        same_kind = _shape(lines) == _shape(self._lines)
        self._title, self._lines, self._hint = title, lines, ""
        self._show(keep_height=same_kind)

    def clear(self, hint: str = "", *, keep_height: bool = False) -> None:
        """Show no cell, but ``hint``: what to do to see one; at the height of the last cell if asked."""
        self._title, self._lines, self._hint = "", (), hint
        self._show(keep_height=keep_height)

    def set_hidden_result(self, hidden: bool) -> None:
        """Show ``?`` for the result and do not mark the winner of a window, for the class to predict."""
        if hidden != self._result_hidden:
            self._result_hidden = hidden
            self._show(keep_height=True)

    def plain_text(self) -> str:
        """Return what is shown as plain text, one line of text per line."""
        lines = ["".join(self._said(piece) for piece in line) for line in self._lines]
        return "\n".join(filter(None, [self._title, *lines])) or self._hint

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        assert self._text is not None
        self._text.setToolTip(
            self.tr("Point at a term to see which cell and weight it comes from. Ctrl+C copies the text.")
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card, and the violet frame when the text has the focus."""
        super().paintEvent(event)
        if self._text is None or not self._text.hasFocus():
            return
        current = theme.current()
        width = current.px(2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(current.colours.focus), width))
        inner = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(inner, current.px(8), current.px(8))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._text is not None and self._theme != theme.current():
            self._restyle()

    def _restyle(self) -> None:
        self._theme = theme.current()
        self._looks.clear()
        side, top = self._theme.px(_SIDE_PX), self._theme.px(8)
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(side, top, side, top)
        self._show(keep_height=False)

    def _hover(self, term: int | None) -> None:
        if term != self._term:
            self._term = term
            self.term_hovered.emit(term)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text anew when the width has changed."""
        super().resizeEvent(event)
        if self._text is not None and event.size().width() != event.oldSize().width():
            # Not here: under another style sheet this comes while the text lays itself out, and Qt does not
            # survive that its document is filled then.
            self._fitting.start()

    @Slot()
    def _refit(self) -> None:
        self._fit(keep_height=False)

    def _show(self, *, keep_height: bool) -> None:
        assert self._text is not None
        self._hover(None)
        for widget in (self, self._text):
            widget.setAccessibleName(self.plain_text())
        self._fit(keep_height=keep_height)

    def _fit(self, *, keep_height: bool) -> None:
        """Write the text at the largest size that fits, and give the card its height."""
        assert self._text is not None
        most = self._most_height()
        # Measured apart: a text edit must not be filled while it lays itself out.
        trial = QTextDocument()
        trial.setDocumentMargin(0)
        trial.setDefaultTextOption(self._text.document().defaultTextOption())
        trial.setTextWidth(self.contentsRect().width() - 2 * self._theme.px(_SIDE_PX))
        height = self._choose_size(trial, most)
        self._write(self._text.document(), self._sizes()[self._size], result_in_head=height > most)
        self._text.moveCursor(QTextCursor.MoveOperation.Start)
        least = self._text.maximumHeight() if keep_height else 0
        self._text.setFixedHeight(min(max(height, least), most))

    def _choose_size(self, trial: QTextDocument, most: int) -> int:
        """Choose the largest size at which the text is at most ``most`` high, and return its height."""
        sizes = self._sizes()

        # From the size of the last text on: its successor, mostly a number apart, has the same.
        def height_at(index: int) -> int:
            self._write(trial, sizes[index])
            return ceil(trial.size().height())

        self._size = min(self._size, len(sizes) - 1)
        first, height = self._size, height_at(self._size)
        while height > most and self._size < len(sizes) - 1:
            self._size += 1
            height = height_at(self._size)
        if height > most and self._size >= len(_SIZES_PX):
            # It scrolls all the same: then at a size that is read with ease.
            self._size = len(_SIZES_PX) - 1
            return height_at(self._size)
        while height <= most and 0 < self._size <= first and (larger := height_at(self._size - 1)) <= most:
            self._size, height = self._size - 1, larger
        return height

    def _sizes(self) -> tuple[int, ...]:
        """Return the sizes there are, from the largest on."""
        small = _SMALL_SIZES_PX if self._small else ()
        return _SIZES_PX + tuple(size for size in small if self._theme.px(size) >= _SMALLEST_PIXELS)

    def _most_height(self) -> int:
        most = self._height(_LINES, _SIZES_PX[0])
        given = len(self._lines) if len(self._lines) <= _LINES_PER_COLOUR else 0
        if rows := max(given, self._grows_to):
            most = max(most, self._height(rows, _SIZES_PX[1]))
        return most

    def _height(self, lines: int, size: float) -> int:
        """Return the height of the head and ``lines`` lines, the last with the result."""
        result = self._theme.digits(size * _RESULT, bold=True)
        fonts = [self._theme.digits(_HEAD_PX), *[self._theme.digits(size)] * (lines - 1), result]
        return sum(ceil(QFontMetricsF(font).lineSpacing()) for font in fonts)

    def _write(self, document: QTextDocument, size: float, *, result_in_head: bool = False) -> None:
        """Fill ``document`` with everything, numbers ``size`` design pixels high."""
        document.clear()
        cursor = QTextCursor(document)
        # One edit, so that the document is laid out once.
        cursor.beginEditBlock()
        muted = _format(self._theme.colours.muted, self._theme.digits(_HEAD_PX))
        if result_in_head and (ending := _ending(self._lines)):
            relation, result = ending
            title = self._title.removesuffix("=").rstrip()
            cursor.insertText(_held(title) + _joined(relation.text), muted)
            cursor.insertText(self._said(result), self._look(result, _HEAD_PX))
        elif self._title:
            cursor.insertText(_held(self._title), muted)
        elif self._hint:
            cursor.insertText(self._hint, _format(self._theme.colours.muted, self._theme.words()))
        for index, line in enumerate(self._lines):
            if index or self._title:
                cursor.insertBlock()
            self._write_line(cursor, line, size)
        cursor.endEditBlock()

    def _write_line(self, cursor: QTextCursor, line: Line, size: float) -> None:
        if line and line[0].kind is PieceKind.CHANNEL:
            # Where such a line wraps, it goes on under its first term.
            indent = QFontMetricsF(self._theme.digits(size, bold=True)).horizontalAdvance(line[0].text)
            block = QTextBlockFormat()
            block.setLeftMargin(indent)
            block.setTextIndent(-indent)
            cursor.setBlockFormat(block)
        else:
            cursor.setBlockFormat(QTextBlockFormat())
        for piece in line:
            text = self._said(piece)
            text = _joined(text) if piece.kind is PieceKind.PLAIN else unbreakable(text)
            cursor.insertText(text, self._look(piece, size))

    def _said(self, piece: Piece) -> str:
        return "?" if self._result_hidden and piece.kind is PieceKind.RESULT else piece.text

    def _look(self, piece: Piece, size: float) -> QTextCharFormat:
        name = piece.text.rstrip(": ") if piece.kind is PieceKind.CHANNEL else ""
        kind = piece.kind
        if kind is PieceKind.WINNER and self._result_hidden:
            kind = PieceKind.PLAIN
        # Asking for fonts takes longer than all the rest.
        look = self._looks.get((kind, size, name))
        if look is None:
            look = self._looks[kind, size, name] = self._new_look(kind, size, name)
        if piece.term is not None:
            look = QTextCharFormat(look)
            mark_term(look, piece.term)
        return look

    def _new_look(self, kind: PieceKind, size: float, name: str) -> QTextCharFormat:
        colours = self._theme.colours
        bold = self._theme.digits(size, bold=True)
        match kind:
            case PieceKind.NEGATIVE:
                return _format(colours.negative, bold)
            case PieceKind.POSITIVE:
                return _format(colours.positive, bold)
            case PieceKind.RESULT:
                return _format(colours.focus, self._theme.digits(size * _RESULT, bold=True))
            case PieceKind.WINNER:
                look = _format(colours.focus, bold)
                look.setFontUnderline(True)
                return look
            case PieceKind.CHANNEL:
                return _format(getattr(colours, _CHANNELS.get(name, "muted")), bold)
            case PieceKind.SUM:
                return _format(colours.text, bold)
            case PieceKind.PLAIN | PieceKind.ZERO:
                return _format(colours.text, self._theme.digits(size))


def _format(colour: str, font: QFont) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setFont(font)
    look.setForeground(QColor(colour))
    return look


def _joined(text: str) -> str:
    """Return the text between terms such that no line ends after its last word: ``= 4`` stays together."""
    words = text.rstrip(" ")
    return words + unbreakable(text[len(words) :]) if words else text


def _held(title: str) -> str:
    """Return a title whose name, behind the two spaces after its sentence, stays together."""
    sentence, gap, name = title.rpartition("  ")
    return f"{sentence}{gap}{unbreakable(name)}"


def _ending(lines: tuple[Line, ...]) -> tuple[Piece, Piece] | None:
    """Return the ``=`` or ``≈`` and the result, if there is one in the last line; a remark may follow it."""
    last = lines[-1] if lines else ()
    return next((pair for pair in pairwise(last) if pair[1].kind is PieceKind.RESULT), None)


def _shape(lines: tuple[Line, ...]) -> tuple[int, ...]:
    """Return what two cells of one kind have in common: the number of pieces in each line."""
    return tuple(len(line) for line in lines)
