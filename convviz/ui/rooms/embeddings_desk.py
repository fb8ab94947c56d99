"""All there is in the embeddings room: pictures in, vectors, distances, a map, and the experiment."""

from collections.abc import Iterable

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from convviz.core.picture import Picture
from convviz.core.text import Sentence
from convviz.ui.embedding_trial import TrialRunner
from convviz.ui.gallery import Gallery, Item
from convviz.ui.gallery_jobs import GalleryMaker
from convviz.ui.own_source import Opening
from convviz.ui.preferences import Preferences
from convviz.ui.rooms.embeddings_actions import do
from convviz.ui.rooms.embeddings_asked import Asked
from convviz.ui.rooms.embeddings_face import EmbeddingsFace
from convviz.ui.rooms.embeddings_in import PicturesIn
from convviz.ui.rooms.embeddings_networks import EmbeddingNetworks
from convviz.ui.rooms.embeddings_out import VectorsOut
from convviz.ui.rooms.embeddings_pair import PairBoard
from convviz.ui.rooms.embeddings_remarks import remark_on
from convviz.ui.rooms.embeddings_views import GalleryViews
from convviz.ui.rooms.network_notices import NetworkNotices
from convviz.work.threads import Threads


class EmbeddingsDesk(EmbeddingsFace):
    """Pictures as vectors, compared in every way.

    Parameters
    ----------
    threads : Threads
        Where networks run, neighbours are looked for and files are written.
    preferences : Preferences
        The colour behind transparent pictures.
    parent : QWidget
        Owner.
    """

    told = Signal(str)  # what is said of the place pointed at; empty for none
    described = Signal(str)  # how many pictures, of which network and layer
    defect = Signal(str)  # details of an error nobody foresaw

    def __init__(self, threads: Threads, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.maker = GalleryMaker(threads.long, self)
        self.runner = TrialRunner(threads.long, self)
        self.build(self.runner)
        self.notices = NetworkNotices(self.problem, self.progress, self)
        self.networks = EmbeddingNetworks(self.bar, threads.long)
        self.board = PairBoard(self, threads.measure)
        self.views = GalleryViews(self)
        self.pictures = PicturesIn(preferences, self)
        self.out = VectorsOut(threads.save, self)
        self._gallery: Gallery | None = None
        self._asked = Asked()
        self._connect()
        self.retranslate()
        self.views.show_page()

    def _connect(self) -> None:
        self.maker.made.connect(self._take)
        self.maker.failed.connect(self._fail)
        self.maker.defect.connect(self._break_down)
        self.maker.progressed.connect(self.notices.show_progress)
        self.maker.busy_changed.connect(self._watch)
        for failing in (self.runner, self.networks):
            failing.failed.connect(self.notices.say)
        for part in (self.runner, self.networks, self.board, self.out):
            part.defect.connect(self.defect)
        self.out.told.connect(self._tell)
        self.progress.cancelled.connect(self.cancel)
        self.bar.add.clicked.connect(self.pictures.ask_files)
        self.alone.add.clicked.connect(self.pictures.ask_files)
        self.bar.folder.clicked.connect(self.pictures.ask_folder)
        self.pictures.chosen.connect(self.add_paths)
        self.bar.clear.clicked.connect(self.clear)
        self.bar.save.clicked.connect(self.ask_save)
        self.bar.layer_chosen.connect(self.choose_layer)
        self.bar.view_chosen.connect(self.views.choose)
        self.views.turned.connect(self._try)
        self.networks.chosen.connect(self._go_to)
        self.empty.samples.clicked.connect(self.take_samples)
        self.pair.changed.connect(self._try)
        for told in (self.strips.told, self.plane.told, self.matrices.told):
            told.connect(self.told)

    # Pictures in

    @property
    def busy(self) -> bool:
        """Whether something is awaited, the rest of a curve included."""
        parts = self.maker, self.runner, self.networks, self.board, self.out
        return self.trial.asking or any(part.busy for part in parts)

    @property
    def asked(self) -> Asked:
        """What is wanted; what is on screen may be older."""
        return self._asked

    @property
    def gallery(self) -> Gallery | None:
        """What is on screen; None before the first."""
        return self._gallery

    def show_state(self) -> None:
        """Begin with the photographs that come with convviz, and list the models of the user's."""
        self.networks.list_own()
        if self._gallery is None and not self.maker.busy and not self._asked.items:
            self.take_samples()
        self._write()

    @Slot()
    def take_samples(self) -> None:
        """Show the photographs that come with convviz."""
        self._asked.want_samples()
        self._ask()

    @Slot(object)
    def add_paths(self, paths: Iterable[str]) -> None:
        """Add files and the pictures in folders."""
        self._asked.want_paths(tuple(paths))
        self._ask()

    def want(self, items: tuple[Item, ...], key: str, layer: str, pair: tuple[int, int]) -> None:
        """Show these pictures with vectors of a network and layer, two of them chosen, and nothing else."""
        asked, now = self._asked, self._gallery
        opening = asked.opening if key == asked.key else self.networks.opening(key)
        to_ask = opening is not None and opening.asks
        asked.items, asked.paths = items, ()
        asked.are_samples = bool(items) and all(item.sample for item in items)
        if not to_ask:
            asked.key, asked.opening, asked.layer = key, opening, layer
        self.networks.show(asked.key, now)
        same = (
            now is not None and now.items == items and (asked.key, asked.layer) == (now.key, now.space.layer)
        )
        if self.maker.busy or not same:
            self.board.want_pair(*pair)
            self._ask()
        else:
            self.board.forget_wanted()
            self.pair.choose(*pair)
        if to_ask:
            self.choose_network(key)

    def add_picture(self, picture: Picture) -> None:
        """Add a picture that is open elsewhere in the window."""
        self._asked.want_picture(picture)
        self._ask()

    @Slot()
    def clear(self) -> None:
        """Take all pictures away; another network or layer that is on its way still comes."""
        self.maker.cancel()
        self.notices.clear()
        self._asked.want_no_picture()
        now, background = self._gallery, self._preferences.background
        if now is None:
            return
        changes = self._asked.is_older(now.emptied(), background)
        self._show(now.emptied())
        if changes:
            self.networks.show(self._asked.key, self._gallery)
            self._ask()

    def _ask(self) -> None:
        self.notices.clear()
        self.maker.ask(self._asked.wanted(self._preferences.background, self._gallery))
        self._mark_stale()

    def follow_background(self) -> None:
        """Show transparent pictures on the colour that is chosen now."""
        if any(item.may_be_transparent for item in self._asked.items):
            self._ask()
            self._try()

    @Slot()
    def cancel(self) -> None:
        """Give up what is awaited; what is on screen stays."""
        self.maker.cancel()
        self._go_back()

    def _go_back(self) -> None:
        """Choose what is on screen again."""
        now = self._gallery
        self.board.forget_wanted()
        self._asked.go_back(now)
        if now is not None:
            self.networks.show(now.key, now)
            self.bar.set_layers(now.architecture, now.space.layer)
        self._mark_stale()

    # Network and layer

    def choose_network(self, key: str) -> None:
        """Go over to another network, after a question if it is a program of the user's."""
        self.networks.choose(key)

    @Slot(str, object)
    def _go_to(self, key: str, opening: Opening | None) -> None:
        self._asked.want_network(key, opening)
        self.networks.show(key, self._gallery)
        self._ask()

    @Slot(str)
    def choose_layer(self, layer: str) -> None:
        """Show the output of another layer, or the pixels."""
        self._asked.layer = layer
        self._ask()

    # From the network to the screen

    @Slot(object)
    def _take(self, gallery: Gallery) -> None:
        self.networks.read_catalogue()
        self._asked.take(gallery)
        self._show(gallery)
        remark = remark_on(gallery)
        if remark is not None:
            self._tell(*remark)

    def _show(self, gallery: Gallery) -> None:
        before, self._gallery = self._gallery, gallery
        self.views.show(gallery)
        self.bar.set_layers(gallery.architecture, gallery.space.layer)
        self.networks.show(gallery.key, gallery)
        self.board.set_gallery(before, gallery)
        self._write()
        self.views.show_page()
        self._mark_stale()

    @Slot(object)
    def _fail(self, sentence: Sentence) -> None:
        self._go_back()
        self.notices.say(sentence)

    @Slot(str)
    def _break_down(self, details: str) -> None:
        self._go_back()
        self.defect.emit(details)

    @Slot()
    def _watch(self) -> None:
        self.notices.set_waiting(self.maker.busy)

    def _mark_stale(self) -> None:
        now, background = self._gallery, self._preferences.background
        awaited = self.maker.busy and now is not None
        self.views.set_stale(now is not None and awaited and self._asked.is_older(now, background))

    def do(self, action: str) -> None:
        """Do what the menu entry called ``action`` asks for."""
        do(self, action)

    # The experiment

    @Slot()
    def _try(self) -> None:
        """Have the experiment follow the chosen picture while it is on screen."""
        gallery, first = self._gallery, self.pair.first
        on_screen = self.isVisible() and self.stack.currentWidget() is self.trial
        if not on_screen or gallery is None or first < 0:
            self.runner.rest()
            return
        background = self._preferences.background
        self.runner.begin(gallery.items[first], gallery.network, gallery.space, background)

    def showEvent(self, event: QShowEvent) -> None:
        """Go on with the experiment."""
        super().showEvent(event)
        self._try()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the experiment rest while nobody sees it."""
        super().hideEvent(event)
        self.runner.rest()

    # Out

    @Slot()
    def ask_save(self) -> None:
        """Ask where the vectors go, and write them."""
        if self._gallery is not None and self._gallery.items:
            self.out.ask(self._gallery)

    def save(self, path: str) -> None:
        """Write the vectors to a .npy or .csv file."""
        if self._gallery is not None:
            self.out.save(self._gallery, path)

    @Slot(object, bool)
    def _tell(self, sentence: Sentence, is_note: bool) -> None:
        self.notices.say(sentence, is_note=is_note)

    # Words

    def _write(self) -> None:
        said = self.views.write()
        if said:
            self.described.emit(said)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        names = self.views.name_distances()
        self.notices.retranslate()
        self.networks.write()
        if self._gallery is not None:
            self.views.show(self._gallery)
        self.board.set_distance_names(names)
        self._write()
