"""What the window remembers from one start to the next."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from convviz.ui.language import Language, system_language
from convviz.ui.state import Room
from convviz.ui.theme import ThemeName

MOST_RECENT = 10
WHITE = (255, 255, 255)


class Preferences:
    """Typed access to the user's settings; a damaged entry counts as missing.

    Parameters
    ----------
    settings : QSettings
        Where they are kept.
    """

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    @property
    def language(self) -> Language:
        """Language of the window."""
        try:
            return Language(str(self._settings.value("language", system_language().value)))
        except ValueError:
            return system_language()

    @language.setter
    def language(self, language: Language) -> None:
        self._settings.setValue("language", language.value)

    @property
    def theme(self) -> ThemeName:
        """Palette of the window."""
        try:
            return ThemeName(str(self._settings.value("theme", ThemeName.LIGHT.value)))
        except ValueError:
            return ThemeName.LIGHT

    @theme.setter
    def theme(self, theme: ThemeName) -> None:
        self._settings.setValue("theme", theme.value)

    @property
    def room(self) -> Room:
        """Room that was open last."""
        try:
            return Room(str(self._settings.value("room", Room.CONVOLUTION.value)))
        except ValueError:
            return Room.CONVOLUTION

    @room.setter
    def room(self, room: Room) -> None:
        self._settings.setValue("room", room.value)

    @property
    def geometry(self) -> QByteArray:
        """Place and size of the window; empty the first time."""
        value = self._settings.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("geometry", geometry)

    @property
    def recent(self) -> tuple[str, ...]:
        """Pictures opened last, the newest first."""
        value = self._settings.value("recent", [])
        paths = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return tuple(str(p) for p in paths if p)[:MOST_RECENT]

    def add_recent(self, path: str) -> None:
        """Put ``path`` first among the recent pictures."""
        paths = [path, *(p for p in self.recent if p != path)][:MOST_RECENT]
        self._settings.setValue("recent", paths)

    def forget_recent(self) -> None:
        """Forget the recent pictures."""
        self._settings.setValue("recent", [])

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
        self._settings.setValue("background", " ".join(map(str, colour)))


def own_kernels_path() -> Path:
    """Return the file that holds the user's own kernels."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    return Path(folder) / "kernels.json"
