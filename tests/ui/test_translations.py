"""The Russian translation: all of it there, saying what the English says, in letters a reader knows."""

import ast
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from string import Formatter

import dev_environment
import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu

from convviz.core.text import Sentence
from convviz.ui.language import Language, Translations, say
from convviz.ui.state import Room
from tests.ui.driver import Driver

RUSSIAN_TS = dev_environment.TRANSLATIONS / "convviz_ru.ts"
SOURCES = sorted((dev_environment.ROOT / "convviz").rglob("*.py"))

# What is written in Latin letters in a Russian text too.
NAMES = {
    "convviz",
    "scikit",
    "image",
    "torchvision",
    "CIFAR",
    "MNIST",
    "SGD",
    "safetensors",
    "ReLU",
    "tanh",
    "same",
    "valid",
    "NaN",
    "Lp",
}
LETTERS = {"R", "G", "B", "H", "W", "C", "N", "h", "w", "x", "y", "z", "e", "a", "q", "QK", "V"}
FORMATS = {"PNG", "JPEG", "WebP", "GIF", "BMP", "TIFF", "AVIF", "HEIC", "PPM", "NPY", "npy"}
EXPORTS = {"Markdown", "LaTeX", "PDF", "A", "ffmpeg", "PATH", "gif", "png", "mp", "tif", "svg", "pdf"}
COLOUR_SPACES = {"sRGB", "CMYK", "CIELAB", "EXIF"}
KEYS = {
    "Ctrl",
    "Shift",
    "Home",
    "End",
    "Esc",
    "Enter",
    "Tab",
    "Delete",
    "Page",
    "Up",
    "Down",
    "E",
    "F",
    "L",
    "V",
}
NETWORKS = {"EfficientNet", "Lite", "ImageNet", "CIFAR", "Grad", "CAM"}
PROGRAMS = {
    "torch",
    "torchvision",
    "forward",
    "models",
    "nn",
    "Module",
    "model",
    "dict",
    "save",
    "state",
    "trust",
    "layers",
    "NumPy",
}
FILES = {"README", "csv", "HDF", "Keras", "PyTorch", "Python", "TorchScript", "pt", "py", "safetensors"}
FIGURES = {"LeNet", "Inception", "L", "n", "w"}
FIGURE_KEYS = {"strokes", "module", "variants", "depth", "concat", "add", "none", "true", "false"}
# The letters of formulas, the words in a lesson's file, and who has published what.
SYMBOLS = {
    "in",
    "out",
    "K",
    "i",
    "j",
    "k",
    "r",
    "b",
    "c",
    "d",
    "He",
    "et",
    "al",
    "Tan",
    "Le",
    "top",
    "Lp",
    "Conv",
}
FIELDS = {"flatten", "unit", "cell", "input", "kernel", "softmax"}
MORE_NETWORKS = {"ResNet", "AlexNet", "VGG", "GoogLeNet"}
LATIN = (
    SYMBOLS
    | FIELDS
    | MORE_NETWORKS
    | FIGURES
    | FIGURE_KEYS
    | NETWORKS
    | PROGRAMS
    | FILES
    | NAMES
    | LETTERS
    | FORMATS
    | EXPORTS
    | COLOUR_SPACES
    | KEYS
)
SIGNS = "−·×…∂Σ√²°≈●↘↙←→↑↓|"


class Text:
    """One text: where it is used, and what it is in both languages."""

    def __init__(self, context: str, message: ET.Element) -> None:
        translation = message.find("translation")
        assert translation is not None
        self.context = context
        self.source = message.findtext("source") or ""
        self.russian = translation.text or ""
        self.state = translation.get("type", "finished")

    def __repr__(self) -> str:
        return f"{self.context}: {self.source!r} = {self.russian!r} ({self.state})"


def read(translations: Path) -> list[Text]:
    """Return the texts of a Qt Linguist file."""
    contexts = ET.parse(translations).getroot().iter("context")
    return [Text(c.findtext("name") or "", message) for c in contexts for message in c.iter("message")]


TEXTS = read(RUSSIAN_TS)


