"""One unit of a network written out, in a worker thread: long filters have thousands of products."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from convviz.core.arithmetic import ConvolutionCell
from convviz.core.pieces import Line, Piece
from convviz.core.wording import MORE
from convviz.nets.unit import UnitExplanation, explain_unit
from convviz.nets.unit_text import listed_channels
from convviz.nets.unit_words import sentence_of
from convviz.ui.language import say
from convviz.ui.network_source import Traced, sees_colours
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread

# Terms of a line, and lines of channels, that are written out; the rest is summed up.
MOST_TERMS, MOST_CHANNELS = 9, 3
# Letters of a layer's name that leave room for its arithmetic.
LONGEST_NAME = 36


@dataclass(frozen=True, eq=False)
class _Asked:
    """A unit, and the words for what is left out."""

    traced: Traced
    layer: int
    index: tuple[int, ...]
    more: str


@dataclass(frozen=True, eq=False)
class WrittenUnit:
    """A unit taken apart, and its arithmetic.

    Parameters
    ----------
    found : UnitExplanation
        The unit.
    lines : tuple of Line
        Of a convolution over many channels, those of the channels that contribute most, and the sum.
    channels : int
        How many lines of channels are left out.
    names : tuple of str
        Red, green and blue, where these are read.
    """

    found: UnitExplanation
    lines: tuple[Line, ...]
    channels: int
    names: tuple[str, ...]


def _write(asked: _Asked, context: JobContext) -> WrittenUnit:
    context.check()
    traced = asked.traced
    found = explain_unit(traced.trace, traced.network.parameter, asked.layer, asked.index)
    context.check()
    names = ("R", "G", "B") if sees_colours(traced, asked.layer) else ()
    lines = found.lines(limit=MOST_TERMS, channel_names=names, more=asked.more, most=MOST_CHANNELS)
    cell = found.cell
    channels = len(cell.partial_sums) if isinstance(cell, ConvolutionCell) else 0
    return WrittenUnit(found, lines, channels - len(listed_channels(cell, MOST_CHANNELS)), names)


class UnitWriter(QObject):
    """Writes out the unit that was asked for last.

    Parameters
    ----------
    thread : WorkerThread
        Where; it must not be kept busy by networks.
    parent : QObject
        Owner.
    """

    explained = Signal(object, object)  # UnitExplanation; names of the channels it reads, if they have any
    written = Signal(str, str, object)  # how it comes about in words; its name; lines for the arithmetic line
    defect = Signal(str)  # details of an error nobody foresaw

    def __init__(self, thread: WorkerThread, parent: QObject) -> None:
        super().__init__(parent)
        self._lane = Lane(thread, self)
        self._lane.finished.connect(self._finish)

    @property
    def busy(self) -> bool:
        """Whether a unit is being written out."""
        return self._lane.busy

    def ask(self, traced: Traced, layer: int, index: tuple[int, ...]) -> None:
        """Ask for the unit at ``index`` of a layer's output."""
        more = QCoreApplication.translate("Sentence", MORE)
        self._lane.submit(_Asked(traced, layer, index, more), _write)

    def cancel(self) -> None:
        """Ask for none."""
        self._lane.cancel()

    @Slot(object)
    def _finish(self, outcome: Outcome) -> None:
        if isinstance(outcome.result, WrittenUnit):
            self.explained.emit(outcome.result.found, outcome.result.names)
            self.written.emit(*self._worded(outcome.result, outcome.request))
        elif outcome.defect is not None:
            self.defect.emit(outcome.defect)

    def _worded(self, unit: WrittenUnit, asked: object) -> tuple[str, str, tuple[Line, ...]]:
        assert isinstance(asked, _Asked)
        found, lines = unit.found, unit.lines
        last = (*lines[-1], Piece("   " + _unbroken(self._check(found))))
        left_out: tuple[Line, ...] = ()
        if unit.channels:
            left_out = ((Piece(self.tr("… and {0} more channels").format(unit.channels)),),)
        index = ", ".join(map(str, found.index))
        words = say(sentence_of(found, asked.traced.trace.architecture))
        return words, f"{_short(found.layer.name)}[{index}] =", (*lines[:-1], *left_out, last)

    def _check(self, found: UnitExplanation) -> str:
        if not found.is_computed:
            return self.tr("(the network’s own value)")
        return self.tr("✓ the network’s own value") if found.agrees else self.tr("the network differs")


def _short(name: str) -> str:
    """Return a layer's name, of a long path only its end: the title above the maps has all of it."""
    parts = name.split(".")
    while len(parts) > 1 and len(".".join(parts)) > LONGEST_NAME:
        del parts[0]
    short = ".".join(parts)
    return short if short == name else f"….{short}"


def _unbroken(text: str) -> str:
    """Return ``text`` with its words held together."""
    return text.replace(" ", "\u00a0")
