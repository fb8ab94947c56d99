"""The user's models that a start finds again, and what was chosen for files that have not been opened yet."""

from dataclasses import replace

from convviz.core.text import Problem, Sentence
from convviz.files.own_models import OwnModel, key_of, load_models, save_models, with_first, without
from convviz.nets.own import from_plain
from convviz.ui.preferences import Preferences, own_models_path


class ModelList:
    """Models that have worked, the newest first, kept in a file.

    Parameters
    ----------
    preferences : Preferences
        What tells whether anything is to be remembered.
    """

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences
        self._models: tuple[OwnModel, ...] = ()
        # Settings that were chosen for a file that has not been opened with them yet.
        self._tried: dict[str, OwnModel] = {}

    @property
    def models(self) -> tuple[OwnModel, ...]:
        """The models, the newest first."""
        return self._models

    def load(self) -> Sentence | None:
        """Read the list of the last start; return what is wrong with it, if anything is."""
        try:
            self._models = tuple(map(_sound, load_models(own_models_path())))
        except Problem as problem:
            return problem.sentence
        return None

    def _save(self) -> Sentence | None:
        """Keep the list for the next start, if anything is to be kept; return why it could not be."""
        if self._preferences.remember:
            try:
                save_models(own_models_path(), self._models)
            except Problem as problem:
                return problem.sentence
        return None

    def known(self, key: str) -> OwnModel | None:
        """Return the model with this key; None if it is not on the list."""
        return next((model for model in self._models if model.key == key), None)

    def suggested(self, path: str) -> OwnModel:
        """Return the settings to begin with for a file: the last that were chosen, if any were."""
        return self._tried.get(path) or self.known(key_of(path)) or OwnModel(path)

    def note_chosen(self, model: OwnModel) -> None:
        """Suggest these settings when the file is opened again, though it may not work with them."""
        self._tried[model.path] = model

    def put_first(self, model: OwnModel) -> Sentence | None:
        """Put a model that works first; return why the list could not be saved, if it could not."""
        self._models = with_first(self._models, model)
        self._tried.pop(model.path, None)
        return self._save()

    def take_off(self, model: OwnModel) -> Sentence | None:
        """Take a model off, its settings still suggested; return why the list could not be saved."""
        self.note_chosen(model)
        self._models = without(self._models, model.path)
        return self._save()


def _sound(model: OwnModel) -> OwnModel:
    """Return a model without settings that make no sense."""
    try:
        if model.preprocessing is not None:
            from_plain(model.preprocessing)
    except ValueError:
        return replace(model, preprocessing=None)
    return model
