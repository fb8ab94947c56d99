"""The kernels of the user's own, from one start of the program to the next."""

from PySide6.QtCore import QObject, Slot

from convviz.core.text import Problem
from convviz.files.presets import OwnKernel, load_kernels, save_kernels
from convviz.ui.messages import Messages
from convviz.ui.preferences import own_kernels_path
from convviz.ui.rooms.kernel_panel import KernelPanel


class OwnKernels(QObject):
    """Gives a panel the kernels that were kept, and keeps those that are named there.

    Parameters
    ----------
    panel : KernelPanel
        Where they are chosen, named and forgotten.
    messages : Messages
        Where it is said what cannot be read or written.
    parent : QObject
        Owner.
    """

    def __init__(self, panel: KernelPanel, messages: Messages, parent: QObject) -> None:
        super().__init__(parent)
        self._panel, self._messages = panel, messages
        panel.own_kernels_changed.connect(self._save)

    def load(self) -> None:
        """Offer the kernels in the file."""
        try:
            self._panel.set_own_kernels(load_kernels(own_kernels_path()))
        except Problem as problem:
            self._messages.show_problem(problem.sentence)

    @Slot(object)
    def _save(self, kernels: tuple[OwnKernel, ...]) -> None:
        try:
            save_kernels(own_kernels_path(), kernels)
        except Problem as problem:
            self._messages.show_problem(problem.sentence)
