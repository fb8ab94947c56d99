from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QApplication, QTextEdit
from pytestqt.qtbot import QtBot

from convviz.core.arithmetic import Cell, Explainer, reader
from convviz.core.specs import ConvSpec, PoolKind, PoolSpec
from convviz.core.wording import Piece, PieceKind, lines
from convviz.ui import theme
from convviz.ui.widgets.arithmetic_line import ArithmeticLine
from tests.ui.widgets.hosting import hosted

TITLE = "output[1, 1] ="
KERNEL = np.array([[0, 1, 0], [-1, 2, -1], [0, 1, 0]], float)


def settle() -> None:
    """Let layouts come to rest."""
    for _ in range(3):
        QApplication.processEvents()


def cell(channels: int = 1, size: int = 3) -> Cell:
    generator = np.random.default_rng(1)
    values = generator.integers(0, 255, (channels, 40, 40)).astype(float)
    weights = np.broadcast_to(KERNEL, (1, channels, 3, 3)) if size == 3 else None
    if weights is None:
        weights = generator.integers(-9, 9, (1, channels, size, size)).astype(float)
    return Explainer(reader(values), values.shape, (ConvSpec(weights),)).explain(1, 0, (1, 1))


def pooled() -> Cell:
    values = np.array([[[1.0, 5.0], [-2.0, 3.0]]])
    return Explainer(reader(values), values.shape, (PoolSpec(PoolKind.MAX),)).explain(1, 0, (0, 0))


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[ArithmeticLine]:
    widget = ArithmeticLine()
    with hosted(qtbot, widget, 900):
        yield widget


def text_of(line: ArithmeticLine) -> QTextEdit:
    found = line.findChild(QTextEdit, "arithmetic-text")
    assert isinstance(found, QTextEdit)
    return found


def middle_of(text: QTextEdit, part: str) -> QPoint:
    cursor = text.document().find(part)
    assert not cursor.isNull()
    end = text.cursorRect(cursor).center()
    cursor.setPosition(cursor.selectionStart())
    return (end + text.cursorRect(cursor).center()) / 2


def broken_at(text: QTextEdit) -> list[str]:
    """Return the character at every place where a line was broken."""
    out: list[str] = []
    block = text.document().begin()
    while block.isValid():
        starts = [block.layout().lineAt(index).textStart() for index in range(1, block.layout().lineCount())]
        out += [block.text()[start - 1] for start in starts]
        block = block.next()
    return out


def test_shows_the_cell_and_says_it(line: ArithmeticLine) -> None:
    shown = lines(cell())
    line.set_cell(TITLE, shown)
    expected = TITLE + "\n" + "".join(piece.text for piece in shown[0])
    assert text_of(line).toPlainText() == expected
    assert line.accessibleName() == text_of(line).accessibleName() == expected


@pytest.mark.parametrize("width", [220, 330, 470, 900])
@pytest.mark.parametrize("channels", [1, 3])
def test_breaks_between_terms_only(line: ArithmeticLine, width: int, channels: int) -> None:
    line.window().resize(width, 600)
    settle()
    line.set_cell(TITLE, lines(cell(channels), channel_names="RGB"))
    assert set(broken_at(text_of(line))) <= {" "}
    if width == 220:
        assert broken_at(text_of(line))


def test_grows_with_the_text_then_scrolls_with_the_result_in_sight(line: ArithmeticLine) -> None:
    line.set_cell(TITLE, lines(pooled()))
    settle()
    low = line.height()
    line.set_cell(TITLE, lines(cell(3), channel_names="RGB"))
    settle()
    assert line.height() > low
    assert text_of(line).verticalScrollBar().maximum() == 0
    line.set_cell(TITLE, lines(cell(3, 31), channel_names="RGB", limit=60))
    settle()
    assert text_of(line).verticalScrollBar().maximum() > 0
    assert line.height() <= low * 2
    first, *_, last = text_of(line).toPlainText().splitlines()
    assert first == f"{TITLE} {last.split(' ')[-1]}"


def test_a_sentence_before_the_name_is_wrapped_between_its_words(line: ArithmeticLine) -> None:
    line.window().resize(330, 600)
    settle()
    line.set_cell("The largest of nine values of one map of a layer.  pool[0, 1, 2] =", lines(cell()))
    broken = broken_at(text_of(line))
    assert broken
    assert set(broken) == {" "}


def test_the_result_stays_in_sight_where_a_remark_follows_it(line: ArithmeticLine) -> None:
    *before, last = lines(cell(3, 31), channel_names="RGB", limit=60)
    line.set_cell(TITLE, (*before, (*last, Piece("   the network differs"))))
    settle()
    assert text_of(line).verticalScrollBar().maximum() > 0
    first = text_of(line).toPlainText().splitlines()[0]
    assert first == f"{TITLE} {last[-1].text}"


def test_words_beside_a_value_may_be_wrapped(line: ArithmeticLine) -> None:
    line.window().resize(240, 600)
    settle()
    told = Piece("   read by the outputs in rows 1 to 3 and columns 2 to 4, " * 6, PieceKind.PLAIN)
    line.set_cell("input[0, 0] =", ((Piece("7", PieceKind.RESULT), told),))
    assert set(broken_at(text_of(line))) == {" "}
    assert text_of(line).toPlainText().startswith("input[0, 0] =\n7   read by")


