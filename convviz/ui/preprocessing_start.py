"""What is known of the pictures of a model of the user's before anything is asked."""

from dataclasses import dataclass

from convviz.nets.known_preprocessing import Known, known_preprocessing
from convviz.nets.preprocessing import Preprocessing

KEPT, STATED, USUAL = "kept", "stated", "usual"


@dataclass(frozen=True)
class Start:
    """Settings that speak for a model, the first of which is what the form starts from.

    Parameters
    ----------
    kept : Preprocessing, optional
        What was chosen when the model was opened last.
    stated : Preprocessing, optional
        What the file itself says.
    usual : Preprocessing, optional
        What the chosen architecture was made for.
    """

    kept: Preprocessing | None = None
    stated: Preprocessing | None = None
    usual: Preprocessing | None = None

    @property
    def first(self) -> Preprocessing:
        """What to start from; ImageNet's where nothing is known."""
        return self.kept or self.stated or self.usual or Preprocessing()

    def options(self) -> tuple[str, ...]:
        """Return which settings there are to choose from, the most particular ones first."""
        own = ((KEPT, self.kept), (STATED, self.stated), (USUAL, self.usual))
        return (*(name for name, steps in own if steps is not None), *Known)

    def steps(self, which: str, now: Preprocessing) -> Preprocessing:
        """Return the settings of an option; those about values alone take the rest from ``now``."""
        own = {KEPT: self.kept, STATED: self.stated, USUAL: self.usual}.get(which)
        return own if own is not None else known_preprocessing(Known(which), now)
