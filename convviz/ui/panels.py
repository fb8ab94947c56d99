"""Which panels at the sides are shown: those that are ticked, where there is room for them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from convviz.ui import theme
from convviz.ui.commands import Commands

if TYPE_CHECKING:
    from convviz.ui.window import Window

# A window with less room than this, at the scale for a desk, shows a lesson without the panel on the left.
NARROW_PX, CRAMPED_PX = 1400, 1120


class Panels(QObject):
    """The panels left and right of every room.

    Parameters
    ----------
    window : Window
        Whose rooms they are in.
    commands : Commands
        Where ``left-panel`` and ``right-panel`` are ticked.
    """

    def __init__(self, window: "Window", commands: Commands) -> None:
        super().__init__(window)
        self._window, self._commands = window, commands
        self._lesson = self._image_panel = False
        self._was_narrow = self._was_cramped = False

    @property
    def narrow(self) -> bool:
        """Whether there is no room for panels on both sides."""
        return self._window.width() < theme.current().px(NARROW_PX)

    @property
    def cramped(self) -> bool:
        """Whether two panels leave too little between them."""
        return self._window.width() < theme.current().px(CRAMPED_PX)

    def begin(self) -> None:
        """Show those that were shown last time."""
        self._commands.check("left-panel", self._window.preferences.left_panel)
        self._commands.check("right-panel", self._window.preferences.right_panel)
        self._show()

    def choose(self, other: str) -> None:
        """Show what is ticked, and remember it; where there is room for one, not the other."""
        preferences = self._window.preferences
        if self.cramped:
            self._commands.check(other, False)
        elif not self._window.projector:
            preferences.left_panel = self._ticked("left-panel")
            preferences.right_panel = self._ticked("right-panel")
        self._show()

    def set_lesson(self, on: bool) -> None:
        """Leave the right side to the panel of lessons, or not."""
        self._lesson = on
        self._show()

    def show_image_panel(self, on: bool) -> None:
        """Let the image room keep its panel beside a lesson, or not."""
        if on is not self._image_panel:
            self._image_panel = on
            self._show()

    def follow_width(self) -> None:
        """Make way where the window has become too narrow for so much, or show again what is ticked."""
        window = self._window
        if self.narrow is not self._was_narrow:
            self._was_narrow = self.narrow
            window.lessons.panel.set_narrow(self.narrow)
            if self._lesson:
                self._show()
        if self.cramped is not self._was_cramped:
            self._was_cramped = self.cramped
            self._make_way()
            if window.network.desk is not None:
                window.network.desk.pointing.refresh()

    def _make_way(self) -> None:
        """Let the right panel make way where there is room for one, and come back."""
        if self._window.projector:
            return
        preferences = self._window.preferences
        self._commands.check("left-panel", preferences.left_panel)
        both = preferences.left_panel and self.cramped
        self._commands.check("right-panel", preferences.right_panel and not both)
        self._show()

    def set_projector(self, on: bool) -> None:
        """Make way for the projector; afterwards they are what they were."""
        preferences = self._window.preferences
        self._commands.check("left-panel", not on and preferences.left_panel)
        one = self.cramped and preferences.left_panel
        self._commands.check("right-panel", not on and preferences.right_panel and not one)
        self._show()

    def _ticked(self, side: str) -> bool:
        return self._commands.actions[side].isChecked()

    def _show(self) -> None:
        window = self._window
        left = self._ticked("left-panel") and not (self._lesson and self.narrow)
        right = self._ticked("right-panel") and not self._lesson
        window.convolution.set_panels_visible(left, right)
        window.image.set_panels_visible(left, right or (self._lesson and self._image_panel))
        for room in (window.network, window.training, window.embeddings):
            room.set_panels_visible(left, right)