def test_does_not_become_lower_from_cell_to_cell(line: ArithmeticLine) -> None:
    line.window().resize(500, 600)
    settle()
    small, large = lines(cell()), lines(cell())
    wide = tuple(tuple(type(p)(p.text.replace("·", "·1000"), p.kind, p.term) for p in row) for row in large)
    line.set_cell(TITLE, wide)
    high = text_of(line).height()
    line.set_cell(TITLE, small)
    assert text_of(line).height() == high
    line.clear("Point at a cell.")
    assert text_of(line).height() < high


def test_says_which_term_is_under_the_pointer(qtbot: QtBot, line: ArithmeticLine) -> None:
    shown = lines(pooled())
    line.set_cell(TITLE, shown)
    settle()
    text = text_of(line)
    seen: list[object] = []
    line.term_hovered.connect(seen.append)
    for part in ("5", "−2", "max"):
        qtbot.mouseMove(text.viewport(), middle_of(text, part))
    assert seen == [1, 2, None]
    qtbot.mouseMove(text.viewport(), middle_of(text, "5"))
    line.clear()
    assert seen == [1, 2, None, 1, None]


def test_the_text_cursor_visits_terms_too(qtbot: QtBot, line: ArithmeticLine) -> None:
    line.set_cell(TITLE, lines(pooled()))
    text = text_of(line)
    text.setFocus()
    seen: list[object] = []
    line.term_hovered.connect(seen.append)
    cursor = text.document().find("5")
    cursor.clearSelection()
    text.setTextCursor(cursor)
    assert seen == [1]


def test_hidden_result_gives_nothing_away(line: ArithmeticLine) -> None:
    line.set_cell(TITLE, lines(pooled()))
    line.set_hidden_result(True)
    assert line.plain_text() == f"{TITLE}\nmax(1, 5, −2, 3) = ?"
    assert text_of(line).toPlainText() == line.plain_text()
    cursor = text_of(line).document().find("5")
    assert not cursor.charFormat().fontUnderline()
    line.set_hidden_result(False)
    assert line.plain_text().endswith(" = 5")
    cursor = text_of(line).document().find("5")
    assert cursor.charFormat().fontUnderline()


def test_copies_everything_or_the_selection_as_plain_text(qtbot: QtBot, line: ArithmeticLine) -> None:
    line.set_cell(TITLE, lines(pooled()))
    text = text_of(line)
    qtbot.keyClick(text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == line.plain_text()
    cursor = text.document().find("max")
    cursor.movePosition(QTextCursor.MoveOperation.EndOfLine, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    qtbot.keyClick(text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "max(1, 5, −2, 3) = 5"


def test_hint_without_a_cell(line: ArithmeticLine) -> None:
    line.clear("Point at a cell.")
    assert text_of(line).toPlainText() == line.accessibleName() == "Point at a cell."


def test_follows_the_theme(qapp: QApplication, line: ArithmeticLine) -> None:
    line.set_cell(TITLE, lines(pooled()))
    before = text_of(line).height()
    try:
        theme.install(theme.Theme(theme.ThemeName.DARK, theme.PROJECTOR_SCALE))
        settle()
        assert text_of(line).height() > before
        cursor = text_of(line).document().find("= 5")
        assert cursor.charFormat().foreground().color().name() == theme.DARK.focus
        assert not line.grab().isNull()
    finally:
        theme.install(theme.Theme())


def test_the_size_of_the_text_is_that_of_the_cell_and_not_of_the_cells_before(line: ArithmeticLine) -> None:
    def size_after(*cells: Cell) -> float:
        for shown in cells:
            line.set_cell(TITLE, lines(shown, limit=27))
        document = text_of(line).document()
        block = document.begin().next()
        return QTextCursor(block).charFormat().font().pixelSize()

    # From few and short products to more than fit.
    cells = [pooled(), cell(), cell(3), cell(1, 5), cell(3, 5), cell(3, 9)]
    sizes = [size_after(one) for one in cells]
    assert len(set(sizes)) > 2
    for one, size in zip(cells, sizes, strict=True):
        for other in cells:
            assert size_after(other, one) == size


@pytest.mark.parametrize("scale", [theme.DESK_SCALE, theme.PROJECTOR_SCALE])
def test_what_must_stay_whole_is_written_smaller_on_a_projector(qtbot: QtBot, scale: float) -> None:
    """At a desk smaller letters would not be read; there it scrolls, as does what is too long anyway."""
    theme.install(theme.Theme(scale=scale))
    try:
        for small in (False, True):
            line = ArithmeticLine(small=small)
            with hosted(qtbot, line, round(560 * scale)):
                line.set_cell(TITLE, lines(cell(size=7)))
                settle()
                assert scrolls(line) != (small and scale > 1)
                line.set_cell(TITLE, lines(cell(size=13)))
                settle()
                assert scrolls(line)
                letters = text_of(line).document().begin().next().begin().fragment().charFormat().font()
                assert letters.pixelSize() == theme.current().px(13)
    finally:
        theme.install(theme.Theme())


def scrolls(line: ArithmeticLine) -> bool:
    """Return whether not all of the text is in sight."""
    text = text_of(line)
    return text.document().size().height() > text.maximumHeight()
