"""Edits of a filter of the network as steps that can be undone."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QUndoCommand

from convviz.nets.records import Values

if TYPE_CHECKING:
    from convviz.ui.rooms.network_trying import NetworkTrying


class TrialStep(QUndoCommand):
    """From one filter to another in the same place; the edits of one gesture merge into one step.

    Parameters
    ----------
    trying : NetworkTrying
        Who puts filters in force.
    place : (int, int)
        A convolution and its filter.
    change : (ndarray or None, ndarray or None)
        The filter (C, kh, kw) before and after; None for the network's own.
    channel : int
        The input channel that was looked at.
    text : str
        What the step is called in the Edit menu, translated.
    """

    def __init__(
        self,
        trying: "NetworkTrying",
        place: tuple[int, int],
        change: tuple[Values | None, Values | None],
        channel: int,
        text: str,
    ) -> None:
        super().__init__(text)
        self._trying, self._place, self._channel = trying, place, channel
        self._before, self._after = change
        self._is_open = True

    def close(self) -> None:
        """Let nothing more merge into this step."""
        self._is_open = False

    def undo(self) -> None:
        """Put the filter before in force."""
        self._trying.put(self._place, self._before, self._channel)

    def redo(self) -> None:
        """Put the filter after in force; also called for a new step."""
        self._trying.put(self._place, self._after, self._channel)

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Lead to where ``other`` leads, if it is of the same gesture; obsolete if it began there."""
        if not isinstance(other, TrialStep):
            return False
        # Also later, when steps in between have been undone, this one is complete.
        self._is_open &= (other._place, other._channel) == (self._place, self._channel)
        if self._is_open:
            self._after = other._after
            self.setObsolete(_same(self._before, self._after))
        return self._is_open


def _same(one: Values | None, other: Values | None) -> bool:
    """Return whether two filters, or the absence of them, are alike."""
    return one is other or (one is not None and other is not None and np.array_equal(one, other))
