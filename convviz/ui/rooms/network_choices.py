"""Which networks there are to choose from, under headings that say what their weights are worth."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from convviz.nets.catalog import DEFAULT
from convviz.nets.entries import Entry
from convviz.ui.rooms.network_chooser import Choice


class NetworkChoices(QObject):
    """Writes the list of networks in the language in force."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()

    @staticmethod
    def first(remembered: str) -> str:
        """Return the network to begin with: the one remembered, or the default."""
        return remembered or DEFAULT

    def can_fetch(self, key: str) -> bool:
        """Return whether trained weights of a network are to be had that are not here."""
        return any(entry.key == key and entry.url and not entry.trained for entry in self.entries)

    def list(self, key: str, title: str, own: Sequence[Choice] = ()) -> list[Choice]:
        """Return the choices, the user's own first, then those with learned weights.

        ``key``, called ``title``, is among them in any case.
        """
        included = [e for e in self.entries if e.group == "shipped"]
        trained = [e for e in self.entries if e.group != "shipped" and e.trained]
        untrained = [e for e in self.entries if e.group != "shipped" and not e.trained]
        groups = (
            (self.tr("Included, trained"), included),
            (self.tr("Downloaded, trained"), trained),
            (self.tr("Untrained: random weights"), untrained),
        )
        known = [Choice(e.key, e.title, heading) for heading, group in groups for e in group]
        out = [*own, *known]
        # Before the catalogue is read a network may be known by its key alone.
        return out if any(choice.key == key for choice in out) else [Choice(key, title, ""), *out]
