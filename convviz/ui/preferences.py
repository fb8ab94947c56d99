"""What the window remembers from one start to the next."""

import os
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from convviz.ui.language import Language, system_language
from convviz.ui.state import Room
from convviz.ui.theme import TEXT_SIZES, ThemeName

MOST_RECENT = 10
WHITE = (255, 255, 255)


class ForgetfulSettings(QSettings):
    """Settings of one run: nothing is there at first, nothing is kept, and the user's own are not touched."""

    def __init__(self) -> None:
        super().__init__(os.devnull, QSettings.Format.IniFormat)
        self._values: dict[str, object] = {}

    def value(self, key: str, default: object = None, type: object = None) -> object:
        """Return what was set under ``key`` in this run."""
        del type
        return self._values.get(key, default)

    def setValue(self, key: str, value: object) -> None:
        """Set ``key`` for this run."""
        self._values[key] = value

    def sync(self) -> None:
        """Do nothing: there is nothing to be written."""


class Preferences:
    """Typed access to the user's settings; a damaged entry counts as missing.

    Parameters
    ----------
    settings : QSettings
        Where they are kept.
    remember : bool
        Whether changes are kept; not for a window nobody sees.
    """

    def __init__(self, settings: QSettings, *, remember: bool = True) -> None:
        self._settings, self._remember = settings, remember

    @property
    def remember(self) -> bool:
        """Whether changes are kept."""
        return self._remember

    def _keep(self, key: str, value: object) -> None:
        if self._remember:
            self._settings.setValue(key, value)

    def write(self) -> None:
        """Write everything now; the process may be ended without its clean-up."""
        self._settings.sync()

    def _flag(self, key: str, default: bool) -> bool:
        # A file of settings gives back words.
        word = str(self._settings.value(key, default)).lower()
        return {"true": True, "false": False}.get(word, default)

    @property
    def language(self) -> Language:
        """Language of the window."""
        try:
            return Language(str(self._settings.value("language", system_language().value)))
        except ValueError:
            return system_language()

    @language.setter
    def language(self, language: Language) -> None:
        self._keep("language", language.value)

    @property
    def theme(self) -> ThemeName:
        """Palette of the window."""
        try:
            return ThemeName(str(self._settings.value("theme", ThemeName.LIGHT.value)))
        except ValueError:
            return ThemeName.LIGHT

    @theme.setter
    def theme(self, theme: ThemeName) -> None:
        self._keep("theme", theme.value)

    @property
    def room(self) -> Room:
        """Room that was open last."""
        try:
            return Room(str(self._settings.value("room", Room.CONVOLUTION.value)))
        except ValueError:
            return Room.CONVOLUTION

    @room.setter
    def room(self, room: Room) -> None:
        self._keep("room", room.value)

    @property
    def network(self) -> str:
        """Network that looked at the picture last, by its key in the catalogue; empty the first time."""
        return str(self._settings.value("network", ""))

    @network.setter
    def network(self, key: str) -> None:
        self._keep("network", key)

    @property
    def lessons_seen(self) -> frozenset[str]:
        """Ids of the lessons that were gone through to their last step."""
        return frozenset(str(self._settings.value("lessons-seen", "")).split())

    @lessons_seen.setter
    def lessons_seen(self, seen: frozenset[str]) -> None:
        self._keep("lessons-seen", " ".join(sorted(seen)))

    @property
    def folder(self) -> str:
        """Folder of pictures that was chosen last; empty the first time."""
        return str(self._settings.value("folder", ""))

    @folder.setter
    def folder(self, path: str) -> None:
        self._keep("folder", path)

    @property
    def geometry(self) -> QByteArray:
        """Place and size of the window; empty the first time."""
        value = self._settings.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._keep("geometry", geometry)

    @property
    def left_panel(self) -> bool:
        """Whether the panel on the left is shown."""
        return self._flag("left-panel", True)

    @left_panel.setter
    def left_panel(self, shown: bool) -> None:
        self._keep("left-panel", shown)

    @property
    def right_panel(self) -> bool:
        """Whether the panel on the right is shown, at the scale for a desk."""
        return self._flag("right-panel", True)

    @right_panel.setter
    def right_panel(self, shown: bool) -> None:
        self._keep("right-panel", shown)

    @property
    def projector(self) -> bool:
        """Whether everything is at projector scale."""
        return self._flag("projector", False)

    @projector.setter
    def projector(self, on: bool) -> None:
        self._keep("projector", on)

    @property
    def text_size(self) -> int:
        """Size of texts and controls in per cent, one of :data:`~convviz.ui.theme.TEXT_SIZES`."""
        word = str(self._settings.value("text-size", TEXT_SIZES[0]))
        return next((size for size in TEXT_SIZES if str(size) == word), TEXT_SIZES[0])

    @text_size.setter
    def text_size(self, percent: int) -> None:
        self._keep("text-size", percent)

    @property
    def reduced_motion(self) -> bool:
        """Whether nothing is to move on screen, whatever the desktop says."""
        return self._flag("reduced-motion", False)

    @reduced_motion.setter
    def reduced_motion(self, on: bool) -> None:
        self._keep("reduced-motion", on)

    @property
    def recent(self) -> tuple[str, ...]:
        """Pictures opened last, the newest first."""
        value = self._settings.value("recent", [])
        paths = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return tuple(str(p) for p in paths if p)[:MOST_RECENT]

    def add_recent(self, path: str) -> None:
        """Put ``path`` first among the recent pictures."""
        paths = [path, *(p for p in self.recent if p != path)][:MOST_RECENT]
        self._keep("recent", paths)

    def forget_recent(self) -> None:
        """Forget the recent pictures."""
        self._keep("recent", [])

    @property
    def background(self) -> tuple[int, int, int]:
        """Colour that shows through transparent pictures."""
        try:
            red, green, blue = (
                int(v) for v in str(self._settings.value("background", "255 255 255")).split()
            )
        except ValueError:
            return WHITE
        if not all(0 <= v <= 255 for v in (red, green, blue)):
            return WHITE
        return red, green, blue

    @background.setter
    def background(self, colour: tuple[int, int, int]) -> None:
        self._keep("background", " ".join(map(str, colour)))


def own_kernels_path() -> Path:
    """Return the file that holds the user's own kernels."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    return Path(folder) / "kernels.json"


def own_models_path() -> Path:
    """Return the file that holds the list of the user's own models."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    return Path(folder) / "models.json"
