"""How the transport makes room for its scrubber where it is narrow."""

from collections.abc import Mapping, Sequence
from enum import IntEnum

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from convviz.ui import theme
from convviz.ui.widgets.glyphs import Glyph

# A scrubber shorter than this cannot be aimed with.
SLIDER_PX = 75
_GAP_PX, _TIGHT_GAP_PX = 6, 4
_COUNT_PX, _SMALL_COUNT_PX = 15, 12
# What the style sheet leaves beside an icon, and beside one in a tight button.
SIDE_PX, TIGHT_SIDE_PX = 9, 6


class Squeeze(IntEnum):
    """What is given up, one after the other; each includes those before it."""

    NOTHING = 0
    AIR = 1
    LARGE_COUNT = 2
    FIRST = 3  # the key Home does the same
    CLOSE = 4  # so does Esc


class TransportRoom:
    """Gives the scrubber its room by taking it from its neighbours, as little as will do.

    Parameters
    ----------
    row : QHBoxLayout
        In which everything stands.
    slider : QSlider
        The scrubber.
    count : QLabel
        At which of how many cells one is.
    buttons : mapping of Glyph to QPushButton
        Those with icons.
    others : sequence of QWidget
        What keeps its width.
    """

    def __init__(
        self,
        row: QHBoxLayout,
        slider: QSlider,
        count: QLabel,
        buttons: Mapping[Glyph, QPushButton],
        others: Sequence[QWidget],
    ) -> None:
        self._row, self._slider, self._count = row, slider, count
        self._buttons, self._others = buttons, others
        self._longest = ""
        self._squeeze = Squeeze.NOTHING
        self._done: tuple[object, ...] | None = None

    @property
    def squeeze(self) -> Squeeze:
        """What is given up."""
        return self._squeeze

    def set_longest(self, text: str) -> None:
        """Keep room for ``text``, the longest count there is."""
        self._longest = text

    def least(self) -> int:
        """Return the width below which the row cannot go."""
        return self._needed(max(Squeeze)) + self._slider.minimumSizeHint().width()

    def fit(self, width: int) -> None:
        """Make the row fit into ``width``."""
        slider = theme.current().px(SLIDER_PX)
        squeeze = next((s for s in Squeeze if self._needed(s) + slider <= width), max(Squeeze))
        done = squeeze, theme.current(), self._longest
        if done != self._done:
            self._done = done
            self._apply(squeeze)

    def _apply(self, squeeze: Squeeze) -> None:
        now = theme.current()
        self._row.setSpacing(_gap(squeeze))
        tight = squeeze >= Squeeze.AIR
        if tight != (self._squeeze >= Squeeze.AIR):
            for button in self._buttons.values():
                button.setProperty("tight", tight)
                button.style().unpolish(button)
                button.style().polish(button)
        self._squeeze = squeeze
        self._buttons[Glyph.FIRST].setVisible(squeeze < Squeeze.FIRST)
        self._buttons[Glyph.CLOSE].setVisible(squeeze < Squeeze.CLOSE)
        self._count.setFont(now.digits(_count_px(squeeze)))
        # The style sheet of the application would have it as large as everything else.
        sheet = f"font-size: {now.px(_SMALL_COUNT_PX)}px;" if squeeze >= Squeeze.LARGE_COUNT else ""
        if self._count.styleSheet() != sheet:
            self._count.setStyleSheet(sheet)
        self._count.setMinimumWidth(self._count_width(squeeze))

    def _needed(self, squeeze: Squeeze) -> int:
        """Return how wide everything but the scrubber is."""
        now = theme.current()
        shown = [
            button
            for glyph, button in self._buttons.items()
            if not (glyph is Glyph.FIRST and squeeze >= Squeeze.FIRST)
            and not (glyph is Glyph.CLOSE and squeeze >= Squeeze.CLOSE)
        ]
        saved = 2 * (now.px(SIDE_PX) - now.px(TIGHT_SIDE_PX))
        change = saved * ((self._squeeze >= Squeeze.AIR) - (squeeze >= Squeeze.AIR))
        wide = sum(button.sizeHint().width() + change for button in shown)
        wide += sum(other.sizeHint().width() for other in self._others) + self._count_width(squeeze)
        return wide + _gap(squeeze) * (len(shown) + len(self._others) + 1)

    def _count_width(self, squeeze: Squeeze) -> int:
        font = theme.current().digits(_count_px(squeeze))
        # The width is measured in whole pixels, and cut by fractions of them.
        return QFontMetrics(font).horizontalAdvance(self._longest) + 2


def _gap(squeeze: Squeeze) -> int:
    return theme.current().px(_TIGHT_GAP_PX if squeeze >= Squeeze.AIR else _GAP_PX)


def _count_px(squeeze: Squeeze) -> int:
    return _SMALL_COUNT_PX if squeeze >= Squeeze.LARGE_COUNT else _COUNT_PX
