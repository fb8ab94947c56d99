"""What the pages of the export dialog share: the maps on screen, a form, tasks for the worker."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from convviz.ui import theme
from convviz.ui.export.whole import Source, source_of
from convviz.ui.theme import DESK_SCALE, Theme
from convviz.ui.widgets.pane import Pane
from convviz.ui.widgets.pane_paint import Scene
from convviz.work.jobs import Job

if TYPE_CHECKING:
    from convviz.ui.window import Window


Task = tuple[Any, Job[Any]]
"""A request, and what is to be done with it in the worker."""
Kind = tuple[str, str]
"""A kind of file: what it is called, and its ending."""


def paper_theme() -> Theme:
    """Return the colours in force at the size for a desk: a file is not read from the back row."""
    return Theme(theme.current().name, DESK_SCALE)


@dataclass(frozen=True, eq=False)
class ShownMap:
    """A map as it was on screen at one moment; what becomes of its pane afterwards does not matter."""

    pane: Pane
    name: str
    scene: Scene
    source: Source


def shown_map(pane: Pane) -> ShownMap | None:
    """Return what ``pane`` shows; None if that is nothing."""
    source = source_of(pane)
    return None if source is None else ShownMap(pane, pane.accessibleName(), pane.scene(), source)


def shown_maps(window: "Window") -> list[ShownMap]:
    """Return what the panes on screen show."""
    found = (shown_map(pane) for pane in window.findChildren(Pane) if pane.isVisible())
    return [each for each in found if each is not None]


class Page(QWidget):
    """What is to be exported, and how.

    Parameters
    ----------
    window : Window
        What it is taken from.
    parent : QWidget
        Owner.
    """

    changed = Signal()  # another thing would be exported now
    name = ""

    def __init__(self, window: "Window", parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        self.setObjectName(f"export-{self.name}")
        self.form = QFormLayout(self)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.form.setSpacing(theme.current().px(8))

    @property
    @abstractmethod
    def title(self) -> str:
        """What it is called in the list."""

    @property
    def missing(self) -> str:
        """Why nothing can be exported at present; empty if it can."""
        return ""

    @abstractmethod
    def kinds(self) -> Sequence[Kind]:
        """Return the kinds of files it can be saved as, the chosen one first."""

    def saving(self, path: str) -> Task | None:
        """Return what is to be done to save it as ``path``; None if it is in no file of any of the kinds."""
        del path
        return None

    def copying(self) -> Task | str | QImage | None:
        """Return what is to be done to copy it, or the text or picture itself; None if it cannot be."""
        return None

    def preview(self) -> Task | None:
        """Return what is to be done to show beforehand what it will be; None for nothing."""
        return None

    def show_preview(self, result: object) -> None:
        """Show what came out of that; a Sentence says why nothing did."""

    def add_field(self, text: str, field: QWidget, name: str) -> None:
        """Add a field behind its label."""
        field.setObjectName(f"export-{self.name}-{name}")
        field.setAccessibleName(text)
        self.form.addRow(text, field)

    def add_check(self, text: str, name: str, *, on: bool = True) -> QCheckBox:
        """Add a box to be ticked."""
        box = QCheckBox(text, self)
        box.setObjectName(f"export-{self.name}-{name}")
        box.setChecked(on)
        box.toggled.connect(self.changed)
        self.form.addRow("", box)
        return box

    def add_text(self) -> QPlainTextEdit:
        """Add a field that shows what will be copied."""
        text = QPlainTextEdit(self)
        text.setObjectName(f"export-{self.name}-text")
        text.setAccessibleName(self.tr("What will be copied"))
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setFont(theme.current().digits(13))
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        text.setMinimumHeight(theme.current().px(160))
        self.form.addRow(text)
        return text


def combo(page: QWidget, options: Sequence[tuple[str, object]]) -> QComboBox:
    """Return a field to choose one of ``options``, each a text and what it stands for."""
    out = QComboBox(page)
    for text, data in options:
        out.addItem(text, data)
    out.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    out.setMinimumContentsLength(16)
    out.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return out


class MapPage(Page):
    """A page about one of the maps on screen."""

    def __init__(self, window: "Window", parent: QWidget) -> None:
        super().__init__(window, parent)
        self._maps = shown_maps(window)
        names = [each.name or self.tr("Map") for each in self._maps]
        self.map = combo(self, [(name, number) for number, name in enumerate(names)])
        # The last one is what all the others lead to.
        self.map.setCurrentIndex(len(self._maps) - 1)
        self.map.currentIndexChanged.connect(self.changed)
        self.add_field(self.tr("Map"), self.map, "map")

    @property
    def missing(self) -> str:
        """Why nothing can be exported at present."""
        return "" if self._maps else self.tr("There is no map on screen.")

    def choose(self, pane: Pane) -> None:
        """Choose the map that ``pane`` shows."""
        for number, each in enumerate(self._maps):
            if each.pane is pane:
                self.map.setCurrentIndex(number)

    @property
    def chosen(self) -> ShownMap:
        """The map that is chosen."""
        return self._maps[self.map.currentIndex()]

    @property
    def source(self) -> Source:
        """Its cells."""
        return self.chosen.source
