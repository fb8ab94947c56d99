"""A section through layers, one unit with what feeds it, and the input seen from above."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from convviz.core.field_growth import Level, Sliding, feeding
from convviz.core.geometry import receptive_field
from convviz.ui import theme
from convviz.ui.figures.growth_layout import GrowthLayout, RowText
from convviz.ui.figures.scene import LEFT, Box, Label, Lines, Scene, mixed

# Lines of the picture's grid are drawn where they are at least so far apart.
_LINES_PX = 5.0


@dataclass(frozen=True)
class Section:
    """What is drawn.

    Parameters
    ----------
    chain : tuple of ConvSpec or PoolSpec
        The layers.
    levels : tuple of Level
        The input and their outputs.
    stage : int
        How many layers are shown.
    level, unit : int
        The unit that is picked.
    """

    chain: tuple[Sliding, ...]
    levels: tuple[Level, ...]
    stage: int
    level: int
    unit: int

    def scene(
        self,
        place: GrowthLayout,
        texts: tuple[RowText, ...],
        heads: tuple[str, ...],
        legend: tuple[str, ...],
    ) -> Scene:
        """Return everything in its ``place``; ``heads`` stand above the picture, ``legend`` below it."""
        scene, colours = Scene(), theme.current().colours
        fed = feeding(self.chain, self.levels, self.level, self.unit)
        self._add_joins(scene, place, fed)
        for number, text in enumerate(texts):
            self._add_row(scene, place, number, fed)
            self._add_label(scene, place, number, text)
        self._add_picture(scene, place, fed)
        for line, said in zip(place.heads(), heads, strict=True):
            scene.add(Label(line, said, place.words, colours.text, LEFT))
        for line, said in zip(place.legend(), legend, strict=True):
            scene.add(Label(line, said, place.words, colours.muted, LEFT))
        return scene

    @staticmethod
    def _add_joins(scene: Scene, place: GrowthLayout, fed: list[dict[int, tuple[int, ...]]]) -> None:
        colours, width = theme.current().colours, theme.current().px(1.4)
        for number in range(1, len(fed)):
            for unit, reads in fed[number].items():
                top = place.unit(number, unit)
                for tap in reads:
                    below = place.unit(number - 1, tap)
                    ends = (
                        QPointF(top.center().x(), top.bottom()),
                        QPointF(below.center().x(), below.top()),
                    )
                    length = place.levels[number - 1].length
                    scene.add(Lines(ends, colours.focus, width, dashed=not 0 <= tap < length))

    def _add_row(
        self, scene: Scene, place: GrowthLayout, number: int, fed: list[dict[int, tuple[int, ...]]]
    ) -> None:
        now, colours = theme.current(), theme.current().colours
        length, border = place.levels[number].length, place.borders[number] if number < self.stage else 0
        feeds = fed[number] if number < len(fed) else {}
        read = {tap for reads in (fed[number + 1].values() if number + 1 < len(fed) else ()) for tap in reads}
        for unit in range(-border, length + border):
            box, inside = place.unit(number, unit), 0 <= unit < length
            is_fed, is_picked = unit in feeds or unit in read, (number, unit) == (self.level, self.unit)
            fill = colours.focus if is_picked else colours.focus_soft if is_fed else colours.surface
            ink = colours.focus if is_fed or is_picked else colours.plot
            thick = now.px(2) if is_fed or is_picked else now.px(1)
            round_by = min(4.0, box.width() / 5)
            scene.add(Box(box, fill if inside else "", ink, thick, dashed=not inside, radius=round_by))
            if inside:
                index = sum(one.length for one in self.levels[:number]) + unit
                scene.targets.append((self._around(place, box, number), index))

    @staticmethod
    def _around(place: GrowthLayout, box: QRectF, number: int) -> QRectF:
        """Return where a click picks a unit: a little around it, as the units of a long input are small."""
        wide = max(box.width(), min(place.cell * place.levels[number].jump, 24.0))
        more = max(0.0, 12.0 - box.height() / 2)
        aside = (wide - box.width()) / 2
        return box.adjusted(-aside, -more, aside, more)

    def _add_label(self, scene: Scene, place: GrowthLayout, number: int, text: RowText) -> None:
        colours = theme.current().colours
        is_picked = number == self.level
        title, *lines = place.label(number)
        scene.add(Label(title, text.title, place.title, colours.focus if is_picked else colours.text, LEFT))
        for line, said in zip(lines, text.lines, strict=True):
            font = place.words if said == text.settings else place.digits
            scene.add(Label(line, said, font, colours.text if is_picked else colours.muted, LEFT))

    def _add_picture(self, scene: Scene, place: GrowthLayout, fed: list[dict[int, tuple[int, ...]]]) -> None:
        now, colours = theme.current(), theme.current().colours
        picture, length = place.picture(), self.levels[0].length
        scene.add(Box(picture, colours.surface, colours.shade, now.px(1)))
        seen = self._on_picture(place, self.level, self.unit)
        scene.add(Box(seen, colours.focus_soft))
        cell, grid = picture.width() / length, mixed(colours.plot, colours.surface, 0.4)
        if cell >= _LINES_PX:
            for number in range(1, length):
                at = number * cell
                top, left = picture.topLeft() + QPointF(at, 0), picture.topLeft() + QPointF(0, at)
                scene.add(Lines((top, top + QPointF(0, picture.height())), grid))
                scene.add(Lines((left, left + QPointF(picture.width(), 0)), grid))
        scene.add(Box(seen, "", colours.focus, now.px(3)))
        # Within it, what one unit of each layer below sees: always one of those that feed the picked one.
        inner = self.unit
        for number in range(self.level, 1, -1):
            inside = [t for t in fed[number][inner] if 0 <= t < self.levels[number - 1].length]
            if not inside:
                break
            inner = inside[(len(inside) - 1) // 2]
            scene.add(Box(self._on_picture(place, number - 1, inner), "", colours.focus, now.px(1.4)))

    def _on_picture(self, place: GrowthLayout, level: int, unit: int) -> QRectF:
        field = receptive_field(self.chain[:level], (unit, unit))
        last = field.top + field.height - 1, field.left + field.width - 1
        return place.seen((field.top, field.left), last)
