"""The convolution room: kernel and settings, the maps, the arithmetic, the values."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from convviz.core.channels import ChannelMode
from convviz.core.counting import multiply_adds
from convviz.core.picture import Picture
from convviz.core.specs import ConvSpec, PoolSpec, SpecProblem
from convviz.core.text import Problem, Sentence
from convviz.engine.frames import Frame, FrameRequest
from convviz.engine.statistics import Statistics
from convviz.ui import theme
from convviz.ui.arrangement import ColumnKind, map_names
from convviz.ui.explanation import Explanation, Pointer
from convviz.ui.feed import Feed
from convviz.ui.language import say
from convviz.ui.lessons.view_table import LayerView
from convviz.ui.rooms.cell_arithmetic import CellArithmetic
from convviz.ui.rooms.convolution_face import ConvolutionFace
from convviz.ui.rooms.pointing import Pointing
from convviz.ui.session import REFRESH_MS, Session
from convviz.ui.state import Mix, State


class ConvolutionRoom(ConvolutionFace):
    """Everything about one convolutional layer.

    Parameters
    ----------
    session : Session
        What is edited and shown.
    feed : Feed
        Where maps come from.
    parent : QWidget, optional
        Owner.
    """

    read_out = Signal(object)  # Explanation of the cell under the pointer, or None
    timed = Signal(object)  # Frame that was just shown

    def __init__(self, session: Session, feed: Feed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._feed = session, feed
        # Before the panels do: what is to be computed is asked for before anything else follows.
        session.changed.connect(self._follow)
        self._good: State | None = None
        self._fix: ConvSpec | PoolSpec | None = None
        self.build(session)
        self.pointing = Pointing(self.stages, self.transport, self)
        self._arithmetic = CellArithmetic(self, self.pointing)
        self._asking = QTimer(self, singleShot=True, interval=0)
        # Whether only numbers have changed since everything was arranged, and the frame not told of yet.
        self._renewed = False
        self._untold: Frame | None = None
        self._telling = QTimer(self, singleShot=True, interval=REFRESH_MS)
        # The arithmetic of a large kernel takes a while: what the user does meanwhile comes in between.
        self._explaining = QTimer(self, singleShot=True, interval=0)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self._session.refreshed.connect(self._refresh)
        self._telling.timeout.connect(self._tell_frame)
        self._explaining.timeout.connect(self.pointing.refresh)
        self._asking.timeout.connect(self._ask)
        self.stages.view_changed.connect(self._asking.start)
        self.stages.edited.connect(self._edit_cell)
        self.every_stage.toggled.connect(self._rearrange)
        self.mode.chosen.connect(self._set_mode)
        self.kernel.problem.connect(self.show_problem)
        self.settings.problem.connect(self.show_problem)
        self.kernel.presets.chosen.connect(self._take_focus)
        self.problem.acted.connect(self._use_fix)
        self.pointing.explained.connect(self._show_explanation)
        self.line.term_hovered.connect(self.pointing.point_at_term)
        self._feed.framed.connect(self._show_frame)
        self._feed.measured.connect(self._show_whole)
        self._feed.measuring.connect(self.values.show_progress)
        self._feed.failed.connect(self.show_problem)
        self._feed.stale_changed.connect(self._set_stale)

    @property
    def stale(self) -> bool:
        """Whether the maps belong to older settings because the present ones cannot work."""
        return self._good is not self._session.state

    @Slot(object, object)
    def _follow(self, before: State, state: State) -> None:
        if not self.isVisible():
            return
        # Under another theme the arithmetic takes another height, for which there may be room or not.
        if before is self._good and self._arithmetic.has_room and state.is_like(before):
            self._renew(state)
        else:
            self.show_state()

    def _renew(self, state: State) -> None:
        """Go over to a state that differs in numbers only: nothing moves, and maps are asked for at once."""
        try:
            state.chain()
        except Problem as problem:
            self._fail(problem)
            return
        self._good, self._fix, self._renewed = state, None, True
        self.stages.renew(state)
        self._asking.stop()
        self._ask()
        self.problem.clear()
        self.pointing.renew(self._pointer(state))

    @Slot(object, object)
    def _refresh(self, before: State, state: State) -> None:
        """Bring in line what accompanies the picture of a state like the one arranged."""
        if not self.isVisible() or self._good is not state or not state.is_like(before):
            return
        if state.bank.biases != before.bank.biases:
            self.stages.retranslate()
        self._show_mix(state)
        if self.glance.isVisible():
            self.glance.show_weights(state.kernel)
        self._explaining.start()

    @property
    def behind(self) -> bool:
        """Whether something that accompanies the picture is still to follow it."""
        following = self._telling.isActive() or self._explaining.isActive()
        return following or self._session.refreshing

    def show_state(self) -> None:
        """Bring everything in line with the session's state, or say why its settings cannot work."""
        state = self._session.state
        # The numbers of the frame before are not those of this state.
        self._telling.stop()
        self._untold = None
        self.mode.set_choice(state.channel_mode.value)
        self.mode.setVisible(state.picture.channels > 1)
        try:
            state.chain()
        except Problem as problem:
            self._fail(problem)
            return
        self.problem.clear()
        self._good, self._fix, self._renewed = state, None, False
        self._arrange()

    def _fail(self, problem: Problem) -> None:
        self._fix = problem.fix if isinstance(problem, SpecProblem) else None
        action = problem.action if isinstance(problem, SpecProblem) else None
        self.problem.show_problem(say(problem.sentence), say(action) if action else None)
        self._set_stale(True)
        self.settings.show_sizes(self._session.state.windows())
        self.settings.show_weights(None, 0)

    def _arrange(self) -> None:
        state = self._good
        assert state is not None
        self.pointing.await_pointer()
        alone = not self._left.isVisibleTo(self)
        every = self.every_stage.isChecked()
        shown = self.stages.fitting_columns(state, every_stage=every, alone=alone)
        self._set_stale(False)
        self.stages.arrange(shown, state)
        self.hatch_note.setVisible(self.stages.hatched)
        self.every_stage.setVisible(len(state.chain()) > 1 or state.partial_sums() is not None)
        self._show_mix(state)
        self.settings.show_sizes(state.windows())
        conv = state.convolution()
        work = multiply_adds(conv, state.input_shape) if conv is not None else 0
        self.settings.show_weights(conv, work)
        pointer = self._pointer(state)
        self._arithmetic.reserve_room(state, pointer, shown[-1])
        self.pointing.set_pointer(pointer)
        self.glance.show_weights(state.kernel)
        hidden = alone and conv is not None and all(c.kind is not ColumnKind.KERNEL for c in shown)
        self.glance.setVisible(hidden)
        self.curve.set_activation(state.settings.activation)
        self.curve.setVisible(alone and any(c.kind is ColumnKind.ACTIVATION for c in shown))
        self._asking.start()

    def _show_mix(self, state: State) -> None:
        mixed = isinstance(state.mix, Mix)
        self.filters.show_mix(map_names(state, ColumnKind.CONVOLUTION) if mixed else ())

    def _pointer(self, state: State) -> Pointer:
        return Pointer(state, tuple(c for c in self.stages.columns if c.kind is not ColumnKind.KERNEL))

    @Slot()
    def _rearrange(self) -> None:
        if self._good is not None:
            self._arrange()
            self.stages.viewport.fit()

    @Slot()
    def _ask(self) -> None:
        request = self.request()
        if request is not None and self.isVisible():
            self._feed.ask(request)

    def request(self) -> FrameRequest | None:
        """Return what is to be drawn, everything in view; None before any settings have worked."""
        state = self._good
        if state is None:
            return None
        orders = self.stages.orders(state.convolution())
        return FrameRequest(state.picture, state.channel_mode, orders, state.chain())

    @Slot(object)
    def _show_frame(self, frame: Frame) -> None:
        state = self._good
        if state is None or not self.isVisible() or frame.request.picture is not state.picture:
            return
        self.stages.show_frame(frame)
        self._untold = frame
        # What is there at rest comes once; told late, it would take back what is said of the measuring.
        if not self._renewed or any(found.averaged for found in frame.maps.values()):
            self._tell_frame()
        elif not self._telling.isActive():
            self._telling.start()

    @Slot()
    def _tell_frame(self) -> None:
        """Say in numbers what the newest frame shows."""
        self._telling.stop()
        frame, self._untold = self._untold, None
        if frame is None or not self.isVisible():
            return
        if frame.statistics is not None:
            self.values.show_statistics(frame.statistics)
        self.timed.emit(frame)

    @Slot(object, object)
    def _show_whole(self, request: FrameRequest, statistics: Statistics) -> None:
        good = self._good
        if good is None or request.picture is not good.picture or request.mode is not good.channel_mode:
            return
        if request.measured == good.chain():
            self.values.show_whole(statistics)

    @Slot(bool)
    def _set_stale(self, stale: bool) -> None:
        if not self.isVisible():
            return
        other = self._good is not None and self._good.picture is not self._session.state.picture
        self.stages.set_stale(stale or self.stale, waits=not self.stale, inputs=other)
        self.values.set_stale(stale or self.stale)

    @property
    def shown_state(self) -> State | None:
        """The state the maps on screen belong to."""
        return self._good

    @property
    def shown_picture(self) -> Picture:
        """The picture the maps on screen come from, which need not be the one in the session."""
        return (self._good or self._session.state).picture

    @Slot(object)
    def show_problem(self, sentence: Sentence) -> None:
        """Say why something could not be done; what is on screen stays."""
        if self.isVisible():
            self._fix = None
            self.problem.show_problem(say(sentence), None)

    @Slot()
    def _use_fix(self) -> None:
        self.setFocus()
        if self._fix is not None:
            self._session.edit(self._session.state.with_fix(self._fix), self.tr("make it fit"))

    @Slot()
    def _take_focus(self) -> None:
        """Let the keys step again after a choice from a menu."""
        self.setFocus()

    @Slot(str)
    def _set_mode(self, choice: str) -> None:
        state = replace(self._session.state, channel_mode=ChannelMode(choice))
        self._session.edit(state, self.tr("channels"))

    def _edit_cell(self, channel: int, row: int, column: int, value: float) -> None:
        state = self._session.state
        if self._good is None or self._good.picture is not state.picture:
            return
        try:
            edited = state.with_cell(channel, row, column, value)
        except Problem as problem:
            self.show_problem(problem.sentence)
            return
        self._session.edit(edited, self.tr("edit cell"))

    @Slot(object)
    def _show_explanation(self, found: Explanation | None) -> None:
        self.read_out.emit(found)
        self._arithmetic.show(found, self._good)

    def show_view(self, view: LayerView) -> None:
        """Point and step where a lesson does; a cell that is not there is not pinned."""
        self.step("unpin")
        self.every_stage.setChecked(view.every_stage)
        self.pointing.look_at(view.cell, view.step, predict=view.predict)
        if view.zoom is None:
            self.stages.viewport.fit()
        else:
            picture = self._session.state.picture
            row, column = view.cell or (picture.height // 2, picture.width // 2)
            self.stages.viewport.look_at((row + 0.5, column + 0.5), view.zoom * theme.current().scale)

    @property
    def view(self) -> LayerView:
        """Where it points and steps, as a lesson would say it."""
        viewport = self.stages.viewport
        zoom = None if viewport.fitted else viewport.zoom / theme.current().scale
        every, predict = self.every_stage.isChecked(), self.transport.predicting
        return LayerView(self.pointing.pinned_cell, self.transport.position, predict, every, zoom)

    def step(self, action: str) -> None:
        """Do what a key asks for: ``toggle``, ``forward``, ``unpin``, ``predict`` …."""
        if action == "unpin":
            self.pointing.unpin()
            self.transport.stop()
        else:
            getattr(self.transport, action)()

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        super().retranslate()
        self.mode.set_choice(self._session.state.channel_mode.value)
        if self.isVisible():
            self.show_state()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_arithmetic"):
            self._arithmetic.forget_room()

    def set_panels_visible(self, left: bool, right: bool) -> None:
        """Show or hide the panels at the sides."""
        self._left.setVisible(left)
        self._right.setVisible(right)
        if self._good is not None and self.isVisible():
            self._arrange()
            self.stages.viewport.fit()
