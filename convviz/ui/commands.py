"""The menus: every action with its text, its shortcut and what it does."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar


@dataclass(frozen=True)
class Entry:
    """One line of a menu."""

    name: str
    slot: Callable[[], object]
    shortcuts: tuple[str, ...] = ()
    group: str = ""
    checkable: bool = False


class Commands(QObject):
    """Owns the actions of the window and the menus they stand in.

    Parameters
    ----------
    bar : QMenuBar
        Where the menus go.
    parent : QObject
        Owner.
    """

    def __init__(self, bar: QMenuBar, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._groups: dict[str, QActionGroup] = {}
        self.menus: dict[str, QMenu] = {}
        self.actions: dict[str, QAction] = {}

    def add_menu(self, name: str, entries: tuple[Entry | str, ...], parent: str = "") -> QMenu:
        """Add a menu with ``entries``: the string ``-`` is a line, any other an empty submenu."""
        menu = QMenu(self._bar)
        menu.setObjectName(f"menu-{name}")
        menu.setToolTipsVisible(True)
        (self.menus[parent] if parent else self._bar).addMenu(menu)
        self.menus[name] = menu
        for entry in entries:
            if entry == "-":
                menu.addSeparator()
            elif isinstance(entry, str):
                self.add_menu(entry, (), parent=name)
            else:
                menu.addAction(self._action(entry))
        return menu

    def append(self, menu: str, entry: Entry) -> None:
        """Add one more line to a menu."""
        self.menus[menu].addAction(self._action(entry))

    def _action(self, entry: Entry) -> QAction:
        action = QAction(self)
        action.setObjectName(f"action-{entry.name}")
        action.setShortcuts([QKeySequence(s) for s in entry.shortcuts])
        action.setCheckable(entry.checkable or bool(entry.group))
        action.triggered.connect(lambda _checked=False: entry.slot())
        if entry.group:
            if entry.group not in self._groups:
                self._groups[entry.group] = QActionGroup(self)
            self._groups[entry.group].addAction(action)
        self.actions[entry.name] = action
        return action

    def check(self, name: str, checked: bool = True) -> None:
        """Tick the action called ``name``, without doing what it does."""
        self.actions[name].setChecked(checked)

    def set_texts(self, menus: dict[str, str], actions: dict[str, str]) -> None:
        """Write the texts of menus and actions, mnemonics included."""
        for name, text in menus.items():
            self.menus[name].setTitle(text)
        for name, text in actions.items():
            self.actions[name].setText(text)
            self.actions[name].setToolTip(text.replace("&", "").rstrip("…"))
