"""A lesson on paper: pages, letters, what only the lecturer sees, and the process that writes it."""

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from convviz.core.lessons import Blank, Lesson, Question, Step
from convviz.files.lesson_writing import write_lesson
from convviz.ui.export import handout_page
from convviz.ui.export.dialog import ExportDialog
from convviz.ui.lessons.handout import Handout, handout_pdf
from tests.ui.driver import Driver
from tests.ui.export.exporting import opened, said

STEPS = (
    Step(
        "convolution",
        {"en": "The kernel moves.", "ru": "Ядро движется."},
        notice={"en": "The corner.", "ru": "Угол."},
        notes={"en": "Wait here.", "ru": "Подождите."},
        questions=(
            Question({"en": "How many?", "ru": "Сколько?"}, blanks=(Blank(73856.0),), why={"en": "577·128"}),
            Question({"en": "Which?"}, choices=({"en": "first"}, {"en": "second"}), right=1),
        ),
    ),
    Step("image", {"en": "The end.", "ru": "Конец."}),
)
LESSON = Lesson("trial", {"en": "A trial", "ru": "Проба"}, STEPS, number=7)


def pictures() -> list[QImage]:
    image = QImage(400, 250, QImage.Format.Format_RGB32)
    image.fill(QColor("#2060a0"))
    return [image, image]


def pages(data: bytes) -> int:
    return len(re.findall(rb"/Type /Page\n", data))


def letters(data: bytes) -> str:
    """Return every letter that the fonts of a PDF are said to show, from their ToUnicode tables."""
    tables = re.findall(rb"beginbfrange(.*?)endbfrange", data, re.DOTALL)
    codes = [code for table in tables for row in re.findall(rb"\[(.*?)\]", table) for code in row.split()]
    return "".join(chr(int(code.strip(b"<>"), 16)) for code in codes)


def test_every_step_begins_a_page_of_a4_with_embedded_letters(qapp: QApplication) -> None:
    data = handout_pdf(LESSON, pictures(), "en", lecturer=False)
    assert data.startswith(b"%PDF-")
    assert pages(data) == 2
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", data)
    assert all((round(float(w)), round(float(h))) == (595, 842) for w, h in boxes)
    assert b"/FontFile2" in data
    assert b"/Subtype /Image" in data


def test_cyrillic_letters_are_in_the_fonts(qapp: QApplication) -> None:
    shown = set(letters(handout_pdf(LESSON, pictures(), "ru", lecturer=False)))
    assert set("Ядродвижется") <= shown
    assert not set("Ядродвижется") <= set(letters(handout_pdf(LESSON, pictures(), "en", lecturer=False)))


def written(monkeypatch: pytest.MonkeyPatch, *, lecturer: bool) -> list[tuple[str, bool]]:
    """Return the paragraphs of a handout, and whether they are bold."""

    found: list[tuple[str, bool]] = []
    paint = Handout._paint

    def note(self: Handout, title: str) -> None:
        block = self._document.begin()
        while block.isValid():
            bold = any(r.format.fontWeight() >= QFont.Weight.DemiBold for r in block.textFormats())
            found.append((block.text(), bold))
            block = block.next()
        paint(self, title)

    monkeypatch.setattr(Handout, "_paint", note)
    handout_pdf(LESSON, pictures(), "en", lecturer=lecturer)
    return found


