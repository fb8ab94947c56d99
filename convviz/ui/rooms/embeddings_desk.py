"""All there is in the embeddings room: pictures in, vectors, distances, a map, and the experiment."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent, QImage, QShowEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from convviz.core.distances import Distance, written
from convviz.core.picture import Picture
from convviz.core.pieces import Piece
from convviz.core.shown import grouped
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.files.own_models import load_models
from convviz.files.pictures import PICTURE_SUFFIXES
from convviz.files.samples import PHOTO_SAMPLES
from convviz.nets.catalog import DEFAULT
from convviz.nets.embed import PIXELS
from convviz.nets.entries import Entry
from convviz.ui.embedding_trial import TrialRunner
from convviz.ui.gallery import (
    MOST_COMPARED,
    Gallery,
    GalleryMaker,
    Item,
    Nearest,
    Saving,
    Wanted,
    find_nearest,
    list_networks,
    save_gallery,
)
from convviz.ui.language import say
from convviz.ui.model_questions import TrustBox
from convviz.ui.own_source import Opening
from convviz.ui.preferences import Preferences, own_models_path
from convviz.ui.rooms.embeddings_bar import MATRICES, PLANE, STRIPS, TRIAL
from convviz.ui.rooms.embeddings_face import EmbeddingsFace
from convviz.ui.rooms.network_bar import Choice
from convviz.ui.rooms.network_choices import NetworkChoices
from convviz.ui.rooms.network_notices import NetworkNotices
from convviz.work.jobs import Outcome
from convviz.work.lanes import Lane
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
        self._nearest, self._listing = Lane(threads.measure, self), Lane(threads.long, self)
        self._saving = Lane(threads.measure, self)
        self._choices = NetworkChoices(self)
        self.build(self.runner)
        self.notices = NetworkNotices(self.problem, self.progress, self)
        self._gallery: Gallery | None = None
        self._items: tuple[Item, ...] = ()
        # Files and folders that are on their way: whatever else is asked for meanwhile, they come with it.
        self._paths: tuple[str, ...] = ()
        # Until there are others.
        self._are_samples = False
        self._key, self._layer = DEFAULT, ""
        self._opening: Opening | None = None
        self._own: dict[str, Opening] = {}
        self._distances: dict[Distance, str] = {}
        self._view = STRIPS
        self._connect()
        self.retranslate()
        self._show_page()

    def _connect(self) -> None:
        self.maker.made.connect(self._take)
        self.maker.failed.connect(self._fail)
        self.runner.failed.connect(self.notices.say)
        self.maker.defect.connect(self._break_down)
        self.runner.defect.connect(self.defect)
        self.maker.progressed.connect(self.notices.show_progress)
        self.maker.busy_changed.connect(self._watch)
        for lane, slot in (
            (self._nearest, self._show_nearest),
            (self._listing, self._take_list),
            (self._saving, self._tell_saved),
        ):
            lane.finished.connect(slot)
        self.progress.cancelled.connect(self.cancel)
        self.bar.add.clicked.connect(self.ask_files)
        self.bar.folder.clicked.connect(self.ask_folder)
        self.bar.clear.clicked.connect(self.clear)
        self.bar.save.clicked.connect(self.ask_save)
        self.bar.network_chosen.connect(self.choose_network)
        self.bar.layer_chosen.connect(self.choose_layer)
        self.bar.view_chosen.connect(self._choose_view)
        self.empty.samples.clicked.connect(self.take_samples)
        self.pair.changed.connect(self._show_pair)
        self.panel.kind_chosen.connect(self._find_nearest)
        self.panel.second_chosen.connect(self._choose_second)
        for signal in (self.strips.told, self.plane.told):
            signal.connect(self.told)
        for matrix in self.matrices.matrices.values():
            matrix.told.connect(self.told)

    # Pictures in

    @property
    def busy(self) -> bool:
        """Whether something is awaited, the rest of a curve included."""
        lanes = (self._nearest, self._listing, self._saving)
        return self.maker.busy or self.runner.busy or any(lane.busy for lane in lanes)

    @property
    def gallery(self) -> Gallery | None:
        """What is on screen; None before the first."""
        return self._gallery

    def show_state(self) -> None:
        """Begin with the photographs that come with convviz, and list the models of the user's."""
        self._list_own()
        if self._gallery is None and not self.maker.busy and not self._items:
            self.take_samples()
        self._describe()

    @Slot()
    def take_samples(self) -> None:
        """Show the photographs that come with convviz."""
        self._are_samples = True
        self._ask([Item(sample.title.template, sample=sample.id) for sample in PHOTO_SAMPLES])

    def add_paths(self, paths: Iterable[str]) -> None:
        """Add files and the pictures in folders."""
        self._ask(self._kept(), tuple(paths))

    def add_picture(self, picture: Picture) -> None:
        """Add a picture that is open elsewhere in the window."""
        kept = self._kept()
        if not picture.source or all(item.path != picture.source for item in kept):
            kept.append(Item(picture.name, picture.source, picture=None if picture.source else picture))
        self._ask(kept)

    def _kept(self) -> list[Item]:
        """Return the pictures that stay when others come: samples make way."""
        if self._are_samples:
            self._are_samples = False
            return []
        return list(self._items)

    @Slot()
    def clear(self) -> None:
        """Take all pictures away."""
        self.maker.cancel()
        self.notices.clear()
        self._items, self._paths, self._are_samples = (), (), False
        if self._gallery is not None:
            self._show(self._gallery.emptied())

    @Slot()
    def ask_files(self) -> None:
        """Ask for picture files and add them."""
        patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in PICTURE_SUFFIXES)
        pictures = self.tr("Pictures and arrays ({0})").format(patterns)
        everything = self.tr("All files (*)")
        paths, _ = QFileDialog.getOpenFileNames(
            self.window(), self.tr("Add pictures"), self._folder(), f"{pictures};;{everything}"
        )
        if paths:
            self.add_paths(paths)

    @Slot()
    def ask_folder(self) -> None:
        """Ask for a folder and add the pictures in it."""
        path = QFileDialog.getExistingDirectory(self.window(), self.tr("Add a folder"), self._folder())
        if path:
            self.add_paths([path])

    def _folder(self) -> str:
        last = self._preferences.recent
        return str(Path(last[0]).parent) if last else ""

    def _ask(self, items: Iterable[Item], paths: tuple[str, ...] = ()) -> None:
        self._items, self._paths = tuple(items), (*self._paths, *paths)
        self.notices.clear()
        background = self._preferences.background
        self.maker.ask(
            Wanted(self._key, self._opening, self._layer, self._items, self._paths, background, self._gallery)
        )
        self._mark_stale()

    @Slot()
    def cancel(self) -> None:
        """Give up what is awaited; what is on screen stays."""
        self.maker.cancel()
        self._go_back()

    def _go_back(self) -> None:
        """Choose what is on screen again."""
        now, self._paths = self._gallery, ()
        if now is not None:
            self._key, self._opening, self._layer = now.key, now.opening, now.space.layer
            self._items = now.items
            self.bar.show_network(self._key)
            self.bar.set_layers(now.architecture, self._layer)
        else:
            self._items = ()
        self._are_samples = bool(self._items) and all(item.sample for item in self._items)
        self._mark_stale()

    # Network and layer

    @Slot(str)
    def choose_network(self, key: str) -> None:
        """Go over to another network, after a question if it is a program of the user's."""
        opening = self._own.get(key)
        if opening is None or not opening.own.program or opening.trust:
            self._go_to(key, opening)
            return
        self.bar.show_network(self._key)
        box = TrustBox(opening.own.program, self.window())

        def answer(chosen: int) -> None:
            if chosen == QMessageBox.StandardButton.Yes:
                self._go_to(key, Opening(opening.own, True))

        box.finished.connect(answer)
        box.open()

    def _go_to(self, key: str, opening: Opening | None) -> None:
        self._key, self._opening = key, opening
        # Layers of another network have other names.
        self._layer = PIXELS if self._layer == PIXELS else ""
        self.bar.show_network(key)
        self._ask(self._items)

    @Slot(str)
    def choose_layer(self, layer: str) -> None:
        """Show the output of another layer, or the pixels."""
        self._layer = layer
        self._ask(self._items)

    def _list_own(self) -> None:
        """Take note of the user's models that have been opened in the network room."""
        try:
            models = load_models(own_models_path())
        except Problem as problem:
            self.notices.say(problem.sentence)
            models = ()
        self._own = {model.key: Opening(model) for model in models}
        self._list_networks()

    @Slot(object)
    def _take_list(self, outcome: Outcome) -> None:
        if isinstance(outcome.result, tuple):
            self._choices.entries = tuple(e for e in outcome.result if isinstance(e, Entry))
            self._list_networks()
        elif outcome.defect is not None:
            self.defect.emit(outcome.defect)

    def _list_networks(self) -> None:
        heading = self.tr("Your models")
        own = [Choice(key, opening.own.title, heading) for key, opening in self._own.items()]
        now = self._gallery
        title = now.network.title if now is not None and now.key == self._key else self._key
        self.bar.set_networks(self._choices.list(self._key, title, own), self._key)

    # From the network to the screen

    @Slot(object)
    def _take(self, gallery: Gallery) -> None:
        if not self._choices.entries and not self._listing.busy:
            self._listing.submit(None, list_networks)
        self._key, self._layer = gallery.key, gallery.space.layer
        self._items, self._paths = gallery.items, ()
        self._show(gallery)
        if gallery.left_out:
            self.notices.say(_left_out(gallery.left_out))
        elif not gallery.network.trained and self._layer != PIXELS:
            self.notices.say(gallery.network.origin, is_note=True)

    def _show(self, gallery: Gallery) -> None:
        before, self._gallery = self._gallery, gallery
        chosen = self._places(before, gallery)
        self._fill_views(gallery)
        self.bar.set_layers(gallery.architecture, gallery.space.layer)
        self.bar.show_network(gallery.key)
        self._list_networks()
        self.pair.set_count(len(gallery.items), *chosen)
        self._write_facts()
        self._show_page()
        self._mark_stale()

    def _fill_views(self, gallery: Gallery) -> None:
        names, thumbnails = self._names(), gallery.thumbnails
        self.strips.set_vectors(gallery.vectors, names, thumbnails)
        for kind, matrix in self.matrices.matrices.items():
            values = gallery.matrices[kind]
            matrix.set_distances(values, names[: len(values)], thumbnails[: len(values)])
        self.plane.set_plane(gallery.plane, names, thumbnails)

    def _places(self, before: Gallery | None, gallery: Gallery) -> tuple[int, int]:
        """Return where the pictures of the pair are now; the first two where they are gone."""
        places = {id(item): place for place, item in enumerate(gallery.items)}
        chosen = [0, 1]
        for which, number in enumerate((self.pair.first, self.pair.second)):
            if before is not None and 0 <= number < len(before.items):
                chosen[which] = places.get(id(before.items[number]), which)
        return chosen[0], chosen[1]

    def _names(self) -> list[str]:
        return [] if self._gallery is None else [item.title for item in self._gallery.items]

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
        stale = self.maker.busy
        self.strips.set_stale(stale)
        self.plane.set_stale(stale)
        for matrix in self.matrices.matrices.values():
            matrix.set_stale(stale)

    @Slot(str)
    def _choose_view(self, view: str) -> None:
        self._view = view
        self._show_page()
        page = self.stack.currentWidget()
        if page is not None:
            page.setFocus()

    def choose_view(self, view: str) -> None:
        """Show STRIPS, MATRICES, PLANE or TRIAL."""
        self.bar.view.set_choice(view)
        self._choose_view(view)

    def _show_page(self) -> None:
        pages = {STRIPS: self.strips, MATRICES: self.matrices, PLANE: self.plane, TRIAL: self.trial}
        some = self._gallery is not None and bool(self._gallery.items)
        self.stack.setCurrentWidget(pages[self._view] if some else self.empty)
        self.line.setVisible(some and self._view != TRIAL)
        self.bar.save.setEnabled(some)
        self.bar.clear.setEnabled(some)
        self._try()

    def do(self, action: str) -> None:
        """Do what the menu entry called ``action`` asks for."""
        does = {
            "add": self.ask_files,
            "folder": self.ask_folder,
            "clear": self.clear,
            "cancel": self.cancel,
            "save": self.ask_save,
            "network": self.bar.networks.setFocus,
            "layer": self.bar.layers.setFocus,
        }
        if action in does:
            does[action]()
        else:
            self.choose_view(action)

    # The chosen pair

    @Slot()
    def _show_pair(self) -> None:
        gallery, first, second = self._gallery, self.pair.first, self.pair.second
        names = self._names()
        images, said = [], []
        for number in (first, second):
            known = gallery is not None and number >= 0
            images.append(gallery.thumbnails[number] if gallery is not None and known else QImage())
            said.append(names[number] if known else "")
        self.panel.show_pair(images, said)
        self.panel.show_second(second)
        self._write_line()
        self._find_nearest()
        self._try()

    def _write_line(self) -> None:
        """Write the three distances of the pair out."""
        gallery, first, second = self._gallery, self.pair.first, self.pair.second
        if gallery is None or first < 0:
            self.line.clear()
            return
        names, undefined = self._names(), self.tr("undefined, a vector of zeros has no direction")
        a, b = gallery.vectors[first], gallery.vectors[second]
        width = max(map(len, self._distances.values()))
        lines = tuple(
            (Piece(f"{self._distances[kind].ljust(width)}  "), *written(kind, a, b, undefined))
            for kind in Distance
        )
        title = f"a = {names[first]}, b = {names[second]}"
        if first == second:
            title = self.tr("{0}, with itself").format(names[first])
        self.line.set_cell(title, lines)

    @Slot()
    def _find_nearest(self) -> None:
        gallery = self._gallery
        if gallery is None or self.pair.first < 0:
            self.panel.show_nearest((), (), (), -1)
            return
        kind = Distance(self.panel.kind.choice())
        self._nearest.submit(Nearest(gallery, kind, self.pair.first), find_nearest)

    @Slot(object)
    def _show_nearest(self, outcome: Outcome) -> None:
        asked = outcome.request
        if outcome.defect is not None:
            self.defect.emit(outcome.defect)
        elif (
            isinstance(asked, Nearest)
            and isinstance(outcome.result, tuple)
            and asked.gallery is self._gallery
        ):
            thumbnails = asked.gallery.thumbnails
            self.panel.show_nearest(outcome.result, self._names(), thumbnails, self.pair.second)

    @Slot(int)
    def _choose_second(self, number: int) -> None:
        self.pair.choose(second=number)

    # The experiment

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
        if self._gallery is None or not self._gallery.items:
            return
        array, table = self.tr("NumPy array (*.npy)"), self.tr("Table (*.csv)")
        kinds = f"{array};;{table}"
        path, kind = QFileDialog.getSaveFileName(self.window(), self.tr("Save the vectors"), "", kinds)
        if path and not Path(path).suffix:
            path += ".csv" if "*.csv" in kind else ".npy"
        if path:
            self.save(path)

    def save(self, path: str) -> None:
        """Write the vectors to a .npy or .csv file."""
        if self._gallery is not None:
            self._saving.submit(Saving(self._gallery, path), save_gallery)

    @Slot(object)
    def _tell_saved(self, outcome: Outcome) -> None:
        if outcome.defect is not None:
            self.defect.emit(outcome.defect)
        elif outcome.problem is not None:
            self.notices.say(outcome.problem)
        elif isinstance(outcome.result, Sentence):
            self.notices.say(outcome.result, is_note=True)

    # Words

    def _write_facts(self) -> None:
        gallery = self._gallery
        if gallery is None:
            self.bar.facts.set_whole("")
            return
        space = gallery.space
        pictures = self.tr("Pictures: {0}").format(grouped(len(gallery.items)))
        self.bar.facts.set_whole(f"{pictures} · {say(space.said)}")
        left = len(gallery.items) > MOST_COMPARED
        said = self.tr("The first {0} of {1} pictures: more cells could not be told apart.")
        self.matrices.note.setText(said.format(MOST_COMPARED, grouped(len(gallery.items))) if left else "")
        self.matrices.note.setVisible(left)
        self._describe()

    def _describe(self) -> None:
        """Say in the status bar what is on screen."""
        gallery = self._gallery
        if gallery is not None:
            pictures = self.tr("Pictures: {0}").format(grouped(len(gallery.items)))
            self.described.emit(f"{pictures} · {gallery.network.title} · {gallery.space.layer}")

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self._distances = {
            Distance.EUCLIDEAN: self.tr("Euclidean"),
            Distance.MAXIMUM: self.tr("Maximum"),
            Distance.COSINE: self.tr("Cosine"),
        }
        for kind, matrix in self.matrices.matrices.items():
            matrix.set_title(self._distances[kind])
        self.trial.set_distance_names(self._distances)
        self.notices.retranslate()
        self._list_networks()
        if self._gallery is not None:
            self._fill_views(self._gallery)
            self._show_pair()
        self._write_facts()


def _left_out(sentences: tuple[Sentence, ...]) -> Sentence:
    if len(sentences) == 1:
        return sentences[0]
    template = QT_TRANSLATE_NOOP("Sentence", "Pictures left out: {count}. The first: {reason}")
    return Sentence(template, {"count": len(sentences), "reason": sentences[0]})
