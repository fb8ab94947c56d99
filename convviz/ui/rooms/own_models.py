"""The user's own models in the network room: opened, asked about, and remembered."""

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.files.own_models import (
    PROGRAM_SUFFIXES,
    WEIGHT_SUFFIXES,
    OwnModel,
    given_model,
    is_own,
    is_program,
    path_of,
)
from convviz.nets.catalog import DEFAULT
from convviz.nets.learn.saving import MODEL, is_trained_here
from convviz.nets.own import Inspected
from convviz.ui.model_dialog import ModelDialog
from convviz.ui.model_questions import CODE, CodeBox, ask_trust
from convviz.ui.network_source import Traced
from convviz.ui.own_source import Inspector, Opening
from convviz.ui.preferences import Preferences
from convviz.ui.rooms.model_list import ModelList
from convviz.ui.rooms.network_chooser import Choice
from convviz.work.threads import WorkerThread

if TYPE_CHECKING:
    from convviz.ui.rooms.network_desk import NetworkDesk

ASK = "open-model"
"""Key of the entry in the list of networks that asks for a file."""

FORGET = "forget-model"
"""Key of the entry that takes the chosen model off the list."""

NOT_OWN = QT_TRANSLATE_NOOP(
    "Sentence", "Only a model of your own can be forgotten; choose one of them first."
)
FORGOTTEN = QT_TRANSLATE_NOOP(
    "Sentence", "{name} is off the list; the file itself is still there. Open it again to bring it back."
)


