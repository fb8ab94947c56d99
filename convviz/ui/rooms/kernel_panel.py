"""The kernel of the selected filter: its grid, its size, presets and what can be done to it."""

from collections.abc import Callable
from dataclasses import replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from convviz.core import kernels
from convviz.core.channels import ChannelMode
from convviz.core.limits import MAX_KERNEL
from convviz.core.specs import Operation
from convviz.core.text import Problem
from convviz.files.presets import OwnKernel
from convviz.ui.language import say
from convviz.ui.session import Session
from convviz.ui.state import State
from convviz.ui.widgets.kernel_grid import KernelGrid
from convviz.ui.widgets.labels import field_row, label, row
from convviz.ui.widgets.number_field import NumberField
from convviz.ui.widgets.pair_field import PairField
from convviz.ui.widgets.pale import set_pale
from convviz.ui.widgets.preset_button import PresetButton
from convviz.ui.widgets.segmented import Segmented

_OWN = "own:"
_SHARED = "shared"
_TOOLS: dict[str, Callable[[NDArray[np.float64]], NDArray[np.float64]]] = {
    "rotate": kernels.rotate,
    "transpose": kernels.transpose,
    "flip-horizontal": kernels.flip_horizontal,
    "flip-vertical": kernels.flip_vertical,
    "normalise": kernels.normalise,
    "negate": kernels.negate,
}


