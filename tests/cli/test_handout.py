"""``convviz lessons --handout``: what is refused, and one lesson really written."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.helpers import ROOT, Convviz, check_refused


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--handout", "a.pdf"), "--handout is of one lesson"),
        (("5", "6", "--handout", "a.pdf"), "--handout is of one lesson"),
        (("5", "--handout", "a.doc"), "should end in .pdf"),
        (("no-such", "--handout", "a.pdf"), "There is no lesson “no-such”"),
        (("5", "--handout", "a.pdf", "--desk"), "--handout goes with --language and --lecturer only"),
        (
            ("5", "--handout", "a.pdf", "--size", "10x10"),
            "--handout goes with --language and --lecturer only",
        ),
        (("5", "--handout", "nowhere/a.pdf"), "there is no folder"),
        (("5", "--lecturer"), "--lecturer needs a --handout"),
        (("mine.lesson.toml", "--handout", "a.pdf"), "mine.lesson.toml"),
    ],
)
def test_what_makes_no_sense_is_refused(convviz: Convviz, words: tuple[str, ...], said: str) -> None:
    check_refused(convviz("lessons", *words), said, "a.pdf")


def test_a_lesson_is_written_with_a_page_for_every_step(tmp_path: Path) -> None:
    path = tmp_path / "five.pdf"
    done = subprocess.run(
        [sys.executable, "-m", "convviz", "lessons", "5", "--handout", str(path), "--language", "ru"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [f"step {n} of 4" for n in range(1, 5)]
    data = path.read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.count(b"/Type /Page\n") == 4
    assert data.count(b"/Subtype /Image") >= 4
