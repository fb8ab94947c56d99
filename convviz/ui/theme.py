"""Colours, sizes and fonts of the whole application, from one place."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from convviz.files.resources import asset
from convviz.ui.stylesheet import stylesheet
from convviz.work.jobs import jobs_wait

BASE_PX = 15
DESK_SCALE = 1.0
TEXT_SIZES = (100, 125, 150, 175, 200)
"""Sizes of all texts and controls that a user chooses from, in per cent of those for a desk."""
PROJECTOR_SCALE = 1.6


class ThemeName(StrEnum):
    """The palettes a user chooses from."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "high-contrast"


@dataclass(frozen=True)
class Colours:
    """Every colour in use, as ``#rrggbb``; the names say what a colour means, not what it looks like."""

    window: str
    surface: str
    line: str
    text: str
    muted: str
    focus: str
    focus_soft: str
    on_focus: str
    negative: str
    positive: str
    red: str
    green: str
    blue: str
    problem: str
    problem_text: str
    blank: str
    plot: str
    shade: str


LIGHT = Colours(
    window="#f4f6f8",
    surface="#ffffff",
    line="#d5dae1",
    text="#16191f",
    muted="#4b5565",
    focus="#6d28d9",
    focus_soft="#ede9fe",
    on_focus="#ffffff",
    negative="#1d4ed8",
    positive="#b45309",
    red="#b91c1c",
    green="#15803d",
    blue="#1d4ed8",
    problem="#fef3c7",
    problem_text="#713f12",
    blank="#e9edf2",
    plot="#94a3b8",
    shade="#64748b",
)
DARK = Colours(
    window="#14171c",
    surface="#1c2027",
    line="#3a414d",
    text="#f1f4f8",
    muted="#b6bfcc",
    focus="#a78bfa",
    focus_soft="#3b2a63",
    on_focus="#14171c",
    negative="#8ab8ff",
    positive="#fdba74",
    red="#fca5a5",
    green="#86efac",
    blue="#93c5fd",
    problem="#4a3608",
    problem_text="#fef3c7",
    blank="#262b34",
    plot="#7c8aa0",
    shade="#94a3b8",
)
CONTRAST = Colours(
    window="#ffffff",
    surface="#ffffff",
    line="#000000",
    text="#000000",
    muted="#1f2937",
    focus="#5b21b6",
    focus_soft="#ddd6fe",
    on_focus="#ffffff",
    negative="#0b3ba8",
    positive="#7c2d12",
    red="#8b0000",
    green="#065f26",
    blue="#0b3ba8",
    problem="#fde68a",
    problem_text="#000000",
    blank="#e5e7eb",
    plot="#475569",
    shade="#111827",
)
_COLOURS = {ThemeName.LIGHT: LIGHT, ThemeName.DARK: DARK, ThemeName.CONTRAST: CONTRAST}


@dataclass(frozen=True)
class Theme:
    """A palette at a scale.

    Parameters
    ----------
    name : ThemeName
        Which palette.
    scale : float
        1.0 at a desk, up to 2.0 where the user wants larger texts, at least 1.6 on a projector.
    """

    name: ThemeName = ThemeName.LIGHT
    scale: float = DESK_SCALE

    @property
    def colours(self) -> Colours:
        """Colours of the palette."""
        return _COLOURS[self.name]

    @property
    def arrow(self) -> str:
        """Path of the picture of a downward arrow in the colour of the text."""
        name = "chevron-light.svg" if self.name is ThemeName.DARK else "chevron-dark.svg"
        return asset("icons", name).as_posix()

    @property
    def tick(self) -> str:
        """Path of the picture of a tick in the colour that stands on the focus colour."""
        name = "tick-dark.svg" if self.name is ThemeName.DARK else "tick-light.svg"
        return asset("icons", name).as_posix()

    def px(self, size: float) -> int:
        """Return ``size`` design pixels at this scale, at least 1."""
        return max(1, round(size * self.scale))

    def words(self, size: float = BASE_PX, *, bold: bool = False) -> QFont:
        """Return the font for words, ``size`` design pixels high."""
        return QFont(_words_font(self.px(size), bold))

    def digits(self, size: float = BASE_PX, *, bold: bool = False) -> QFont:
        """Return the monospaced font for numbers, ``size`` design pixels high."""
        return digits_font(self.px(size), bold=bold)


def digits_font(pixels: int, *, bold: bool = False) -> QFont:
    """Return the monospaced font for numbers, ``pixels`` screen pixels high."""
    return QFont(_digits_font(pixels, bold))


# Copies of one font share what Qt has found out about it; looking that up costs more than drawing a word.
@lru_cache(maxsize=64)
def _words_font(pixels: int, bold: bool) -> QFont:
    font = QFont()
    font.setFamilies(["Inter", QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()])
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


@lru_cache(maxsize=128)
def _digits_font(pixels: int, bold: bool) -> QFont:
    font = QFont()
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    font.setFamilies(["JetBrains Mono", "Cascadia Mono", "Menlo", "DejaVu Sans Mono", system])
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPixelSize(max(1, pixels))
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return font


_STYLE, _FUSION = "convviz-style", "Fusion"
# Not a property of the application: every widget asks several times while it is painted.
_in_force = [Theme()]


def current() -> Theme:
    """Return the theme in force."""
    return _in_force[0]


def install(theme: Theme) -> None:
    """Make ``theme`` the one in force and repaint everything with it."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    _in_force[:] = [theme]
    # The application does not say which style there is below its style sheet.
    if app.property(_STYLE) != _FUSION:
        app.setStyle(_FUSION)
        app.setProperty(_STYLE, _FUSION)
    sheet = stylesheet(theme)
    with jobs_wait():
        app.setPalette(_palette(theme.colours))
        app.setFont(theme.words())
        # Qt styles every widget anew even if the sheet is the one it has.
        if app.styleSheet() != sheet:
            # From one sheet to another Qt styles each widget once for every widget it lies in, ten times or
            # so; from none to one, once.
            app.setStyleSheet("")
            app.setStyleSheet(sheet)


def _palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for target, colour in {
        role.Window: colours.window,
        role.Base: colours.surface,
        role.AlternateBase: colours.window,
        role.Button: colours.surface,
        role.ToolTipBase: colours.surface,
        role.WindowText: colours.text,
        role.Text: colours.text,
        role.ButtonText: colours.text,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.muted,
        role.Highlight: colours.focus,
        role.HighlightedText: colours.on_focus,
        role.Link: colours.focus,
        role.Accent: colours.focus,
    }.items():
        palette.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(colours.muted))
    return palette
