"""Languages: which there are, how one is put in force, and how a sentence from below is said in it."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from convviz.core.number_style import COMMA, POINT, put_in_force, written
from convviz.core.picture import Picture
from convviz.core.text import Sentence
from convviz.files.resources import asset


class Language(StrEnum):
    """The languages of the window."""

    ENGLISH = "en"
    RUSSIAN = "ru"


NUMBER_STYLES = {Language.ENGLISH: POINT, Language.RUSSIAN: COMMA}
NATIVE_NAMES = {Language.ENGLISH: "English", Language.RUSSIAN: "Русский"}


def system_language() -> Language:
    """Return the user's language if the window speaks it, else English."""
    russian = QLocale.system().language() == QLocale.Language.Russian
    return Language.RUSSIAN if russian else Language.ENGLISH


def language_in_force() -> Language:
    """Return the language that was chosen last for the application's texts."""
    russian = QLocale().language() == QLocale.Language.Russian
    return Language.RUSSIAN if russian else Language.ENGLISH


class Translations:
    """The translators of one application; choosing a language replaces them.

    Parameters
    ----------
    app : QCoreApplication
        Whose texts are translated. It sends a language-change event to every widget.
    """

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._translators: list[QTranslator] = []
        self.language = Language.ENGLISH

    def choose(self, language: Language) -> None:
        """Put ``language`` in force for the application's texts and for Qt's own buttons and menus."""
        for translator in self._translators:
            self._app.removeTranslator(translator)
        self._translators = []
        self.language = language
        put_in_force(NUMBER_STYLES[language])
        QLocale.setDefault(QLocale(language.value))
        if language is Language.ENGLISH:
            return
        for directory, name in (
            (QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), f"qtbase_{language}"),
            (str(asset("translations")), f"convviz_{language}"),
        ):
            translator = QTranslator(self._app)
            if translator.load(name, directory):
                self._app.installTranslator(translator)
                self._translators.append(translator)


def say(sentence: Sentence) -> str:
    """Return ``sentence`` in the language in force, its values translated where they are sentences."""
    template = QCoreApplication.translate("Sentence", sentence.template)
    return template.format(**{name: _said(value) for name, value in sentence.values.items()})


def _said(value: object) -> str:
    if isinstance(value, Sentence):
        return say(value)
    return written(str(value)) if isinstance(value, int | float) else str(value)


def picture_title(picture: Picture) -> str:
    """Return what a picture is called; the application's own samples have names in every language."""
    if picture.source:
        return picture.name
    return QCoreApplication.translate("Sentence", picture.name)
