"""The menu of edits: undo and redo of what is edited at the time, and every choice of the panels."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QUndoGroup

from convviz.ui.commands import Commands, Entry
from convviz.ui.menu_keys import SHIFTS, TOOL_KEYS
from convviz.ui.state import Room

if TYPE_CHECKING:
    from convviz.ui.window import Window


class EditMenu(QObject):
    """Adds the menu to those of the window.

    Parameters
    ----------
    window : Window
        What is edited.
    commands : Commands
        Where the menu and its actions go.
    parent : QObject
        Owner.
    """

    def __init__(self, window: "Window", commands: Commands, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._commands = window, commands
        # One room at a time, and in the network room perhaps a kernel that is tried.
        self._steps = QUndoGroup(self)
        self._build()

    def _build(self) -> None:
        steps = self._steps
        self._commands.add_menu(
            "edit",
            (
                Entry("undo", steps.undo, ("Ctrl+Z",)),
                Entry("redo", steps.redo, ("Ctrl+Shift+Z", "Ctrl+Y")),
                "-",
                "kernel",
                "operation",
                "channels",
                "display",
                "shift",
            ),
        )
        self._fill()
        # The texts come with the signals: the stack also speaks while it is being destroyed.
        undo, redo = self._commands.actions["undo"], self._commands.actions["redo"]
        steps.canUndoChanged.connect(undo.setEnabled)
        steps.canRedoChanged.connect(redo.setEnabled)
        steps.undoTextChanged.connect(self._name_undo)
        steps.redoTextChanged.connect(self._name_redo)
        undo.setEnabled(False)
        redo.setEnabled(False)
        self._window.network.steps_changed.connect(self.choose_steps)
        self.choose_steps()

    def _fill(self) -> None:
        """Give every choice of the panels a menu entry with a key as well."""
        room = self._window.convolution
        for tool, key in TOOL_KEYS.items():
            self._commands.append(
                "kernel", Entry(f"kernel-{tool}", partial(room.kernel.use_tool, tool), (key,))
            )
        self._commands.append("kernel", Entry("kernel-copy", room.kernel.grid.copy, ("Ctrl+Shift+C",)))
        self._commands.append("kernel", Entry("kernel-paste", room.kernel.grid.paste, ("Ctrl+Alt+V",)))
        self._commands.append("kernel", Entry("filter-add", room.filters.add.click, ("Ctrl+Shift+N",)))
        self._commands.append("kernel", Entry("filter-remove", room.filters.remove.click, ("Ctrl+Shift+D",)))
        for menu, row, keys in (
            ("operation", room.settings.operation, "Ctrl+Alt+{0}"),
            ("channels", room.mode, "Alt+{0}"),
            ("display", room.values.display, "Ctrl+Shift+{0}"),
        ):
            for number, option in enumerate(row.options(), start=1):
                self._commands.append(
                    menu, Entry(f"{menu}-{option}", partial(row.chosen.emit, option), (keys.format(number),))
                )
        for side, step in SHIFTS.items():
            shift = partial(self._window.opener.shift, *step)
            self._commands.append("shift", Entry(f"shift-{side.lower()}", shift, (f"Alt+{side}",)))

    @Slot()
    def choose_steps(self) -> None:
        """Let undo and redo mean the edits of a kernel that is tried, or else those of the session."""
        window = self._window
        tried = window.network.steps if window.room is Room.NETWORK else None
        stack = window.session.undo_stack if tried is None else tried
        # One that is there already is not added twice.
        self._steps.addStack(stack)
        self._steps.setActiveStack(stack)

    @Slot(str)
    def _name_undo(self, step: str) -> None:
        self._commands.actions["undo"].setText(self.tr("&Undo {0}").format(step).rstrip())

    @Slot(str)
    def _name_redo(self, step: str) -> None:
        self._commands.actions["redo"].setText(self.tr("&Redo {0}").format(step).rstrip())

    def name_steps(self) -> None:
        """Write what undo and redo are about in the language in force."""
        self._name_undo(self._steps.undoText())
        self._name_redo(self._steps.redoText())

    def choice_texts(self) -> dict[str, str]:
        """Return the texts of the entries that stand for segments of the panels: the segments' own."""
        room = self._window.convolution
        rows = {"operation": room.settings.operation, "channels": room.mode, "display": room.values.display}
        return {
            f"{menu}-{option}": row.button(option).text()
            for menu, row in rows.items()
            for option in row.options()
        }
