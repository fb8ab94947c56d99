"""Where the boxes, arrows and numbers of modules beside each other stand."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont

from convviz.core.modules import Join, Module, Part, PartKind
from convviz.core.shown import grouped
from convviz.ui import theme
from convviz.ui.figures.scene import LEFT, Box, Label, Lines, Scene, advance, line_height
from convviz.ui.layer_text import short_count

_STEPS = 25
_SMALLEST = 0.4


@dataclass(frozen=True)
class Words:
    """The words of a module, in the language in force; ``joined`` and ``totals`` are lines."""

    name: str
    given: str
    joined: tuple[str, str]
    totals: tuple[str, ...]
    pooling: str


@dataclass(frozen=True)
class Shown:
    """What is to be laid out.

    Parameters
    ----------
    modules : tuple of (Module, Words)
        Those in sight.
    places : int
        For how many there is to be room.
    rows : int
        Boxes of the longest branch of all.
    numbers : bool
        Whether weights and multiply-adds are told.
    foot : tuple of str
        Lines at the bottom.
    picked : int
        Number of the part we talk about, among all in sight.
    """

    modules: tuple[tuple[Module, Words], ...]
    places: int
    rows: int
    numbers: bool
    foot: tuple[str, ...]
    picked: int


def part_lines(part: Part, pooling: str, numbers: bool) -> list[str]:
    """Return what is written in a box: its window, its channels, weights and multiply-adds."""
    kernel = f"{part.listed.kernel}×{part.listed.kernel}"
    lines = [
        f"{pooling} {kernel}" if part.listed.kind is PartKind.POOL else kernel,
        f"{part.channels_in} → {part.channels_out}",
    ]
    return [*lines, grouped(part.weights), short_count(part.multiply_adds)] if numbers else lines


def lay_out(shown: Shown, place: QRectF) -> Scene:
    """Return the scene within ``place``, its texts as large as they fit, and no larger than usual."""
    layout = _Layout(shown, place, 1.0)
    for step in range(1, _STEPS):
        if layout.fits:
            break
        layout = _Layout(shown, place, 1.0 - (1.0 - _SMALLEST) * step / (_STEPS - 1))
    return layout.scene()


class _Layout:
    """A scene at one size of its texts."""

    def __init__(self, shown: Shown, place: QRectF, scale: float) -> None:
        now = theme.current()
        self._shown, self._place, self._now = shown, place, now
        self._unit = now.px(100) * scale / 100
        self._title, self._plain = now.words(17 * scale, bold=True), now.words(15 * scale)
        self._bold, self._digits = now.digits(15 * scale, bold=True), now.digits(15 * scale)
        self._small = now.words(13 * scale)
        self._line = line_height(self._bold)
        self._pad, self._least_gap = 6 * self._unit, 18 * self._unit
        lines = 4 if shown.numbers else 2
        self._box = lines * self._line + 2 * self._pad
        self._bar = line_height(self._plain) + 2 * self._pad
        self._end = self._bar + self._line
        self._foot = len(shown.foot) * self._line + (12 * self._unit if shown.foot else 0.0)
        self._totals = max(len(words.totals) for _, words in shown.modules) * (self._line + 2)
        fixed = line_height(self._title) + 8 * self._unit + self._bar + shown.rows * self._box + self._end
        gaps = place.height() - fixed - self._totals - 8 * self._unit - self._foot
        self._gap = min(gaps / (shown.rows + 1), 56 * self._unit)
        between = 32 * self._unit
        self._width = (place.width() - between * (shown.places - 1)) / shown.places
        self._pitch = self._width + between
        # What is left over is shared by top and bottom.
        self._top = place.top() + max(0.0, (gaps - self._gap * (shown.rows + 1)) / 2)

    # Fitting

    @property
    def fits(self) -> bool:
        """Whether every text has its room."""
        widths = [self._fits_module(module, words) for module, words in self._shown.modules]
        foot = all(advance(self._digits, line) <= self._place.width() for line in self._shown.foot)
        return self._gap >= self._least_gap and all(widths) and foot

    def _fits_module(self, module: Module, words: Words) -> bool:
        room = self._width - 2 * self._pad
        bars = (words.joined[0], words.given)
        whole = all(advance(self._plain, text) <= room for text in bars)
        whole = whole and advance(self._bold, words.joined[1]) <= room
        whole = whole and advance(self._title, words.name) <= self._width
        whole = whole and all(advance(self._plain, text) <= self._width for text in words.totals[1:])
        whole = whole and all(advance(self._title, text) <= self._width for text in words.totals[:1])
        inner = self._column(module) - 2 * self._pad
        lines = [
            line for part in module.parts for line in part_lines(part, words.pooling, self._shown.numbers)
        ]
        return whole and all(advance(self._bold, line) <= inner for line in lines)

    def _column(self, module: Module) -> float:
        """Return how wide a box may be."""
        count = len(module.branches)
        return min((self._width - 8 * self._unit * (count - 1)) / count, 220 * self._unit)

    # Painting

    def scene(self) -> Scene:
        """Return everything in its place."""
        scene, number = Scene(), 0
        for index, (module, words) in enumerate(self._shown.modules):
            left = self._place.left() + index * self._pitch
            number = self._add_module(scene, module, words, left, number)
        height = len(self._shown.foot) * self._line
        top = self._place.bottom() - height
        for line in self._shown.foot:
            room = QRectF(self._place.left(), top, self._place.width(), self._line)
            scene.add(Label(room, line, self._digits, self._now.colours.text, LEFT))
            top += self._line
        return scene

    def _add_module(self, scene: Scene, module: Module, words: Words, left: float, number: int) -> int:
        """Add a module and return the number of the part after its last."""
        colours, y = self._now.colours, self._top
        height = line_height(self._title)
        scene.add(Label(QRectF(left, y, self._width, height), words.name, self._title, colours.text, LEFT))
        y += height + 8 * self._unit
        given = QRectF(left, y, self._width, self._bar)
        rows = self._shown.rows
        end = QRectF(left, given.bottom() + rows * self._box + (rows + 1) * self._gap, self._width, self._end)
        self._add_bar(scene, given, (words.given,), (self._plain,))
        slot = self._width / len(module.branches)
        for place, branch in enumerate(module.branches):
            x = left + (place + 0.5) * slot
            ends = (x, given.bottom(), end.top())
            if branch:
                number = self._add_branch(scene, module, words, branch, ends, number)
            else:
                self._add_skip(scene, ends)
        self._add_bar(scene, end, words.joined, (self._plain, self._bold))
        self._add_totals(scene, words, left, end.bottom() + 8 * self._unit)
        return number

    def _add_bar(self, scene: Scene, place: QRectF, lines: tuple[str, ...], fonts: tuple[QFont, ...]) -> None:
        colours = self._now.colours
        scene.add(Box(place, colours.blank, colours.line, 1.0, radius=4 * self._unit))
        height = (place.height() - 2 * self._pad) / len(lines)
        for n, (line, font) in enumerate(zip(lines, fonts, strict=True)):
            room = QRectF(place.left() + self._pad, place.top() + self._pad + n * height, 0, height)
            room.setWidth(place.width() - 2 * self._pad)
            scene.add(Label(room, line, font, colours.text))

    def _add_branch(
        self,
        scene: Scene,
        module: Module,
        words: Words,
        branch: tuple[Part, ...],
        ends: tuple[float, float, float],
        number: int,
    ) -> int:
        x, top, bottom = ends
        width, before = self._column(module), top
        for n, part in enumerate(branch):
            # The last boxes of all branches stand side by side.
            y = bottom - (len(branch) - n) * (self._box + self._gap)
            box = QRectF(x - width / 2, y, width, self._box)
            self._add_arrow(scene, x, before, y)
            self._add_box(scene, box, part, words, number)
            before = box.bottom()
            last = n == len(branch) - 1
            if part.listed.kind is PartKind.CONV and not (last and module.join is Join.ADD):
                self._add_beside(scene, x, before, "ReLU")
            elif last and module.join is Join.ADD:
                self._add_beside(scene, x, before, "F(x)")
            number += 1
        self._add_arrow(scene, x, before, bottom)
        return number

    def _add_arrow(self, scene: Scene, x: float, top: float, bottom: float) -> None:
        points = (QPointF(x, top), QPointF(x, bottom))
        scene.add(Lines(points, self._now.colours.muted, max(1.0, 1.5 * self._unit), arrow=8 * self._unit))

    def _add_beside(self, scene: Scene, x: float, top: float, text: str) -> None:
        """Write what happens to the values on their way down, beside the arrow."""
        room = QRectF(x + 8 * self._unit, top, advance(self._small, text) + 1, self._gap)
        scene.add(Label(room, text, self._small, self._now.colours.muted, LEFT))

    def _add_skip(self, scene: Scene, ends: tuple[float, float, float]) -> None:
        x, top, bottom = ends
        violet = self._now.colours.focus
        scene.add(Lines((QPointF(x, top), QPointF(x, bottom)), violet, 3 * self._unit, arrow=12 * self._unit))
        lines = ["x", "0"] if self._shown.numbers else ["x"]
        y = (top + bottom - len(lines) * self._line) / 2
        for line in lines:
            room = QRectF(x + 10 * self._unit, y, advance(self._bold, line) + 1, self._line)
            scene.add(Label(room, line, self._bold, violet, LEFT))
            y += self._line

    def _add_box(self, scene: Scene, place: QRectF, part: Part, words: Words, number: int) -> None:
        colours, picked = self._now.colours, number == self._shown.picked
        marked = part.listed.marked
        outline = colours.focus if picked or marked else colours.shade
        width = (3 if picked else 1.5) * self._unit
        fill = colours.focus_soft if marked else colours.surface
        scene.add(Box(place, fill, outline, width, radius=4 * self._unit))
        scene.targets.append((place, number))
        lines = part_lines(part, words.pooling, self._shown.numbers)
        inks = (colours.text, colours.text, colours.text, colours.muted)
        fonts = (self._bold, self._digits, self._bold, self._digits)
        for n, (line, font, ink) in enumerate(zip(lines, fonts, inks, strict=False)):
            room = QRectF(place.left(), place.top() + self._pad + n * self._line, place.width(), self._line)
            scene.add(Label(room, line, font, ink))

    def _add_totals(self, scene: Scene, words: Words, left: float, top: float) -> None:
        colours = self._now.colours
        for n, line in enumerate(words.totals):
            font, ink = (self._title, colours.text) if n == 0 else (self._plain, colours.muted)
            room = QRectF(left, top + n * (self._line + 2), self._width, self._line + 2)
            scene.add(Label(room, line, font, ink, LEFT))
