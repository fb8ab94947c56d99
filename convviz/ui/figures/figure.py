"""What all figures of lessons have in common."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget


class Figure(QWidget):
    """A picture painted from data.

    A figure is built from a table of its lesson's file, shows itself in as many stages as it has, and can say
    which numbers are on screen.
    """

    KIND = ""
    """What the table in a lesson's file calls it."""

    _stage = 0

    @property
    def stages(self) -> int:
        """How many stages it is revealed in; 1 if everything is there at once."""
        return 1

    @property
    def stage(self) -> int:
        """The stage it shows, from 0."""
        return self._stage

    def set_stage(self, stage: int) -> None:
        """Show the stages up to ``stage``; a number beyond the last shows everything."""
        before, self._stage = self._stage, min(max(stage, 0), self.stages - 1)
        self.show_stage(before)

    def show_stage(self, before: int) -> None:
        """Bring the stage to the screen; ``before`` is the one that was there."""

    def table(self) -> dict[str, Any]:
        """Return the table that builds the figure as it is now, without its kind and stage."""
        return {}

    def shown(self) -> Mapping[str, str]:
        """Return the numbers that are on screen by name, as they are written there."""
        return {}

    def retranslate(self) -> None:
        """Write every text in the language in force."""