def test_the_class_gets_questions_with_room_for_answers_and_no_answers(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = written(monkeypatch, lecturer=False)
    texts = [text for text, _ in found]
    assert texts[0] == "7. A trial"
    assert "Step 1 of 2" in texts
    assert "The kernel moves." in texts
    assert "Notice: The corner." in texts
    assert "_" * 24 in texts
    assert "☐ first" in texts
    assert "☐ second" in texts
    assert not any(word in text for text in texts for word in ("73856", "577", "Wait", "☒"))


def test_the_lecturer_gets_answers_reasons_and_notes(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = written(monkeypatch, lecturer=True)
    texts = [text for text, _ in found]
    assert "For the lecturer: with answers and notes" in texts
    assert ("73856", True) in found
    assert "577·128" in texts
    assert ("☒ second", True) in found
    assert ("☐ first", False) in found
    assert "Notes: Wait here." in texts


def test_the_page_lets_another_process_write_it_and_shows_how_far_it_is(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lesson.pdf"
    told = tmp_path / "arguments.txt"
    script = tmp_path / "program.py"
    script.write_text(
        "import pathlib, sys\n"
        f"pathlib.Path({str(told)!r}).write_text('|'.join(sys.argv[1:]))\n"
        "print('step 1 of 2\\nstep 2 of 2', flush=True)\n"
    )
    monkeypatch.setattr(handout_page, "program", lambda: [sys.executable, str(script)])
    dialog = opened(driver, "handout")
    page = dialog.handout
    shown: list[float] = []
    page.progressed.connect(lambda fraction, text: shown.append(fraction))
    page.lesson.setCurrentIndex(19)
    page.audience.setCurrentIndex(1)
    page.language.setCurrentIndex(1)
    dialog.save_as(str(path))
    assert dialog.cancel.isVisible()
    assert not dialog.save.isEnabled()
    driver.qtbot.waitUntil(lambda: not page.busy, timeout=20_000)
    assert said(dialog) == "Saved as lesson.pdf."
    assert shown == [0.0, 0.5]
    arguments = f"lessons|conv-layer|--handout={path}|--language=ru|--lecturer"
    assert told.read_text() == arguments


def test_giving_up_ends_the_process(driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "program.py"
    script.write_text("import sys\nprint('step 1 of 9', flush=True)\nsys.stdin.read()\n")
    monkeypatch.setattr(handout_page, "program", lambda: [sys.executable, str(script)])
    dialog = opened(driver, "handout")
    dialog.save_as(str(tmp_path / "lesson.pdf"))
    driver.qtbot.waitUntil(lambda: said(dialog) == "Drawing step 1 of 9", timeout=20_000)
    dialog.cancel.click()
    assert not dialog.handout.busy
    assert said(dialog) == "Given up; nothing was written."
    assert dialog.save.isEnabled()


def test_why_it_failed_is_told(driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "program.py"
    script.write_text("import sys\nsys.exit('Step 3 was not on screen in time; nothing was written.')\n")
    monkeypatch.setattr(handout_page, "program", lambda: [sys.executable, str(script)])
    dialog = opened(driver, "handout")
    dialog.save_as(str(tmp_path / "lesson.pdf"))
    driver.qtbot.waitUntil(lambda: not dialog.handout.busy, timeout=20_000)
    assert said(dialog).startswith("lesson.pdf was not made: Step 3 was not on screen")
    monkeypatch.setattr(handout_page, "program", lambda: [str(tmp_path / "no-such-program")])
    dialog.save_as(str(tmp_path / "lesson.pdf"))
    driver.qtbot.waitUntil(lambda: not dialog.handout.busy, timeout=20_000)
    assert "ended unexpectedly" in said(dialog)


def test_a_place_that_cannot_be_written_is_told_at_once(driver: Driver, tmp_path: Path) -> None:
    dialog = opened(driver, "handout")
    dialog.save_as(str(tmp_path / "nowhere" / "lesson.pdf"))
    assert not dialog.handout.busy
    assert "there is no folder" in said(dialog)


def own_lesson(folder: Path, name: str = "mine.lesson.toml") -> Path:
    path = folder / name
    write_lesson(path, Lesson("mine", {"en": "My own", "ru": "Моё"}, STEPS))
    return path


def told(driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dialog: ExportDialog) -> list[str]:
    """Save, and return the arguments that the other process is given."""
    arguments, script = tmp_path / "arguments.txt", tmp_path / "program.py"
    script.write_text(
        f"import pathlib, sys\npathlib.Path({str(arguments)!r}).write_text('|'.join(sys.argv[1:]))\n"
    )
    monkeypatch.setattr(handout_page, "program", lambda: [sys.executable, str(script)])
    dialog.save_as(str(tmp_path / "lesson.pdf"))
    driver.qtbot.waitUntil(lambda: not dialog.handout.busy, timeout=20_000)
    return arguments.read_text().split("|")


def test_a_lesson_of_ones_own_is_chosen_from_its_file(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = own_lesson(tmp_path)
    dialog = opened(driver, "handout")
    page = dialog.handout
    before = page.lesson.count()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    for _ in range(2):
        driver.qtbot.mouseClick(page.other, Qt.MouseButton.LeftButton)
    # Chosen twice it is there once.
    assert page.lesson.count() == before + 1
    assert page.lesson.currentText() == "My own"
    assert told(driver, tmp_path, monkeypatch, dialog)[:2] == ["lessons", str(path)]
    assert said(dialog) == "Saved as lesson.pdf."


def test_what_is_no_lesson_is_told_and_the_choice_stays(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bad.lesson.toml"
    path.write_text("format = 1\n")
    dialog = opened(driver, "handout")
    page = dialog.handout
    before = page.lesson.currentData(), page.lesson.count()
    answers = iter([("", ""), (str(path), "")])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: next(answers))
    page.other.click()
    assert said(dialog) == ""
    page.other.click()
    assert "bad.lesson.toml is not a lesson as it should be" in said(dialog)
    assert (page.lesson.currentData(), page.lesson.count()) == before


def test_a_lesson_that_is_open_from_a_file_is_offered_and_chosen(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = own_lesson(tmp_path)
    driver.window.lessons.open_file(str(path))
    driver.settle()
    dialog = opened(driver, "handout")
    assert dialog.handout.lesson.currentText() == "My own"
    assert told(driver, tmp_path, monkeypatch, dialog)[:2] == ["lessons", str(path)]
    driver.window.lessons.close()
    driver.window.lessons.open("5")
    driver.settle()
    assert opened(driver, "handout").handout.lesson.currentText().startswith("5. ")
