"""What stands in the menus of the window and what it does."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Qt, Slot

from convviz.files.samples import PHOTO_SAMPLES, load_examples
from convviz.ui import theme
from convviz.ui.commands import Commands, Entry
from convviz.ui.dialogs import Dialogs
from convviz.ui.edit_menu import EditMenu
from convviz.ui.language import NATIVE_NAMES, Language, say
from convviz.ui.menu_keys import EMBEDDING_KEYS, NETWORK_KEYS, TRAINING_KEYS
from convviz.ui.menu_texts import MenuTexts
from convviz.ui.motion import reduce_motion
from convviz.ui.panels import Panels
from convviz.ui.state import Room
from convviz.ui.theme import TEXT_SIZES, ThemeName
from convviz.ui.widgets.viewport import Viewport

if TYPE_CHECKING:
    from convviz.ui.rooms.embeddings_room import EmbeddingsRoom
    from convviz.ui.window import Window


class Menus(QObject):
    """Fills the menu bar of the window.

    Parameters
    ----------
    window : Window
        Whose menu bar it is, and what the actions act on.
    """

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self.commands = Commands(window.menuBar(), self)
        self.panels = Panels(window, self.commands)
        self.dialogs = Dialogs(window)
        self._texts = MenuTexts(self)
        self._build_file()
        self._edit = EditMenu(window, self.commands, self)
        self._build_view()
        self._build_step()
        self._build_network()
        self._build_training()
        self._build_embeddings()
        self._build_lessons()
        self._build_help()
        self._fill_samples()
        self.commands.menus["recent"].aboutToShow.connect(self._fill_recent)
        window.addActions(list(self.commands.actions.values()))

    def _build_file(self) -> None:
        self.commands.add_menu(
            "file",
            (
                Entry("open", self.dialogs.open_file, ("Ctrl+O",)),
                "recent",
                "samples",
                "examples",
                "-",
                Entry("save", self._window.sessions.save, ("Ctrl+S",)),
                Entry("save-as", self._window.sessions.save_as, ("Ctrl+Shift+S",)),
                "-",
                Entry("paste", self.dialogs.paste, ("Ctrl+V", "Ctrl+Shift+V")),
                Entry("matrix", self.dialogs.type_matrix, ("Ctrl+M",)),
                Entry("background", self.dialogs.choose_background),
                "-",
                Entry("export", self._window.exports.open, ("Ctrl+E",)),
                Entry("copy-picture", self._window.exports.copy_picture, ("Ctrl+Alt+C",)),
                "-",
                Entry("quit", self._window.close, ("Ctrl+Q",)),
            ),
        )

    def _build_view(self) -> None:
        window = self._window
        self.commands.add_menu(
            "view",
            (
                Entry("room-image", lambda: window.set_room(Room.IMAGE), ("Ctrl+1",), "room"),
                Entry("room-convolution", lambda: window.set_room(Room.CONVOLUTION), ("Ctrl+2",), "room"),
                Entry("room-network", lambda: window.set_room(Room.NETWORK), ("Ctrl+3",), "room"),
                Entry("room-training", lambda: window.set_room(Room.TRAINING), ("Ctrl+4",), "room"),
                Entry("room-embeddings", lambda: window.set_room(Room.EMBEDDINGS), ("Ctrl+5",), "room"),
                "-",
                Entry("zoom-in", lambda: self._viewport().zoom_in(), ("Ctrl++", "Ctrl+=")),
                Entry("zoom-out", lambda: self._viewport().zoom_out(), ("Ctrl+-",)),
                Entry("fit", lambda: self._viewport().fit(), ("Ctrl+0",)),
                Entry("actual-size", lambda: self._viewport().actual_size(), ("Ctrl+Alt+0",)),
                "-",
                Entry("left-panel", partial(self.panels.choose, "right-panel"), ("F7",), checkable=True),
                Entry("right-panel", partial(self.panels.choose, "left-panel"), ("F8",), checkable=True),
                Entry("projector", self._toggle_projector, ("F5",), checkable=True),
                Entry("full-screen", self._toggle_full_screen, ("F11",), checkable=True),
                Entry("reduced-motion", self._choose_motion, checkable=True),
                "-",
                "text-size",
                "theme",
                "language",
            ),
        )
        for size in TEXT_SIZES:
            self._add_choice("text-size", f"text-size-{size}", partial(window.set_text_size, size))
        for name in ThemeName:
            self._add_choice("theme", f"theme-{name.value}", partial(window.set_theme, name))
        for language in Language:
            self._add_choice(
                "language",
                f"language-{language.value}",
                partial(window.set_language, language),
            )
        self.commands.check("reduced-motion", window.preferences.reduced_motion)
        reduce_motion(window.preferences.reduced_motion)
        self.panels.begin()
        self.show_theme(theme.current().name)
        self.show_text_size(round(100 * theme.current().scale))

    def _add_choice(self, menu: str, name: str, slot: object) -> None:
        assert callable(slot)
        self.commands.append(menu, Entry(name, slot, group=menu))

    def _build_step(self) -> None:
        step = self._window.convolution.step
        self.commands.add_menu(
            "step",
            tuple(
                Entry(f"step-{action}", partial(step, action), (f"Ctrl+Shift+{key}",))
                for action, key in {
                    "toggle": "Space",
                    "forward": "Right",
                    "back": "Left",
                    "first": "Home",
                    "last": "End",
                    "unpin": "Backspace",
                    "predict": "P",
                }.items()
            ),
        )

    def _build_lessons(self) -> None:
        lessons = self._window.lessons
        self.commands.add_menu(
            "lessons",
            (
                Entry("lessons-list", lessons.show_list, ("F2",)),
                Entry("lessons-next", lessons.forward, ("PgDown",)),
                Entry("lessons-back", lessons.back, ("PgUp",)),
                Entry("lessons-restore", lessons.restore, ("Shift+F2",)),
                Entry("lessons-leave", lessons.close, ("F3",)),
                Entry("lessons-present", lessons.present, ("Shift+F5",)),
                Entry("lessons-blackout", self._black_out, ("B", ".")),
                "-",
                Entry("lessons-open", self.dialogs.open_lesson, ("Ctrl+L",)),
                Entry("lessons-record", lessons.record, ("Ctrl+Shift+L",)),
                Entry("lessons-make", lessons.make, ("F4",)),
                Entry("lessons-handout", self._window.exports.open_handout, ("Ctrl+Shift+H",)),
            ),
        )
        self._enable_lessons(on=False, running=False)

    @Slot()
    def _black_out(self) -> None:
        # The window has none yet while its menus are made.
        self._window.blackout.toggle()

    def _enable_lessons(self, *, on: bool, running: bool) -> None:
        for name in ("next", "back", "restore"):
            self.commands.actions[f"lessons-{name}"].setEnabled(running)
        self.commands.actions["lessons-leave"].setEnabled(on)

    def show_lessons(self, *, on: bool, running: bool) -> None:
        """Let the keys of lessons do something while one runs; their panel takes a room's right side."""
        self._enable_lessons(on=on, running=running)
        self.panels.set_lesson(on)

    def _build_network(self) -> None:
        """Give every choice of the network room an entry with a key as well."""
        do = self._window.network.do
        self.commands.add_menu(
            "network",
            (
                Entry("network-model", self._window.open_model, ("Ctrl+Shift+O",)),
                *(
                    "-"
                    if action == "-"
                    else Entry(f"network-{action}", partial(do, action), (f"Alt+Shift+{key}",))
                    for action, key in NETWORK_KEYS
                ),
            ),
        )

    def _build_training(self) -> None:
        do = self._window.training.do
        self.commands.add_menu(
            "training",
            tuple(
                Entry(f"training-{name}", partial(do, name), (key,)) for name, key in TRAINING_KEYS.items()
            ),
        )

    def _build_embeddings(self) -> None:
        """Give every choice of the embeddings room an entry with a key as well."""
        do = self._window.embeddings.do
        self.commands.add_menu(
            "embeddings",
            tuple(
                "-"
                if action == "-"
                else Entry(f"embeddings-{action}", partial(do, action), (f"Ctrl+Alt+{key}",))
                for action, key in EMBEDDING_KEYS
            ),
        )

    def _build_help(self) -> None:
        self.commands.add_menu(
            "help",
            (
                Entry("keys", self.dialogs.show_keys, ("F1",)),
                Entry("log", self.dialogs.open_log),
                Entry("about", self.dialogs.show_about),
            ),
        )

    def _viewport(self) -> "Viewport | EmbeddingsRoom":
        window = self._window
        if window.room is Room.EMBEDDINGS:
            return window.embeddings
        if window.room is Room.NETWORK and window.network.desk is not None:
            return window.network.desk.pages.viewport
        return window.image.viewport if window.room is Room.IMAGE else window.convolution.stages.viewport

    def _fill_samples(self) -> None:
        for menu in ("samples", "examples"):
            self.commands.menus[menu].clear()
        for sample in PHOTO_SAMPLES:
            action = self.commands.menus["samples"].addAction(say(sample.title))
            action.setObjectName(f"sample-{sample.id}")
            action.triggered.connect(lambda _=False, i=sample.id: self._window.opener.open_sample(i))
        language = QLocale().name()[:2]
        for example in load_examples():
            title = example.titles.get(language, example.titles["en"])
            action = self.commands.menus["examples"].addAction(title)
            action.setObjectName(f"example-{example.id}")
            action.triggered.connect(lambda _=False, i=example.id: self._window.opener.show_example(i))

    @Slot()
    def _fill_recent(self) -> None:
        menu = self.commands.menus["recent"]
        menu.clear()
        recent = self._window.preferences.recent
        for path in recent:
            action = menu.addAction(Path(path).name.replace("&", "&&"))
            action.setToolTip(path)
            action.triggered.connect(lambda _=False, p=path: self._window.open_path(p))
        if recent:
            menu.addSeparator()
            menu.addAction(self.tr("Forget these")).triggered.connect(self._window.preferences.forget_recent)
        else:
            menu.addAction(self.tr("No pictures yet")).setEnabled(False)

    def _toggle_projector(self) -> None:
        self._window.set_projector(not self._window.projector)

    def _toggle_full_screen(self) -> None:
        # Only this bit: a window that was maximised is so again afterwards.
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def show_full_screen(self, on: bool) -> None:
        """Tick whether the window fills the screen."""
        self.commands.check("full-screen", on)

    def _choose_motion(self) -> None:
        """Let things move or not, also at the next start."""
        on = self.commands.actions["reduced-motion"].isChecked()
        self._window.preferences.reduced_motion = on
        reduce_motion(on)

    def show_room(self, room: Room) -> None:
        """Tick the room that is open."""
        self.commands.check(f"room-{room.value}")
        self._edit.choose_steps()

    def show_theme(self, name: ThemeName) -> None:
        """Tick the palette in force."""
        self.commands.check(f"theme-{name.value}")

    def show_text_size(self, percent: int) -> None:
        """Tick the size of texts in force; another one, as a projector's, is none of those."""
        if f"text-size-{percent}" in self.commands.actions:
            self.commands.check(f"text-size-{percent}")

    def show_projector(self, on: bool) -> None:
        """Tick whether everything is large."""
        self.commands.check("projector", on)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        languages = {f"language-{each.value}": name for each, name in NATIVE_NAMES.items()}
        sizes = {f"text-size-{size}": f"{size} %" for size in TEXT_SIZES}
        entries = self._texts.entries() | languages | sizes | self._edit.choice_texts()
        self.commands.set_texts(self._texts.menus(), entries)
        self.commands.check(f"language-{self._window.translations.language.value}")
        self._edit.name_steps()
        self._fill_samples()