class OwnModels(QObject):
    """Opens models of the user's, asking what has to be asked, and keeps a list of them.

    A model that failed leaves the last network that worked on screen. What can run code is asked about every
    time it is opened: the file may be another one by then.

    Parameters
    ----------
    desk : NetworkDesk
        Where models are shown.
    thread : WorkerThread
        Where files are looked into.
    preferences : Preferences
        What tells whether anything is to be remembered.
    """

    listed = Signal()  # there are other models to choose from
    defect = Signal(str)  # details of an error nobody foresaw
    progressed = Signal(float, object)  # share that is done; Sentence or None
    busy_changed = Signal(bool)  # whether a file is being looked into

    def __init__(self, desk: "NetworkDesk", thread: WorkerThread, preferences: Preferences) -> None:
        super().__init__(desk)
        self._desk, self._list = desk, ModelList(preferences)
        self._inspector = Inspector(thread, self)
        # What is still to be said once another network is on screen, and whether it is only a note.
        self._unsaid: tuple[Sentence, bool] | None = None
        self._given_key = ""
        self._inspector.inspected.connect(self._ask_settings)
        self._inspector.failed.connect(self._refuse)
        self._inspector.defect.connect(self.defect)
        self._inspector.progressed.connect(self.progressed)
        self._inspector.busy_changed.connect(self.busy_changed)
        self._load()

    def follow_desk(self) -> None:
        """Follow what the desk is told, after the desk itself."""
        self._desk.source.traced.connect(self._take_traced)
        self._desk.source.failed.connect(self._go_back)

    def _load(self) -> None:
        self._say_later(self._list.load())
        for model in self._list.models:
            self._desk.source.know(model.key, Opening(model))

    @property
    def busy(self) -> bool:
        """Whether a file is being looked into."""
        return self._inspector.busy

    def cancel(self) -> None:
        """Give up looking into a file."""
        self._inspector.cancel()

    # The list

    def first(self, remembered: str) -> str:
        """Return the network to begin with, which asks nothing and runs no program of the user's."""
        if not is_own(remembered):
            return remembered
        model = self._list.known(remembered)
        return model.key if model is not None and not model.program else ""

    def choices(self) -> list[Choice]:
        """Return the user's models, the newest first, the entry that asks for another, and one to forget."""
        heading = self.tr("Your models")
        models = [Choice(model.key, model.title, heading, model.path) for model in self._shown()]
        choices = [*models, Choice(ASK, self.tr("Open model…"), heading)]
        if is_own(self._desk.key):
            tip = self.tr(
                "Take the chosen model off this list; its file stays, and opening it brings it back"
            )
            choices.append(Choice(FORGET, self.tr("Forget this model"), heading, tip))
        return choices

    def _shown(self) -> tuple[OwnModel, ...]:
        """Return the models that are kept, and the one that is just being opened."""
        opening = self._desk.source.opening(self._desk.key)
        if opening is None or self._list.known(self._desk.key) is not None:
            return self._list.models
        return opening.own, *self._list.models

    # From a file to a network

    @Slot()
    def ask_file(self) -> None:
        """Ask for a file and open it."""
        models = self._list.models
        folder = str(Path(models[0].path).parent) if models else ""
        suffixes = (*WEIGHT_SUFFIXES, *PROGRAM_SUFFIXES)
        kinds = self.tr("Models ({0})").format(" ".join(f"*{suffix}" for suffix in suffixes))
        everything = self.tr("All files (*)")
        path, _ = QFileDialog.getOpenFileName(
            self._desk.window(), self.tr("Open a model"), folder, f"{kinds};;{everything}"
        )
        if path:
            self.open_file(path)

    def open_file(self, path: str) -> None:
        """Open a file, after asking whether it may run if it is a program, and what belongs to it."""
        path = os.path.abspath(path)  # noqa: PTH100 - a link is to keep its name
        self._desk.notices.withdraw()
        if is_trained_here(Path(path)):
            self._go(Opening(OwnModel(path, MODEL)))
        elif is_program(path) and Path(path).is_file():
            ask_trust(path, self._desk.window(), lambda: self._inspector.ask(path))
        else:
            self._inspector.ask(path)

    def reopen(self, key: str) -> None:
        """Open a model that a file names by its key, after the questions that are asked by hand."""
        if self._desk.source.opening(key) is not None:
            self._desk.choose_network(key)
        else:
            self.open_file(path_of(key))

    def open_given(self, model: str, weights: str | None, *, trust: bool) -> None:
        """Open what the command line asks for: a model, and a file that fills it."""
        given = given_model(model, weights)
        if given is None:
            self._given_key = model
            self._desk.choose_network(model)
            return
        before = self._list.known(given.key)
        if before is not None:
            kept = given.architecture or before.architecture
            given = replace(before, architecture=kept)
        if not given.is_program and not given.architecture:
            self.open_file(given.path)
        elif given.program and not trust:
            ask_trust(given.program, self._desk.window(), lambda: self._go(Opening(given, True)))
        else:
            self._go(Opening(given, trust))

    def takes(self, key: str) -> bool:
        """Return whether a choice in the list is dealt with here, perhaps after a question."""
        if key == ASK:
            self.ask_file()
            return True
        if key == FORGET:
            self.forget()
            return True
        opening = self._desk.source.opening(key)
        if opening is None or not opening.own.program or (opening.trust and self._is_open(opening)):
            return False
        own = opening.own
        ask_trust(own.program, self._desk.window(), lambda: self._go(Opening(own, True)))
        return True

    def _is_open(self, opening: Opening) -> bool:
        traced = self._desk.traced
        return (traced is not None and traced.opening is opening) or self._desk.key == opening.own.key

    @Slot(str, object)
    def _ask_settings(self, path: str, found: Inspected) -> None:
        """Ask what belongs to a file that was looked into."""
        known = self._list.suggested(path)
        dialog = ModelDialog(known, found, self._desk.window())

        def answer() -> None:
            chosen = dialog.model
            if chosen is None:
                return
            self._list.note_chosen(chosen)
            if chosen.is_program:
                # It was asked about before it was looked into.
                self._go(Opening(chosen, True))
            elif chosen.program:
                ask_trust(chosen.program, self._desk.window(), lambda: self._go(Opening(chosen, True)))
            else:
                self._go(Opening(chosen))

        dialog.accepted.connect(answer)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _go(self, opening: Opening) -> None:
        """Show the network, asking no more."""
        key = opening.own.key
        self._desk.source.know(key, opening)
        self._desk.go_to(key)
        self.listed.emit()

    # What became of it

    @Slot(object)
    def _take_traced(self, traced: Traced) -> None:
        """Remember a model that works, and say what could not be said before."""
        self._given_key = ""
        own = None if traced.opening is None else traced.opening.own
        models = self._list.models
        if own is not None and (not models or models[0] is not own):
            self._remember(own)
        if self._unsaid is not None:
            (said, is_note), self._unsaid = self._unsaid, None
            self._desk.notices.say(said, is_note=is_note)

    def _remember(self, model: OwnModel) -> None:
        self._say_later(self._list.put_first(model))
        self.listed.emit()

    def _say_later(self, problem: Sentence | None) -> None:
        """Say what is wrong with the list, if anything is, once a network has come."""
        if problem is not None:
            self._unsaid = problem, False

    @Slot()
    def forget(self) -> None:
        """Take the chosen model off the list, without a question: opening its file brings it back."""
        opening = self._desk.source.opening(self._desk.key)
        if opening is None:
            self._desk.notices.say(Sentence(NOT_OWN), is_note=True)
            return
        own = opening.own
        self._unsaid = Sentence(FORGOTTEN, {"name": Path(own.path).name}), True
        self._say_later(self._list.take_off(own))
        self._desk.source.forget(own.key)
        self._desk.go_to(DEFAULT)
        self.listed.emit()

    @Slot(object)
    def _refuse(self, sentence: Sentence) -> None:
        """Say why a file is not opened, with the code that helps, if there is any."""
        if CODE not in sentence.values:
            self._desk.notices.say(sentence)
            if self._desk.source.waits:
                # What comes then clears what is said before.
                self._unsaid = sentence, False
            return
        self._desk.notices.clear()
        CodeBox(sentence, self._desk.window()).open()

    @Slot(object)
    def _go_back(self, sentence: Sentence) -> None:
        """Keep the last network that worked, after one of the user's did not."""
        desk, key = self._desk, self._desk.key
        if not is_own(key) and key != self._given_key:
            return
        traced, opening = desk.traced, desk.source.opening(key)
        if traced is not None and traced.key == key and traced.opening is opening:
            # It is the picture that does not fit, not the model.
            return
        self._forget(key)
        self.keep(traced)
        desk.go_to(traced.key if traced is not None else DEFAULT)
        self._refuse(sentence)
        self.listed.emit()

    def keep(self, traced: Traced | None) -> None:
        """Open what is on screen again as it was opened; a model that was being forgotten is not."""
        if traced is None or traced.opening is None:
            return
        self._desk.source.know(traced.key, traced.opening)
        if self._unsaid is not None and self._unsaid[1]:
            self._unsaid = None
            self._remember(traced.opening.own)

    def _forget(self, key: str) -> None:
        """Open a model next time as it was opened when it worked, without the trust it was given."""
        known = self._list.known(key)
        if known is not None:
            self._desk.source.know(key, Opening(known))
