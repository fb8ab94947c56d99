"""The list of networks of the embeddings room, the user's own among them."""

from PySide6.QtCore import QObject, Signal, Slot

from convviz.core.text import Problem
from convviz.files.own_models import load_models
from convviz.nets.catalog import DEFAULT
from convviz.nets.entries import Entry
from convviz.ui.gallery import Gallery
from convviz.ui.gallery_jobs import list_networks
from convviz.ui.model_questions import ask_trust
from convviz.ui.own_source import Opening
from convviz.ui.preferences import own_models_path
from convviz.ui.rooms.embeddings_bar import EmbeddingsBar
from convviz.ui.rooms.network_choices import NetworkChoices
from convviz.ui.rooms.network_chooser import Choice
from convviz.work.jobs import Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread


class EmbeddingNetworks(QObject):
    """Writes the list of networks, and asks before a program of the user's is run.

    Parameters
    ----------
    bar : EmbeddingsBar
        Where the list is.
    thread : WorkerThread
        Where the catalogue is read.
    """

    chosen = Signal(str, object)  # key of a network; Opening or None
    failed = Signal(object)  # Sentence: why the user's models are not there
    defect = Signal(str)  # details of an error nobody foresaw

    def __init__(self, bar: EmbeddingsBar, thread: WorkerThread) -> None:
        super().__init__(bar)
        self._bar = bar
        self._choices = NetworkChoices(self)
        self._own: dict[str, Opening] = {}
        self._opened: dict[str, Opening] = {}
        self._key, self._title = DEFAULT, DEFAULT
        self._lane = Lane(thread, self)
        self._lane.finished.connect(self._take)
        bar.network_chosen.connect(self.choose)

    @property
    def busy(self) -> bool:
        """Whether the catalogue is being read."""
        return self._lane.busy

    def opening(self, key: str) -> Opening | None:
        """Return how a network is opened, None if it is none of the user's; as it was if it has been."""
        return self._opened.get(key) or self._own.get(key)

    @Slot(str)
    def choose(self, key: str) -> None:
        """Announce another network, after a question if it is a program of the user's."""
        opening = self._own.get(key)
        if opening is None or not opening.asks:
            self.chosen.emit(key, opening)
            return
        self._bar.show_network(self._key)
        trusted = Opening(opening.own, True)
        ask_trust(opening.own.program, self._bar.window(), lambda: self.chosen.emit(key, trusted))

    def list_own(self) -> None:
        """Take note of the user's models that have been opened in the network room."""
        try:
            models = load_models(own_models_path())
        except Problem as problem:
            self.failed.emit(problem.sentence)
            models = ()
        self._own = {model.key: Opening(model) for model in models}
        self.write()

    def read_catalogue(self) -> None:
        """Read which networks there are, unless that is known."""
        if not self._choices.entries and not self._lane.busy:
            self._lane.submit(None, list_networks)

    @Slot(object)
    def _take(self, outcome: Outcome) -> None:
        if isinstance(outcome.result, tuple):
            self._choices.entries = tuple(e for e in outcome.result if isinstance(e, Entry))
            self.write()
        elif outcome.defect is not None:
            self.defect.emit(outcome.defect)

    def show(self, key: str, gallery: Gallery | None) -> None:
        """Show the network called ``key`` as the chosen one; ``gallery`` is what is on screen."""
        self._key = key
        if gallery is not None and gallery.opening is not None:
            self._opened[gallery.key] = gallery.opening
        self._title = gallery.network.title if gallery is not None and gallery.key == key else key
        self.write()

    def write(self) -> None:
        """Write the list in the language in force."""
        heading = self.tr("Your models")
        own = [Choice(key, opening.own.title, heading) for key, opening in self._own.items()]
        self._bar.set_networks(self._choices.list(self._key, self._title, own), self._key)
