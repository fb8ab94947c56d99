"""The pop-up in which presets are chosen by their pictures."""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from convviz.ui import theme
from convviz.ui.widgets.kernel_icons import kernel_icon
from convviz.ui.widgets.kernel_paint import Weights
from convviz.ui.widgets.labels import label

OWN_PREFIX = "own:"
COLUMNS = 3
_Key = Qt.Key
_MOVES: dict[int, tuple[int, int]] = {
    _Key.Key_Left: (0, -1),
    _Key.Key_Right: (0, 1),
    _Key.Key_Up: (-1, 0),
    _Key.Key_Down: (1, 0),
}


class _Choice(QToolButton):
    """One preset: its picture and its title."""

    # The focus should move by so many rows and columns.
    moved = Signal(int, int)

    def __init__(self, preset: str, title: str, weights: Weights, parent: QWidget) -> None:
        super().__init__(parent)
        self.preset, self.title = preset, title
        current = theme.current()
        side = current.px(30)
        self.setObjectName(f"preset-{preset}")
        self.setAccessibleName(title)
        self.setToolTip(f"{title}, {weights.shape[0]} × {weights.shape[1]}")
        self.setText(title.replace("&", "&&"))
        self.setIcon(kernel_icon(weights, side, current.px(7), self.devicePixelRatioF()))
        self.setIconSize(QSize(side + current.px(7), side))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCheckable(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the arrows to the gallery, which knows its rows; the area about it would scroll with them."""
        if event.key() in _MOVES:
            self.moved.emit(*_MOVES[event.key()])
        else:
            super().keyPressEvent(event)


class PresetGallery(QFrame):
    """All presets at one look; arrows move among them, Enter chooses, Delete deletes one's own, Esc closes.

    Parameters
    ----------
    parent : QWidget
        The button that opens it.
    """

    # The id of the preset the user has chosen.
    chosen = Signal(str)
    # The present kernel shall be kept; nothing.
    save_requested = Signal()
    # The id of the user's own preset to be deleted.
    delete_requested = Signal(str)

    _theme: theme.Theme | None = None
    _delete_text = ""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("preset-gallery")
        self._groups: list[tuple[str, list[tuple[str, str, Weights]]]] = []
        self._current: str | None = None
        self._columns = COLUMNS
        self._choices: list[list[_Choice]] = []
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._save = QPushButton(self)
        self._save.setObjectName("preset-save")
        self._save.clicked.connect(self._ask_to_save)
        layout = QVBoxLayout(self)
        layout.addWidget(self._scroll)
        layout.addWidget(self._save, 0, Qt.AlignmentFlag.AlignLeft)
        self._restyle()
        self.retranslate()

    def set_groups(self, groups: list[tuple[str, list[tuple[str, str, Weights]]]]) -> None:
        """Show ``groups``, each a heading and its presets: id, title and weights, shape (kh, kw)."""
        self._groups = groups
        if self.isVisible():
            self._fill()

    def set_current(self, title: str | None) -> None:
        """Mark the preset called ``title``."""
        self._current = title
        for choice in self._all():
            choice.setChecked(choice.title == title)

    def open_beside(self, corner: QPoint, height: int) -> None:
        """Open below a button whose top left corner and height are given, or above it, on its screen."""
        screen = (QGuiApplication.screenAt(corner) or QGuiApplication.primaryScreen()).availableGeometry()
        for columns in range(COLUMNS, 0, -1):
            self._columns = columns
            self._fill()
            size = self._wanted()
            if size.width() <= screen.width():
                break
        size = size.boundedTo(screen.size())
        left = min(max(corner.x(), screen.left()), screen.right() + 1 - size.width())
        top = corner.y() + height
        if top + size.height() > screen.bottom() + 1:
            top = max(screen.top(), screen.bottom() + 1 - size.height())
        self.setGeometry(left, top, size.width(), size.height())
        self.show()

    def _wanted(self) -> QSize:
        page, layout = self._scroll.widget(), self.layout()
        assert page is not None
        assert layout is not None
        content = page.sizeHint()
        margins, bar = layout.contentsMargins(), self._scroll.verticalScrollBar().sizeHint().width()
        width = content.width() + margins.left() + margins.right() + bar
        height = content.height() + margins.top() + margins.bottom()
        height += layout.spacing() + self._save.sizeHint().height()
        return QSize(width, height)

    def _all(self) -> list[_Choice]:
        return [choice for row in self._choices for choice in row]

    # Content

    def _fill(self) -> None:
        page = QWidget()
        page.setObjectName("preset-page")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().px(4))
        self._choices = []
        for heading, presets in self._groups:
            caption = label("caption")
            caption.setText(heading)
            layout.addWidget(caption)
            layout.addLayout(self._grid(presets, page))
        layout.addStretch(1)
        # Replaces the page before, which Qt deletes.
        self._scroll.setWidget(page)
        self.set_current(self._current)

    def _grid(self, presets: list[tuple[str, str, Weights]], page: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.current().px(2))
        for column in range(self._columns):
            grid.setColumnStretch(column, 1)
        for index, (preset, title, weights) in enumerate(presets):
            choice = _Choice(preset, title, weights, page)
            choice.clicked.connect(self._chosen)
            choice.moved.connect(self._move)
            if index % self._columns == 0:
                self._choices.append([])
            self._choices[-1].append(choice)
            cell = QHBoxLayout()
            cell.addWidget(choice, 1)
            if preset.startswith(OWN_PREFIX):
                cell.addWidget(self._bin(choice, page))
            grid.addLayout(cell, index // self._columns, index % self._columns)
        return grid

    def _bin(self, choice: _Choice, page: QWidget) -> QToolButton:
        button = QToolButton(page)
        button.setObjectName(f"preset-delete-{choice.preset}")
        button.setText("×")
        button.setToolTip(self._delete_text.format(name=choice.title))
        button.setAccessibleName(button.toolTip())
        button.setProperty("preset", choice.preset)
        button.clicked.connect(self._deleted)
        return button

    def _chosen(self) -> None:
        choice = self.sender()
        assert isinstance(choice, _Choice)
        self.close()
        self.set_current(self._current)
        self.chosen.emit(choice.preset)

    def _deleted(self) -> None:
        self._delete(str(self.sender().property("preset")))

    def _delete(self, preset: str) -> None:
        self.close()
        self.delete_requested.emit(preset)

    def _ask_to_save(self) -> None:
        self.close()
        self.save_requested.emit()

    # Keys

    def showEvent(self, event: QShowEvent) -> None:
        """Give the focus to the present preset, or to the first."""
        super().showEvent(event)
        choices = self._all()
        marked = next((c for c in choices if c.isChecked()), choices[0] if choices else None)
        (marked or self._save).setFocus(Qt.FocusReason.PopupFocusReason)
        if marked is not None:
            self._scroll.ensureWidgetVisible(marked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move among the presets."""
        key, focus = event.key(), self.focusWidget()
        if key in _MOVES:
            self._move(*_MOVES[key])
        elif key in (_Key.Key_Return, _Key.Key_Enter) and isinstance(focus, QToolButton | QPushButton):
            focus.click()
        elif key == _Key.Key_Delete and isinstance(focus, _Choice) and focus.preset.startswith(OWN_PREFIX):
            self._delete(focus.preset)
        elif key == _Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _move(self, rows: int, columns: int) -> None:
        """Move the focus to the neighbour, and from the last row on to the button below."""
        focus = self.focusWidget()
        if not self._choices:
            return
        if not isinstance(focus, _Choice):
            if rows + columns < 0:
                self._choices[-1][0].setFocus(Qt.FocusReason.TabFocusReason)
            return
        row = next(i for i, line in enumerate(self._choices) if focus in line)
        column = self._choices[row].index(focus) + columns
        if row + rows == len(self._choices):
            self._save.setFocus(Qt.FocusReason.TabFocusReason)
            return
        line = self._choices[max(row + rows, 0)]
        target = line[min(max(column, 0), len(line) - 1)]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(target)

    # Looks

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("Kernels"))
        self._delete_text = self.tr("Delete {name}")
        self._save.setText(self.tr("&Save this kernel…"))
        self._save.setToolTip(self.tr("Keep the kernel in use among your own"))
        self._save.setAccessibleName(self.tr("Save this kernel"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._restyle()

    def _restyle(self) -> None:
        self._theme = theme.current()
        c, px = self._theme.colours, self._theme.px
        self.setStyleSheet(
            f"#preset-gallery {{ background: {c.surface}; border: 1px solid {c.line}; }}"
            f"#preset-page {{ background: {c.surface}; }}"
            f"QToolButton {{ border: 2px solid transparent; padding: {px(2)}px {px(5)}px; }}"
            f"QToolButton:hover {{ background: {c.focus_soft}; }}"
            f"QToolButton:focus {{ border: 2px solid {c.focus}; padding: {px(2)}px {px(5)}px; }}"
        )
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(px(10), px(8), px(10), px(10))
        layout.setSpacing(px(8))
