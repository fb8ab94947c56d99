"""``convviz selfcheck``: it passes, needs nothing of the user's, and a check fails with what it looks at."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication, QLabel

from convviz.commands import selfcheck
from convviz.commands.checks import checking, numbers, parts, rooms
from convviz.commands.checks.checking import Finding, attempt
from convviz.engine import native
from convviz.engine.backend import torch_backend
from convviz.engine.evaluate import run
from convviz.files import samples
from convviz.files.lessons import shipped_lessons
from convviz.nets.learn.settings import TrainingPlan
from convviz.nets.records import Trace
from convviz.ui.language import Language, Translations
from tests.cli.helpers import ROOT, Convviz

NAMES = [
    *("photographs", "lessons", "pictures", "export"),
    *("engine", "convolution", "networks", "torchvision", "training", "models"),
    *("image room", "convolution room", "network room", "training room", "embeddings room"),
    *("figures", "translations"),
]
# Nothing listens there, so whatever asks for the network is refused at once.
NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")


def test_it_passes_in_an_empty_home_without_display_and_network(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    keep = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "TEMP") if key in os.environ}
    environment = {**keep, **NO_NETWORK, "HOME": str(home), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-m", "convviz", "selfcheck", "--json"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.stderr == ""
    said = json.loads(done.stdout)
    assert said["failed"] == []
    assert [each["name"] for each in said["checks"]] == NAMES
    assert done.returncode == 0
    assert not any(path.is_file() for path in home.rglob("*"))


def fake_groups(monkeypatch: pytest.MonkeyPatch, *found: Finding) -> None:
    monkeypatch.setattr(selfcheck, "GROUPS", (("parts", "fake"),))
    monkeypatch.setattr(parts, "fake", lambda: iter(found), raising=False)
    monkeypatch.setattr(selfcheck, "ended", lambda code: code)
    # What it sets is put back after the test.
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")


def test_one_line_is_printed_for_each_check(convviz: Convviz, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_groups(monkeypatch, Finding("a", True, "as it is"), Finding("b", True, "well"))
    done = convviz("selfcheck")
    assert done.code == 0
    assert done.out.splitlines()[:2] == ["ok      a: as it is", "ok      b: well"]
    assert done.out.splitlines()[2].startswith("All 2 checks passed in ")


def test_what_failed_is_listed_and_the_exit_code_is_1(
    convviz: Convviz, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_groups(monkeypatch, Finding("a", False, "gone"), Finding("b", True, ""), Finding("c", False, "off"))
    done = convviz("selfcheck")
    assert done.code == 1
    assert done.out.splitlines()[0] == "FAILED  a: gone"
    assert done.out.splitlines()[-1] == "2 of 3 checks failed: a, c."
    done = convviz("selfcheck", "--json")
    assert done.code == 1
    assert json.loads(done.out)["failed"] == ["a", "c"]
    assert json.loads(done.out)["checks"][2] == {"name": "c", "passed": False, "note": "off"}


def test_a_group_that_cannot_be_loaded_is_a_failure_and_the_others_are_looked_at(
    convviz: Convviz, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_groups(monkeypatch, Finding("a", True, ""))
    monkeypatch.setattr(selfcheck, "GROUPS", (("gone", "check_gone"), *selfcheck.GROUPS))
    done = convviz("selfcheck")
    assert done.code == 1
    assert done.out.splitlines()[0].startswith("FAILED  gone: ModuleNotFoundError: ")
    assert done.out.splitlines()[1] == "ok      a: "


def test_words_it_does_not_know_are_refused(convviz: Convviz) -> None:
    done = convviz("selfcheck", "everything")
    assert done.code == 2
    assert done.err == "convviz selfcheck takes no everything.\n"


def test_numbers_are_compared_within_what_is_allowed_and_nan_never_fits() -> None:
    checking.near("n", 1.01, 1, 0.02)
    for found in (1.03, float("nan")):
        with pytest.raises(checking.Mismatch, match=r"^n: "):
            checking.near("n", found, 1, 0.02)


def wrong_values(monkeypatch: pytest.MonkeyPatch) -> None:
    original = samples.open_sample

    def brighter(name: str) -> Any:
        picture = original(name)
        return replace(picture, values=picture.values + np.uint8(name == "coins"))

    monkeypatch.setattr(parts, "open_sample", brighter)


def fewer_lessons(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = shipped_lessons()
    monkeypatch.setattr(parts, "shipped_lessons", lambda: shipped[:-1])


def no_heic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)


def wrong_result(monkeypatch: pytest.MonkeyPatch) -> None:
    original = run
    monkeypatch.setattr(parts, "run", lambda *given, **named: original(*given, **named) + np.float32(1))


def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "library", lambda: None)
    monkeypatch.setattr(sys, "frozen", True, raising=False)


def wrong_backend(monkeypatch: pytest.MonkeyPatch) -> None:
    original = run

    def one_off(*given: Any, **named: Any) -> Any:
        result = original(*given, **named).copy()
        result[0, 0, 0] += named["backend"] is torch_backend
        return result

    monkeypatch.setattr(numbers, "run", one_off)


def no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "efficientnet_lite_pytorch", None)


def wrong_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Trace, "scores", property(lambda trace: np.full(1000, np.nan, np.float32)))


def wrong_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    original = TrainingPlan
    monkeypatch.setattr(numbers, "TrainingPlan", lambda *given, seed, **named: original(*given, **named))


def no_safetensors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "safetensors.torch", None)


@pytest.mark.parametrize(
    ("look", "spoil", "said"),
    [
        (parts.photographs, wrong_values, "coins: sum of all values: "),
        (parts.lessons, fewer_lessons, "lessons: 41, and it should be 42"),
        (parts.pictures, no_heic, "pillow_heif"),
        (parts.export, wrong_result, "NPY: sum of all sizes: "),
        (numbers.engine, no_engine, "the compiled engine _native"),
        (numbers.convolution, wrong_backend, "conv-step, Torch: largest error: 1"),
        (numbers.networks, no_package, "efficientnet-lite-pytorch, which is missing"),
        (numbers.torchvision, wrong_scores, "resnet18: a score is no number"),
        (numbers.training, wrong_seed, "loss before the step: "),
        (numbers.models, no_safetensors, "safetensors"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_check_fails_with_what_it_looks_at(
    look: Callable[[], str],
    spoil: Callable[[pytest.MonkeyPatch], None],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spoil(monkeypatch)
    found = attempt("part", look)
    assert not found.passed
    assert said in found.note


def test_a_missing_photograph_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(samples._PHOTO_FILES, "page", "gone.png")
    found = attempt("photographs", parts.photographs)
    assert not found.passed
    assert "gone.png" in found.note


@pytest.fixture
def stage(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[rooms.Stage]:
    # The application takes these over.
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    # Made by pytest before; Qt warns of what comes too late for it.
    monkeypatch.setattr(rooms, "qt_application", lambda: qapp)
    with rooms._stage() as made:
        yield made
    Translations(qapp).choose(Language.ENGLISH)
    made.window.deleteLater()


def test_every_room_that_is_not_as_it_is_known_is_found(
    stage: rooms.Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(look: Callable[[rooms.Stage], str]) -> str:
        found = attempt("room", lambda: look(stage))
        assert not found.passed, found
        return found.note

    with monkeypatch.context() as patch:
        patch.setattr(rooms, "PIXEL", "x 250 y 148 · 177")
        assert "value of a pixel: x 250 y 148 · 176" in said(rooms.image)
    with monkeypatch.context() as patch:
        patch.setattr(rooms, "GREY", 0xFF123456)
        assert "the pixel's colour is painted 0 times" in said(rooms.image)
    with monkeypatch.context() as patch:
        examples = [
            replace(one, expected=one.expected + 1) if one.id == "conv-step" else one
            for one in samples.load_examples()
        ]
        patch.setattr(rooms, "load_examples", lambda: tuple(examples))
        assert "results: [[9.0, 2.0" in said(rooms.convolution)
    with monkeypatch.context() as patch:
        patch.setattr(rooms, "COLOURS", 10**6)
        assert "nothing can be on it" in said(rooms.convolution)
    with monkeypatch.context() as patch:
        patch.setattr(samples, "_PHOTO_FILES", {**samples._PHOTO_FILES, "cat": "gone.png"})
        assert "gone.png" in said(rooms.network)
    with monkeypatch.context() as patch:
        patch.setattr(rooms, "STUCK", 0.5)
        assert "loss: 0.666667" in said(rooms.training)
    with monkeypatch.context() as patch:
        patch.setattr(rooms, "BETWEEN", dict.fromkeys(rooms.BETWEEN, 1.0))
        assert "euclidean distance: 20.4" in said(rooms.embeddings)
    with monkeypatch.context() as patch:
        patch.setattr(rooms, "FIGURES", 12)
        assert "kinds of figures: 11" in said(rooms.figures)
    with monkeypatch.context() as patch:
        patch.setattr(QTranslator, "load", lambda *given: False)
        assert "first menu: &File" in said(rooms.translations)


def test_a_defect_in_the_window_is_found(stage: rooms.Stage) -> None:
    stage.window.show_defect("Traceback:\n  ...\nZeroDivisionError: division by zero\n")
    with pytest.raises(checking.Mismatch, match=r"^ZeroDivisionError: division by zero$"):
        stage.settle()
    # The next step begins without it.
    assert rooms.image(stage) == rooms.PIXEL


def test_an_empty_widget_is_not_taken_for_a_painted_one(stage: rooms.Stage) -> None:
    with pytest.raises(checking.Mismatch, match="nothing can be on it"):
        rooms.painted(stage.window.findChild(QLabel, "status-read-out") or QLabel())
