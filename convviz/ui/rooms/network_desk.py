"""All there is in the network room: the layers, the maps, what the network says, and stepping."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from convviz.core.text import Sentence
from convviz.nets.entries import Entry
from convviz.ui.feed import Feed
from convviz.ui.live_reader import LiveReader
from convviz.ui.network_patches import PatchFinder
from convviz.ui.network_shift import ShiftRunner
from convviz.ui.network_source import NetworkSource, Traced
from convviz.ui.network_trial import TrialRunner
from convviz.ui.network_unit import UnitWriter
from convviz.ui.network_why import Why
from convviz.ui.preferences import Preferences
from convviz.ui.rooms.map_pane import PhotoFeed
from convviz.ui.rooms.network_actions import action_of, do
from convviz.ui.rooms.network_answer import NetworkAnswer
from convviz.ui.rooms.network_cards import NetworkCards
from convviz.ui.rooms.network_choices import NetworkChoices
from convviz.ui.rooms.network_exciting import NetworkExciting
from convviz.ui.rooms.network_face import NetworkFace
from convviz.ui.rooms.network_following import NetworkFollowing
from convviz.ui.rooms.network_gallery import NetworkGallery
from convviz.ui.rooms.network_jobs import NetworkJobs
from convviz.ui.rooms.network_lab import NetworkLab
from convviz.ui.rooms.network_line import NetworkLine
from convviz.ui.rooms.network_live import NetworkLive
from convviz.ui.rooms.network_maps import NetworkMaps
from convviz.ui.rooms.network_notices import NetworkNotices
from convviz.ui.rooms.network_pages import NetworkPages
from convviz.ui.rooms.network_pointing import NetworkPointing
from convviz.ui.rooms.network_reasons import NetworkReasons
from convviz.ui.rooms.network_screen import NetworkScreen
from convviz.ui.rooms.network_shifting import NetworkShifting
from convviz.ui.rooms.network_status import NetworkStatus
from convviz.ui.rooms.network_table import NetworkShowing
from convviz.ui.rooms.network_trying import NetworkTrying
from convviz.ui.rooms.network_words import NetworkWords
from convviz.ui.rooms.own_models import OwnModels
from convviz.ui.session import Session
from convviz.ui.state import State
from convviz.work.threads import Threads


class NetworkDesk(NetworkFace):
    """Everything about one picture in one network.

    Parameters
    ----------
    session : Session
        Whose picture is looked at.
    feed : Feed
        Where the photograph's pixels come from.
    threads : Threads
        Where networks run, and where units are written out.
    preferences : Preferences
        What remembers the network.
    parent : QWidget
        Owner.
    """

    told = Signal(str)  # what is said of the place pointed at; empty for none
    described = Signal(str)  # network, data set, weights, time of the forward pass
    defect = Signal(str)  # details of an error nobody foresaw
    picture_wanted = Signal(str)  # path of a picture the user wants to see
    lab_filled = Signal()  # the session's kernel is a filter of the network now

    def __init__(
        self, session: Session, feed: Feed, threads: Threads, preferences: Preferences, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._preferences = session, preferences
        self.source = NetworkSource(threads.long, self)
        self.why = Why(threads.long, self)
        self.writer = UnitWriter(threads.measure, self)
        self.trials, self.shifts = TrialRunner(threads.long, self), ShiftRunner(threads.long, self)
        self.choices = NetworkChoices(self)
        self.own = OwnModels(self, threads.long, preferences)
        self.finder = PatchFinder(threads.long, self)
        self._key = self.choices.first(self.own.first(preferences.network))
        self.on_screen = NetworkScreen(self)
        self.notices = NetworkNotices(self.problem, self.progress, self)
        self.jobs = NetworkJobs(self)
        photos = (self.panel.photo, self.large.photo)
        self.pointing = NetworkPointing(photos, (self.panel.map, self.large.map), self)
        notes = self.panel.note, self.large.note
        self.reasons = NetworkReasons(self.why, self.panel, photos, notes, self.ideal, self)
        self.trying = NetworkTrying(self.trials, self.tools.trial, self)
        self.shifting = NetworkShifting(self.shifts, self.tools.shift, self)
        self.photos = PhotoFeed(feed, photos, self)
        words = NetworkWords(self)
        self.pages = NetworkPages(self)
        self.maps = NetworkMaps(self, self.pages, self.pointing, self.trying, words)
        self.units = NetworkLine(self, self.writer, self.pages, self.maps, self.pointing)
        self.answers = NetworkAnswer(self, self.pages, self.maps, self.pointing)
        self.following = NetworkFollowing(self.maps, self.pages, self.pointing, self.reasons, self)
        self.gallery = NetworkGallery(self, self.finder, preferences, self.pages, self.maps, self.pointing)
        self.exciting = NetworkExciting(
            self, self.pages, self.maps, self.pointing, self.reasons, self.notices
        )
        self.reader = LiveReader(threads.open, self)
        self.live = NetworkLive(session, preferences, self.reader, self.player, self.jobs.awaits_answer)
        self.status = NetworkStatus(self, self.trying, words)
        self.lab = NetworkLab(session, self.maps, self)
        self.cards = NetworkCards(self, self.trying, self.shifting)
        self._connect()
        # After the rest: it goes on from what is on screen by then.
        self.showing = NetworkShowing(self)
        self.retranslate()

    def _connect(self) -> None:
        self._session.changed.connect(self._follow)
        self.source.traced.connect(self.on_screen.take)
        self.source.listed.connect(self._take_list)
        self.jobs.begin()
        self.jobs.defect.connect(self._break_down)
        for asked in (self.why, self.trials, self.shifts, self.finder):
            asked.failed.connect(self._fail)
        self.source.failed.connect(self._fail_to_trace)
        for worker in (self.source, self.why, self.trials):
            # Queued: what has come may ask for more, such as an edit to be put in force again.
            worker.busy_changed.connect(self.live.proceed, Qt.ConnectionType.QueuedConnection)
        self.live.failed.connect(self._fail)
        self.reader.defect.connect(self.defect)
        self.own.listed.connect(self.list_networks)
        self.own.follow_desk()
        self.writer.defect.connect(self.defect)
        self.trying.came.connect(self.on_screen.take_edited)
        self.tools.trial.problem.connect(self.notices.refuse)
        self.tools.trial.edited.connect(self.notices.forgive)
        self.reasons.ideal_came.connect(self.pages.bring_ideal)
        self.following.moved.connect(self._keep_up)
        self.gallery.picture_wanted.connect(self.picture_wanted)
        self.gallery.begun.connect(self.notices.withdraw)
        self.panel.patches.clicked.connect(self.gallery.begin)
        self.pages.ideal_left.connect(self.reasons.forget_ideal)
        self.pages.ideal_left.connect(self.notices.withdraw)
        self.reasons.remarked.connect(self.notices.remark)
        self.ideal.unpinned.connect(self.pages.leave)
        self.pointing.escaped.connect(self.pages.leave)
        self.pointing.told.connect(self.told)
        self.status.described.connect(self.described)
        self.lab.filled.connect(self.lab_filled)
        self.lab.refused.connect(self.notices.remark)
        self.panel.excite.clicked.connect(self.exciting.begin)
        self.panel.lab.clicked.connect(self.lab.send)
        self.problem.acted.connect(self._fetch_weights)
        self.progress.cancelled.connect(self.cancel)
        self.bar.network_chosen.connect(self.choose_network)
        self.bar.view_chosen.connect(self.pages.refresh)

    # From the session to the network

    @property
    def busy(self) -> bool:
        """Whether what is on screen is older than what was asked for."""
        return self.jobs.busy

    @property
    def key(self) -> str:
        """Which network is chosen, though another may still be on screen."""
        return self._key

    @property
    def traced(self) -> Traced | None:
        """What is on screen: a network and what a picture did in it; None before the first."""
        return self.on_screen.traced

    @Slot(object, object)
    def _follow(self, before: State, state: State) -> None:
        if self.isVisible() and before.picture is not state.picture:
            self.live.follow(state.picture)
            self.show_picture()

    def show_picture(self) -> None:
        """Show the session's picture, and ask for what it does in the network."""
        picture = self._session.state.picture
        self.photos.show_picture(picture)
        self.source.ask(self._key, picture)
        self.mark_stale()
        # The status bar has been another room's in the meantime.
        if self.traced is not None:
            self.status.describe(self.traced)
        self.pointing.refresh()

    @Slot(str)
    def choose_network(self, key: str) -> None:
        """Go over to another network, after a question if it is a program of the user's."""
        if self.own.takes(key):
            self.bar.show_network(self._key)
        else:
            self.go_to(key)

    def go_to(self, key: str) -> None:
        """Go over to another network, also at the next start."""
        self._key = self._preferences.network = key
        self.bar.show_network(key)
        self.notices.clear()
        self.show_picture()
        self.setFocus()

    @Slot()
    def _fetch_weights(self) -> None:
        """Have the trained weights of the network on screen fetched, and open it anew."""
        if self.traced is not None:
            self._key = self.traced.key
            self.source.fetch(self._key, self._session.state.picture)
            self.mark_stale()
            self.setFocus()

    @Slot()
    def cancel(self) -> None:
        """Give up what is awaited; what is on screen stays, and so does its network."""
        if self.jobs.cancel():
            return
        self.source.cancel()
        if self.traced is not None:
            self._key = self._preferences.network = self.traced.key
            self.own.keep(self.traced)
            self.bar.show_network(self._key)
        self.mark_stale()

    @Slot(object)
    def _take_list(self, entries: tuple[Entry, ...]) -> None:
        self.choices.entries = entries
        self.list_networks()
        if not self.notices.says_passing:
            self.on_screen.tell_origin()

    @Slot()
    def list_networks(self) -> None:
        """List the networks to choose from, and show which one is chosen."""
        now = self.traced
        title = now.network.title if now is not None and now.key == self._key else self._key
        self.bar.set_choices(self.choices.list(self._key, title, self.own.choices()))
        self.bar.show_network(self._key)

    @Slot(object)
    def _fail(self, sentence: Sentence) -> None:
        self.notices.say(sentence)
        self.mark_stale()

    @Slot(object)
    def _fail_to_trace(self, sentence: Sentence) -> None:
        """Say why there is no newer trace; where weights are still missing, fetching them is offered anew."""
        now = self.traced
        offers = now is not None and not now.network.trained and not self.stale
        can_fetch = offers and now is not None and self.choices.can_fetch(now.key)
        self.notices.say(sentence, offers_weights=can_fetch)
        self.mark_stale()

    @Slot(str)
    def _break_down(self, details: str) -> None:
        self.mark_stale()
        self.defect.emit(details)

    @property
    def stale(self) -> bool:
        """Whether the maps on screen belong to another network or to another picture than is chosen."""
        now = self.traced
        return now is not None and (now.key != self._key or now.picture is not self._session.state.picture)

    def mark_stale(self) -> None:
        """Pale what is on screen if it is out of date, and only then."""
        self.status.show_stale(self.stale, waits=self.source.waits)

    # What the user asks for

    @Slot()
    def _keep_up(self) -> None:
        """Explain the map that is looked at now on the page that explained the one before."""
        self.exciting.keep_up() if self.pages.shows_ideal else self.gallery.show()

    def do(self, action: str) -> None:
        """Do what a key or a menu entry asks for: ``layer-forward``, ``map-open``, ``view-table`` …."""
        do(self, action)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the keys no widget has used; the Page keys belong to the lesson."""
        action = action_of(event)
        if action is None:
            event.ignore()
        else:
            do(self, action)

    # Housekeeping

    def hideEvent(self, event: QHideEvent) -> None:
        """Play nothing where nobody looks."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.live.stop()

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.list_networks()
        self.write_controls()
        self.trying.retranslate()
        if self.traced is not None:
            self.status.describe(self.traced)
            self.maps.write()
        self.answers.retranslate()
        self.notices.retranslate()
        self.live.retranslate()
        self.pointing.refresh()