def fields(text: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def templates() -> Iterator[tuple[str, str]]:
    """Yield context and text of everything the layers below the window mark for translation."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "QT_TRANSLATE_NOOP":
                context, text = map(ast.literal_eval, node.args)
                yield context, text


@pytest.fixture
def translations(qapp: QApplication) -> Iterator[Translations]:
    """The application's languages, compiled from what the texts are now."""
    dev_environment.compile_translations()
    translations = Translations(qapp)
    yield translations
    translations.choose(Language.ENGLISH)


def test_every_text_of_the_code_is_translated_and_no_other(tmp_path: Path) -> None:
    target = tmp_path / RUSSIAN_TS.name
    shutil.copy(RUSSIAN_TS, target)
    lupdate = dev_environment.PROGRAMS / "pyside6-lupdate"
    subprocess.run([lupdate, "-silent", "-locations", "none", *SOURCES, "-ts", target], check=True)
    wrong = [text for text in read(target) if text.state != "finished" or not text.russian]
    assert wrong == [], "packaging/dev.py translations collects the texts of the code"
    assert len(read(target)) > 400


def translated_calls() -> Iterator[str]:
    """Yield every text that the code gives to ``tr``, also where the program that collects them is blind."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "tr":
                given = node.args[0]
                if isinstance(given, ast.Constant):
                    yield str(given.value)


def test_the_translation_knows_every_text_that_is_to_be_translated() -> None:
    given = list(translated_calls())
    assert len(given) > 900
    assert sorted(set(given) - {text.source for text in TEXTS}) == []


def test_no_text_is_written_twice() -> None:
    assert [key for key, count in Counter((t.context, t.source) for t in TEXTS).items() if count > 1] == []


def check_form(text: Text) -> None:
    """Fail unless the translation has the values, lines, spaces and mnemonic of its source."""
    assert fields(text.russian) == fields(text.source)
    assert text.russian.count("\n") == text.source.count("\n")
    for pattern in (r"^\s*", r"\s*$"):
        assert re.findall(pattern, text.russian)[0] == re.findall(pattern, text.source)[0]
    assert len(re.findall(r"&\w", text.russian)) == len(re.findall(r"&\w", text.source)) <= 1


def check_letters(text: Text) -> None:
    """Fail if the translation holds a word left in English, or signs other than those of its source."""
    words = re.findall("[A-Za-z]+", re.sub(r"{\w*}", " ", text.russian))
    assert [word for word in words if word not in LATIN] == []
    assert [sign for sign in SIGNS if (sign in text.source) != (sign in text.russian)] == []
    # Russian quotation marks are « and ».
    assert not set('"“”') & set(text.russian)


@pytest.mark.parametrize("check", [check_form, check_letters])
def test_every_translation_keeps_to_its_source(check: Callable[[Text], None]) -> None:
    wrong = []
    for text in TEXTS:
        try:
            check(text)
        except AssertionError as problem:
            wrong.append(f"{text}: {problem}")
    assert wrong == []


@pytest.mark.parametrize("language", list(Language))
def test_every_sentence_takes_its_values(translations: Translations, language: Language) -> None:
    translations.choose(language)
    marked = sorted(set(templates()))
    assert {context for context, _ in marked} == {"Sentence"}
    assert len(marked) > 150
    for _, template in marked:
        values = {name: f"<{name}>" for name in fields(template)}
        said = say(Sentence(template, values))
        assert all(value in said for value in values.values()), template
        assert "{" not in said, template
        assert (said == template.format(**values)) is (language is Language.ENGLISH), template


def mnemonics(texts: Iterable[str]) -> list[str]:
    """Return the letters that ``texts`` underline, those more than once that collide."""
    return [key for text in texts if (key := QKeySequence.mnemonic(text).toString())]


def menus(title: str, actions: Sequence[QAction]) -> Iterator[tuple[str, list[str]]]:
    """Yield ``title`` and the texts of ``actions``, then the same of every menu they open."""
    yield title, [action.text() for action in actions]
    for action in actions:
        opened = action.menu()
        if isinstance(opened, QMenu):
            yield from menus(action.text(), opened.actions())


@pytest.mark.usefixtures("translations")
@pytest.mark.parametrize("language", list(Language))
def test_no_menu_underlines_a_letter_twice(make_window: Callable[..., Driver], language: Language) -> None:
    window = make_window().window
    window.set_language(language)
    found = list(menus("menu bar", window.menuBar().actions()))
    assert len(found) == 1 + len(window.menus.commands.menus)
    for title, texts in found:
        keys = mnemonics(texts)
        assert len(keys) == len(set(keys)), f"{title}: {texts}"


@pytest.mark.usefixtures("translations")
@pytest.mark.parametrize("room", list(Room))
@pytest.mark.parametrize("language", list(Language))
def test_no_room_underlines_a_letter_twice(
    make_window: Callable[..., Driver], language: Language, room: Room
) -> None:
    driver = make_window(room)
    window = driver.window
    window.set_language(language)
    bar = [action.text() for action in window.menuBar().actions()]
    # What is shown depends on the picture and on the number of filters.
    for example in ("", "three-filters"):
        if example:
            window.opener.show_example(example)
        driver.settle()
        labels = [x.text() for x in window.findChildren(QLabel) if x.buddy() is not None and x.isVisible()]
        buttons = [x.text() for x in window.findChildren(QAbstractButton) if x.isVisible()]
        keys = mnemonics([*bar, *labels, *buttons])
        assert len(keys) > len(bar)
        assert len(keys) == len(set(keys)), (example, bar, labels, buttons)