class KernelPanel(QWidget):
    """Edits the kernel of the selected filter, or one of its kernels per channel.

    Parameters
    ----------
    session : Session
        What is edited.
    parent : QWidget, optional
        Owner.
    """

    problem = Signal(object)  # Sentence: why an edit of the kernel could not be made
    own_kernels_changed = Signal(
        object
    )  # tuple of OwnKernel: the user's presets after saving or deleting one

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._own: tuple[OwnKernel, ...] = ()
        self._channel_options: list[tuple[str, str, str]] = []
        self._heading = label("caption")
        self.presets = PresetButton(self)
        self.channel = Segmented(self)
        self.grid = KernelGrid(self)
        # Made in the order of Tab: from top to bottom.
        self.tools = {name: QPushButton(self) for name in _TOOLS}
        self.scale_button = QPushButton(self)
        self.factor = NumberField(self)
        self.factor.set_value(2.0)
        self.kernel_size = PairField(self)
        self.kernel_size.set_range(1, MAX_KERNEL)
        self.kernel_size.set_deferred(True)
        self._size_label = label()
        for name, widget in {"kernel-presets": self.presets, "kernel-channel": self.channel}.items():
            widget.setObjectName(name)
        self.grid.setObjectName("kernel-grid")
        self.kernel_size.setObjectName("kernel-size")
        self.factor.setObjectName("kernel-factor")
        self.scale_button.setObjectName("kernel-scale")
        self._lay_out()
        self._connect()
        session.changed.connect(self._show_weights)
        session.refreshed.connect(self._follow)
        self.retranslate()
        self._follow(session.state, session.state)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(self._heading)
        head.addWidget(self.presets, 1)
        layout.addLayout(head)
        layout.addWidget(self.channel)
        layout.addWidget(self.grid)
        buttons = QGridLayout()
        buttons.setSpacing(4)
        for index, (name, button) in enumerate(self.tools.items()):
            button.setObjectName(f"kernel-{name}")
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.setProperty("role", "tool")
            buttons.addWidget(button, 0, index)
        layout.addLayout(buttons)
        layout.addLayout(row(self.scale_button, self.factor))
        layout.addLayout(field_row(self._size_label, self.kernel_size))

    def _connect(self) -> None:
        self.grid.weights_changed.connect(self._set_kernel)
        self.grid.gesture_finished.connect(self._session.end_gesture)
        self.grid.problem.connect(self.problem)
        self.kernel_size.pair_changed.connect(self._set_size)
        self.scale_button.clicked.connect(self._scale)
        self.presets.chosen.connect(self._choose)
        self.presets.save_requested.connect(self._save_own)
        self.presets.delete_requested.connect(self._delete_own)
        self.channel.chosen.connect(self._choose_channel)
        for name, button in self.tools.items():
            button.clicked.connect(lambda _=False, name=name: self.use_tool(name))

    def set_own_kernels(self, own: tuple[OwnKernel, ...]) -> None:
        """Offer the user's own presets beside the known ones."""
        self._own = own
        self._fill_presets()

    def _kernel(self) -> NDArray[np.float64]:
        return self._session.state.kernel

    def _replace(self, kernel: NDArray[np.float64], text: str, gesture: str = "") -> None:
        try:
            changed = self._session.state.with_kernel(kernel)
        except Problem as problem:
            self.problem.emit(problem.sentence)
            return
        self._session.edit(changed, text, gesture)

    def _set_kernel(self, kernel: NDArray[np.float64]) -> None:
        self._replace(kernel, self.tr("edit kernel"), "kernel")

    def _set_size(self, height: int, width: int) -> None:
        self._replace(kernels.resize(self._kernel(), height, width), self.tr("resize kernel"), "kernel-size")

    def use_tool(self, name: str) -> None:
        """Change the kernel with the tool called ``name``, such as ``rotate`` or ``transpose``."""
        try:
            kernel = _TOOLS[name](self._kernel())
        except Problem as problem:
            self.problem.emit(problem.sentence)
            return
        if name == "rotate":
            self.grid.animate_turn()
        self._replace(kernel, self.tools[name].toolTip())

    def _scale(self) -> None:
        try:
            kernel = kernels.scale(self._kernel(), self.factor.value())
        except Problem as problem:
            self.problem.emit(problem.sentence)
            return
        self._replace(kernel, self.tr("scale kernel"))

    def _choose(self, preset: str) -> None:
        if preset.startswith(_OWN):
            weights = next(own.weights for own in self._own if own.name == preset.removeprefix(_OWN))
        else:
            weights = kernels.preset(preset).weights
        self._replace(np.asarray(weights, np.float64), self.tr("choose kernel"))

    def _save_own(self, name: str) -> None:
        kernel = self._kernel().copy()
        own = (*(k for k in self._own if k.name != name), OwnKernel(name, kernel))
        self.set_own_kernels(own)
        self._show_preset()
        self.own_kernels_changed.emit(own)

    def _delete_own(self, preset: str) -> None:
        own = tuple(k for k in self._own if k.name != preset.removeprefix(_OWN))
        self.set_own_kernels(own)
        self._show_preset()
        self.own_kernels_changed.emit(own)

    def _choose_channel(self, choice: str) -> None:
        state = self._session.state
        if choice == _SHARED:
            changed = replace(state, bank=state.bank.shared(), kernel_channel=None)
        else:
            weights = state.bank.weights
            if weights.shape[1] == 1:
                weights = np.repeat(weights, state.picture.channels, axis=1)
            changed = replace(state, bank=replace(state.bank, weights=weights), kernel_channel=int(choice))
        self._session.edit(changed, self.tr("kernel per channel"))

    @Slot()
    def _show_weights(self) -> None:
        """Show the kernel that is edited, at once, unless it is the one that was changed in the grid."""
        if not np.array_equal(self.grid.weights(), self._kernel()):
            self.grid.set_weights(self._kernel())

    def _follow(self, before: State, state: State) -> None:
        self._show_preset()
        if before is not state and state.is_like(before):
            return
        self._show_weights()
        self.kernel_size.set_pair(state.bank.size)
        # Without a convolution there is nothing that these would act on.
        self.setEnabled(state.settings.operation is not None)
        set_pale(self.grid, state.settings.operation is None)
        turned = state.settings.operation is Operation.CONVOLUTION
        self.grid.set_applied_turned(turned)
        self._show_channels(state)

    def _show_channels(self, state: State) -> None:
        several = state.channel_mode in (ChannelMode.SUM, ChannelMode.EACH) and state.picture.channels > 1
        self.channel.setVisible(several)
        if not several:
            return
        names = (
            ("R", "G", "B")
            if state.picture.is_colour
            else tuple(str(c + 1) for c in range(state.picture.channels))
        )
        options = [(_SHARED, self.tr("Same"), self.tr("One kernel for all channels"))]
        options += [(str(c), n, self.tr("The kernel of channel {0}").format(n)) for c, n in enumerate(names)]
        if options != self._channel_options:
            self._channel_options = options
            self.channel.set_options(options)
        chosen = _SHARED if state.bank.weights.shape[1] == 1 else str(state.kernel_channel or 0)
        self.channel.set_choice(chosen)

    def _show_preset(self) -> None:
        key = _key(self._kernel())
        known = (say(p.title) for p in kernels.PRESETS if _key(p.weights) == key)
        own = (own.name for own in self._own if _key(np.asarray(own.weights)) == key)
        self.presets.set_current(next(chain(known, own), None))

    def _fill_presets(self) -> None:
        known = [(p.id, say(p.title), p.weights) for p in kernels.PRESETS]
        own = [(_OWN + k.name, k.name, np.asarray(k.weights)) for k in self._own]
        groups = [(self.tr("Known kernels"), known)]
        if own:
            groups.append((self.tr("My kernels"), own))
        self.presets.set_groups(groups)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self._heading.setText(self.tr("KERNEL"))
        self._size_label.setText(self.tr("Si&ze"))
        self.kernel_size.set_name(self.tr("Kernel size"))
        self.scale_button.setText(self.tr("&Multiply by"))
        self.scale_button.setToolTip(self.tr("Multiply every weight by the number beside"))
        self.factor.setAccessibleName(self.tr("Factor"))
        texts = {
            "rotate": ("180°", self.tr("Turn the kernel by 180°")),
            "transpose": ("Kᵀ", self.tr("Exchange rows and columns")),
            "flip-horizontal": ("↔", self.tr("Mirror left to right")),
            "flip-vertical": ("↕", self.tr("Mirror top to bottom")),
            "normalise": ("Σ=1", self.tr("Scale the weights so that they add up to 1")),
            "negate": ("±", self.tr("Change every sign")),
        }
        for name, (text, tip) in texts.items():
            self.tools[name].setText(text)
            self.tools[name].setToolTip(tip)
            self.tools[name].setAccessibleName(tip)
        self._fill_presets()
        self._follow(self._session.state, self._session.state)


def _key(kernel: NDArray[np.float64]) -> tuple[tuple[int, ...], bytes]:
    """Return what equal kernels have in common; minus zero is zero."""
    return kernel.shape, (kernel + 0.0).tobytes()
