"""The user's own models in the network room: opened from real files, asked about, refused, remembered."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QMessageBox,
    QWidget,
)

from convviz.engine.backend import load_torch
from convviz.files.own_models import OwnModel, key_of, load_models
from convviz.nets import catalog
from convviz.nets.known_preprocessing import Known, known_preprocessing
from convviz.nets.own import Inspected, to_plain
from convviz.nets.preprocessing import Fit, Preprocessing
from convviz.ui import own_source
from convviz.ui.language import Language
from convviz.ui.model_dialog import ModelDialog
from convviz.ui.model_questions import CodeBox
from convviz.ui.preferences import own_models_path
from convviz.ui.preprocessing_form import AS_IS, GREY, RGB
from convviz.ui.preprocessing_start import KEPT, STATED, USUAL
from convviz.ui.rooms.network_desk import NetworkDesk
from convviz.ui.rooms.own_models import ASK, FORGET
from convviz.ui.state import Room
from tests.ui.driver import WAIT_MS, Driver
from tests.ui.test_network_room import SMALL, Catalogue, catalogue, desk, driver

__all__ = ["catalogue", "driver"]

AnyWidget = TypeVar("AnyWidget", bound=QWidget)
YES, NO = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No

TINY = """
from pathlib import Path

from torch import nn

with Path({marker!r}).open("a") as file:
    file.write("ran ")


class Tiny(nn.Module):
    def __init__(self, num_classes=3):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.fc = nn.Linear(4, num_classes)

    def forward(self, x):
        return self.fc(self.conv(x).relu().mean((2, 3)))
"""


@pytest.fixture(autouse=True)
def _no_list() -> Iterator[None]:
    """Begin without models, and leave none to the next test."""

    def remove() -> None:
        folder = own_models_path().parent
        for file in folder.glob("models.json*") if folder.is_dir() else ():
            file.unlink()

    remove()
    yield
    remove()


class Files:
    """Files of a user's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.marker = folder / "marker"
        load_torch()

    @property
    def runs(self) -> int:
        """How often the program was run."""
        return self.marker.read_text().count("ran") if self.marker.exists() else 0

    def program(self) -> str:
        """Write a program with a network; running it leaves a mark."""
        path = self.folder / "tiny.py"
        path.write_text(TINY.format(marker=str(self.marker)))
        return str(path)

    def tiny_weights(self) -> str:
        """Write weights for the program's network, with five classes."""
        import torch
        from safetensors.torch import save_file

        torch.manual_seed(1)
        path = self.folder / "cats.safetensors"
        state = {
            "conv.weight": torch.randn(4, 3, 3, 3),
            "conv.bias": torch.randn(4),
            "fc.weight": torch.randn(5, 4),
            "fc.bias": torch.randn(5),
        }
        save_file(state, path)
        return str(path)

    def state(self, key: str, name: str, classes: int | None = None) -> str:
        """Write the weights of a network of the catalogue."""
        import torch

        path = self.folder / name
        torch.save(catalog.build(key, classes).state_dict(), path)
        return str(path)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def opened(driver: Driver, kind: type[AnyWidget]) -> AnyWidget:
    """Wait until a window of this kind is open, and return it."""

    def found() -> list[AnyWidget]:
        return [widget for widget in driver.window.findChildren(kind) if widget.isVisible()]

    driver.qtbot.waitUntil(lambda: len(found()) == 1, timeout=WAIT_MS)
    return found()[0]


def text_of(dialog: ModelDialog, name: str) -> str:
    """Return what a label of the dialog says."""
    label = dialog.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


def press_ok(driver: Driver, dialog: ModelDialog) -> None:
    button = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert button.isEnabled()
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def answer(driver: Driver, button: QMessageBox.StandardButton) -> None:
    """Answer the question whether a program may run."""
    box = opened(driver, QMessageBox)
    assert box.defaultButton() is box.button(NO)
    assert box.escapeButton() is box.button(NO)
    driver.qtbot.mouseClick(box.button(button), Qt.MouseButton.LeftButton)
    driver.settle()


def listed(room: NetworkDesk) -> list[str]:
    """Return the entries of the list of networks."""
    return [room.bar.networks.itemText(n) for n in range(room.bar.networks.count())]


def chosen(room: NetworkDesk) -> str:
    """Return the key of the network on screen, which nothing is wrong with."""
    assert room.traced is not None
    assert not room.stale
    assert room.traced.key == room.key == room.bar.networks.currentData()
    return room.traced.key


def test_weights_for_a_class_of_ones_own_open_after_the_questions(driver: Driver, files: Files) -> None:
    room, weights, program = desk(driver), files.tiny_weights(), files.program()
    driver.window.open_model(weights)
    dialog = opened(driver, ModelDialog)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled()
    dialog.architecture.setEditText(f"{program}:Tiny")
    dialog.classes.setPlainText("cat\ndog\nowl\nfox\nhen\n")
    press_ok(driver, dialog)
    assert files.runs == 0
    answer(driver, YES)
    assert files.runs == 1
    assert chosen(room) == key_of(weights)
    assert room.traced is not None
    assert room.traced.trace.classes == ("cat", "dog", "owl", "fox", "hen")
    assert room.traced.network.trained
    assert listed(room)[:3] == ["Your models", "cats.safetensors · tiny.py:Tiny", "Open model…"]
    assert room.bar.networks.currentText() == "cats.safetensors · tiny.py:Tiny"
    # Another picture does not open it again.
    driver.window.opener.open_sample("coffee")
    driver.settle()
    assert chosen(room) == key_of(weights)
    assert files.runs == 1


@pytest.mark.parametrize("way", ["no", "escape", "enter"])
def test_a_program_that_is_not_trusted_does_not_run_and_changes_nothing(
    driver: Driver, files: Files, way: str
) -> None:
    room = desk(driver)
    before = room.traced
    driver.window.open_model(files.program())
    box = opened(driver, QMessageBox)
    assert "tiny.py" in box.text()
    if way == "no":
        answer(driver, NO)
    else:
        key = Qt.Key.Key_Escape if way == "escape" else Qt.Key.Key_Return
        with driver.qtbot.waitSignal(box.finished, timeout=WAIT_MS):
            driver.qtbot.keyClick(box, key)
        driver.settle()
    assert not room.busy
    assert room.traced is before
    assert chosen(room) == SMALL
    assert files.runs == 0
    assert load_models(own_models_path()) == ()
    assert not room.problem.isVisible()


def test_a_trusted_program_opens_and_is_asked_about_again_the_next_time(driver: Driver, files: Files) -> None:
    room, program = desk(driver), files.program()
    driver.window.open_model(program)
    answer(driver, YES)
    dialog = opened(driver, ModelDialog)
    # Its classes are read, not run.
    assert files.runs == 0
    assert dialog.architecture.currentText() == "Tiny"
    press_ok(driver, dialog)
    driver.settle()
    assert files.runs == 1
    assert chosen(room) == key_of(program)
    room.choose_network(SMALL)
    driver.settle()
    room.choose_network(key_of(program))
    answer(driver, NO)
    assert chosen(room) == SMALL
    assert files.runs == 1
    room.choose_network(key_of(program))
    answer(driver, YES)
    assert chosen(room) == key_of(program)
    assert files.runs == 2


def test_the_class_count_of_a_resnet_comes_from_the_file(driver: Driver, files: Files) -> None:
    room = desk(driver)
    driver.window.open_model(files.state("resnet18", "pets-resnet18.pth", 7))
    dialog = opened(driver, ModelDialog)
    assert dialog.architecture.currentText() == "resnet18"
    assert text_of(dialog, "model-class-count") == "The file has 7 outputs."
    dialog.form.automatic.setChecked(False)
    dialog.form.width_field.set_value(96)
    dialog.form.height_field.set_value(64)
    dialog.form.shorter.set_value(96)
    press_ok(driver, dialog)
    driver.settle()
    assert chosen(room) == key_of(str(files.folder / "pets-resnet18.pth"))
    assert room.traced is not None
    assert room.traced.trace.outputs[-1].shape == (7,)
    assert room.traced.trace.input.shape == (3, 64, 96)


def test_too_few_names_are_a_sentence_and_can_be_put_right(driver: Driver, files: Files) -> None:
    room, weights = desk(driver), files.state("lenet5", "lenet5.pt", 4)
    driver.window.open_model(weights)
    dialog = opened(driver, ModelDialog)
    dialog.classes.setPlainText("cat\ndog")
    press_ok(driver, dialog)
    driver.settle()
    assert room.problem.isVisible()
    assert "lenet5.pt has 4 outputs and was given 2 names" in room.problem.text()
    assert chosen(room) == SMALL
    # What was typed is still there.
    driver.window.open_model(weights)
    dialog = opened(driver, ModelDialog)
    assert dialog.classes.toPlainText() == "cat\ndog"
    dialog.classes.setPlainText("cat\ndog\nowl\nfox")
    press_ok(driver, dialog)
    driver.settle()
    assert chosen(room) == key_of(weights)
    assert not room.problem.isVisible()


def test_weights_of_another_network_are_refused_and_the_last_one_stays(driver: Driver, files: Files) -> None:
    room = desk(driver)
    driver.window.open_model(files.tiny_weights())
    dialog = opened(driver, ModelDialog)
    dialog.architecture.setEditText("resnet18")
    press_ok(driver, dialog)
    driver.settle()
    assert room.problem.isVisible()
    assert "cats.safetensors" in room.problem.text()
    assert "Traceback" not in room.problem.text()
    assert chosen(room) == SMALL
    assert driver.window.preferences.network == SMALL
    assert load_models(own_models_path()) == ()
    assert listed(room)[:2] == ["Your models", "Open model…"]


def test_the_settings_are_kept_for_the_next_start(
    driver: Driver, make_window: Callable[..., Driver], files: Files
) -> None:
    weights = files.state("lenet5", "lenet5.pt", 3)
    driver.window.open_model(weights)
    dialog = opened(driver, ModelDialog)
    form = dialog.form
    form.automatic.setChecked(False)
    form.colours.setCurrentIndex(form.colours.findData(GREY))
    assert form.mean.text() == "0.1307"
    form.mean.setText("0.25")
    for field in (form.width_field, form.height_field, form.shorter):
        field.set_value(28)
    dialog.classes.setPlainText("one\ntwo\nthree")
    press_ok(driver, dialog)
    driver.settle()
    again = make_window(Room.NETWORK)
    room = desk(again)
    # It opens at once, without a question, as it runs nothing.
    assert chosen(room) == key_of(weights)
    assert room.traced is not None
    assert room.traced.network.preprocessing.mean == (0.25,)
    assert room.traced.trace.classes == ("one", "two", "three")
    assert listed(room)[:3] == ["Your models", "lenet5.pt · lenet5", "Open model…"]
    again.window.open_model(weights)
    dialog = opened(again, ModelDialog)
    assert not dialog.form.automatic.isChecked()
    assert dialog.form.mean.text() == "0.25"
    assert dialog.form.colours.currentData() == GREY
    assert dialog.classes.toPlainText() == "one\ntwo\nthree"
    dialog.reject()


def test_a_program_is_not_run_by_a_start(
    driver: Driver, make_window: Callable[..., Driver], files: Files
) -> None:
    program = files.program()
    driver.window.open_model(program)
    answer(driver, YES)
    press_ok(driver, opened(driver, ModelDialog))
    driver.settle()
    assert driver.window.preferences.network == key_of(program)
    room = desk(make_window(Room.NETWORK))
    assert chosen(room) == catalog.DEFAULT
    assert files.runs == 1
    assert listed(room)[1:3] == ["Your models", "tiny.py · Tiny"]


def test_a_model_that_is_gone_is_a_sentence_and_the_default_comes_instead(
    driver: Driver, make_window: Callable[..., Driver], files: Files
) -> None:
    weights = files.state("lenet5", "lenet5.pt")
    driver.window.open_model(weights)
    press_ok(driver, opened(driver, ModelDialog))
    driver.settle()
    assert driver.window.preferences.network == key_of(weights)
    Path(weights).unlink()
    room = desk(make_window(Room.NETWORK))
    assert chosen(room) == catalog.DEFAULT
    assert room.problem.isVisible()
    assert "lenet5.pt" in room.problem.text()


def test_a_damaged_list_is_told_and_kept(
    catalogue: Catalogue, make_window: Callable[..., Driver], files: Files
) -> None:
    path = own_models_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('{"version": 1, "models": [{"path": 3}]}', encoding="utf-8")
    driver = make_window(Room.NETWORK)
    room = desk(driver)
    assert catalogue.opened == [catalog.DEFAULT]
    assert room.problem.isVisible()
    assert "models.json is damaged" in room.problem.text()
    driver.window.open_model(files.state("lenet5", "lenet5.pt"))
    press_ok(driver, opened(driver, ModelDialog))
    driver.settle()
    assert [model.architecture for model in load_models(path)] == ["lenet5"]
    assert path.with_name("models.json.bak").read_text(encoding="utf-8").startswith('{"version": 1')


def test_a_whole_module_is_refused_with_the_code_that_helps(driver: Driver, files: Files) -> None:
    import torch

    room, path = desk(driver), files.folder / "whole.pt"
    torch.save(torch.nn.Sequential(torch.nn.Linear(2, 2)), path)
    driver.window.open_model(str(path))
    box = opened(driver, CodeBox)
    assert "whole.pt holds Python objects" in box.said.text()
    assert box.said.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    lines = box.code.toPlainText().splitlines()
    assert len(lines) == 3
    assert lines[0] == "import torch;"
    driver.qtbot.mouseClick(box.copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "\n".join(lines)
    box.reject()
    driver.settle()
    assert chosen(room) == SMALL


@pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")
def test_torchscript_is_refused_with_code_of_its_own(driver: Driver, files: Files) -> None:
    import torch

    path = files.folder / "script.pt"
    torch.jit.script(torch.nn.Linear(2, 2)).save(str(path))
    driver.window.open_model(str(path))
    box = opened(driver, CodeBox)
    assert "script.pt is a TorchScript program" in box.said.text()
    assert "torch.jit.load('script.pt')" in box.code.toPlainText()
    box.reject()
    driver.settle()
    assert chosen(desk(driver)) == SMALL


def test_an_exported_program_is_asked_about_and_opens(driver: Driver, files: Files) -> None:
    import torch

    torch.manual_seed(2)
    nn, path = torch.nn, files.folder / "net.pt2"
    module = nn.Sequential(
        nn.Conv2d(3, 4, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 2)
    )
    torch.export.save(torch.export.export(module.eval(), (torch.zeros(1, 3, 32, 32),)), path)
    room = desk(driver)
    driver.window.open_model(str(path))
    answer(driver, YES)
    dialog = opened(driver, ModelDialog)
    assert not dialog.architecture.isVisible()
    dialog.classes.setPlainText("cat\ndog")
    press_ok(driver, dialog)
    driver.settle()
    assert chosen(room) == key_of(str(path))
    assert room.traced is not None
    assert room.traced.trace.input.shape == (3, 32, 32)
    assert room.traced.trace.classes == ("cat", "dog")


def test_an_exported_program_of_one_channel_opens_and_is_given_grey(driver: Driver, files: Files) -> None:
    import torch

    nn, path = torch.nn, files.folder / "grey.pt2"
    module = nn.Sequential(
        nn.Conv2d(1, 4, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 2)
    )
    torch.export.save(torch.export.export(module.eval(), (torch.zeros(1, 1, 20, 24),)), path)
    room = desk(driver)
    driver.window.open_model(str(path))
    answer(driver, YES)
    dialog = opened(driver, ModelDialog)
    # Who wants to choose begins with what the program takes.
    dialog.form.automatic.setChecked(False)
    steps = dialog.form.preprocessing()
    assert steps is not None
    assert steps.input_shape == (1, 20, 24)
    press_ok(driver, dialog)
    driver.settle()
    assert room.traced is not None
    assert room.traced.trace.input.shape == (1, 20, 24)


def test_looking_into_a_file_shows_progress_and_can_be_called_off(
    driver: Driver, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, may_go_on, stopped = threading.Event(), threading.Event(), threading.Event()

    def wait(path: Path, *, check: Callable[[], object], progress: Any) -> Inspected:
        started.set()
        progress(0.5, None)
        try:
            while not may_go_on.wait(0.01):
                check()
        finally:
            stopped.set()
        return Inspected()

    monkeypatch.setattr(own_source, "inspect_model", wait)
    room = desk(driver)
    driver.window.open_model(files.tiny_weights())
    assert started.wait(10)
    driver.qtbot.waitUntil(room.progress.isVisible, timeout=WAIT_MS)
    driver.qtbot.mouseClick(room.progress.cancel, Qt.MouseButton.LeftButton)
    driver.qtbot.waitUntil(lambda: not room.busy, timeout=WAIT_MS)
    assert stopped.wait(10)
    driver.settle()
    assert not room.progress.isVisible()
    assert driver.window.findChild(ModelDialog) is None
    assert chosen(room) == SMALL


def drop(driver: Driver, *paths: str) -> None:
    """Drop files onto the window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    driver.window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, buttons, keys))


def test_a_model_that_is_dropped_opens_in_the_network_room(
    catalogue: Catalogue, make_window: Callable[..., Driver], files: Files
) -> None:
    driver = make_window(Room.CONVOLUTION)
    picture = driver.window.session.state.picture
    drop(driver, files.state("lenet5", "lenet5.ckpt"))
    dialog = opened(driver, ModelDialog)
    assert driver.window.room is Room.NETWORK
    press_ok(driver, dialog)
    driver.settle()
    assert chosen(desk(driver)) == key_of(str(files.folder / "lenet5.ckpt"))
    assert driver.window.session.state.picture is picture
    assert catalogue.opened in ([], [catalog.DEFAULT])


def test_the_menu_and_the_list_ask_for_a_file(
    driver: Driver, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, asked = desk(driver), []
    weights = files.state("lenet5", "lenet5.pt")

    def choose(parent: QWidget, title: str, folder: str, kinds: str) -> tuple[str, str]:
        asked.append(kinds)
        return (weights, "") if len(asked) == 2 else ("", "")

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    networks = room.bar.networks
    networks.setCurrentIndex(networks.findData(ASK))
    networks.activated.emit(networks.findData(ASK))
    assert len(asked) == 1
    assert chosen(room) == SMALL
    driver.window.set_room(Room.IMAGE)
    driver.trigger("network-model")
    press_ok(driver, opened(driver, ModelDialog))
    driver.settle()
    assert driver.window.room is Room.NETWORK
    assert chosen(room) == key_of(weights)
    assert all(f"*{suffix}" in asked[0] for suffix in (".pt", ".pth", ".ckpt", ".safetensors", ".pt2", ".py"))


def begun(make_window: Callable[..., Driver], model: str, weights: str | None, *, trust: bool) -> Driver:
    """Return a window that begins with a model, in the network room."""
    driver = make_window(Room.CONVOLUTION)
    driver.window.network.begin_with(model, weights, trust=trust)
    driver.window.set_room(Room.NETWORK)
    driver.settle()
    return driver


def test_the_window_begins_with_the_model_that_is_asked_for(
    catalogue: Catalogue, make_window: Callable[..., Driver], files: Files
) -> None:
    program, weights = files.program(), files.tiny_weights()
    room = desk(begun(make_window, f"{program}:Tiny", weights, trust=True))
    assert chosen(room) == key_of(weights)
    assert files.runs == 1
    assert load_models(own_models_path()) == (OwnModel(weights, f"{program}:Tiny"),)
    lenet = files.state("lenet5", "lenet5.pt")
    assert chosen(desk(begun(make_window, "lenet5", lenet, trust=False))) == key_of(lenet)
    # Nothing else was opened before.
    assert catalogue.opened == []
    assert chosen(desk(begun(make_window, SMALL, None, trust=False))) == SMALL


@pytest.mark.usefixtures("catalogue")
def test_a_file_that_is_not_there_is_a_sentence_above_the_default_network(
    make_window: Callable[..., Driver], tmp_path: Path
) -> None:
    for name in ("none.pth", "none.py"):
        room = desk(begun(make_window, str(tmp_path / name), None, trust=True))
        assert chosen(room) == catalog.DEFAULT
        assert room.problem.isVisible()
        assert "There is no file" in room.problem.text()
        assert name in room.problem.text()


@pytest.mark.usefixtures("catalogue")
def test_a_program_on_the_command_line_is_asked_about_without_trust(
    make_window: Callable[..., Driver], files: Files
) -> None:
    driver = begun(make_window, files.program(), None, trust=False)
    answer(driver, NO)
    assert files.runs == 0
    assert chosen(desk(driver)) == catalog.DEFAULT


@pytest.mark.parametrize("language", list(Language))
def test_the_dialog_is_reached_by_keyboard_and_read_out(driver: Driver, language: Language) -> None:
    driver.window.set_language(language)
    dialog = ModelDialog(OwnModel("/home/anna/mine.pth"), Inspected(("resnet18", "vgg16")), driver.window)
    dialog.open()
    dialog.form.automatic.setChecked(False)
    fields = [
        widget
        for widget in dialog.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    named = [widget for widget in fields if not widget.objectName().startswith("qt_")]
    assert len(named) >= 12
    for widget in named:
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        owner = widget.parent()
        inner = owner.accessibleName() if isinstance(owner, QWidget) else ""
        assert widget.accessibleName() or text or inner, widget.objectName()
    seen = set()
    for _ in range(2 * len(fields)):
        dialog.focusNextChild()
        seen.add(dialog.focusWidget())
    assert {dialog.classes, dialog.browse, dialog.form.mean, dialog.form.automatic} <= seen
    dialog.reject()


def test_the_dialog_fits_into_the_window_at_projector_scale(driver: Driver) -> None:
    driver.window.resize(1280, 720)
    driver.window.set_projector(True)
    dialog = ModelDialog(OwnModel("/home/anna/mine.pth"), Inspected(("resnet18", "vgg16")), driver.window)
    dialog.open()
    QApplication.processEvents()
    assert dialog.height() <= driver.window.height()
    assert dialog.width() <= driver.window.width()
    assert dialog.rect().contains(dialog.buttons.geometry())
    dialog.reject()


def test_the_dialog_says_what_is_wrong(driver: Driver) -> None:
    dialog = ModelDialog(OwnModel("/home/anna/mine.pth"), Inspected(("resnet18", "vgg16")), driver.window)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    for text, words in (
        ("", "Which network"),
        ("resnet19", "no architecture “resnet19”"),
        ("/none/net.py:Net", "There is no file /none/net.py"),
    ):
        dialog.architecture.setEditText(text)
        assert words in text_of(dialog, "model-message")
        assert not ok.isEnabled()
    dialog.architecture.setEditText("vgg16")
    assert ok.isEnabled()
    dialog.form.automatic.setChecked(False)
    dialog.form.std.setText("1 1")
    assert not ok.isEnabled()
    assert "3 finite numbers" in text_of(dialog, "model-message")
    dialog.form.std.setText("1 1 x")
    assert not ok.isEnabled()
    dialog.form.std.setText("1 1 2")
    dialog.form.fit.setCurrentIndex(dialog.form.fit.findData(AS_IS))
    assert ok.isEnabled()
    steps = dialog.form.preprocessing()
    assert steps is not None
    assert steps.std == (1, 1, 2)
    assert not steps.crop
    dialog.deleteLater()


def known_of(dialog: ModelDialog) -> str:
    """Return which known settings the form shows; empty for others."""
    return dialog.form.known.currentData() or ""


def choose_known(driver: Driver, dialog: ModelDialog, which: str) -> None:
    """Choose known settings in the list."""
    combo = dialog.form.known
    combo.showPopup()
    combo.view().setCurrentIndex(combo.model().index(combo.findData(which), 0))
    driver.qtbot.keyClick(combo.view(), Qt.Key.Key_Return)


def test_the_form_starts_from_what_the_architecture_was_made_for(driver: Driver, files: Files) -> None:
    driver.window.open_model(files.state("lenet5", "lenet5.pt"))
    dialog = opened(driver, ModelDialog)
    form = dialog.form
    assert form.automatic.isChecked()
    assert (form.mean.text(), form.std.text()) == ("0.1307", "0.3081")
    assert (form.width_field.value(), form.colours.currentData()) == (28, GREY)
    dialog.architecture.setEditText("inception_v3")
    assert (form.width_field.value(), form.shorter.value(), form.colours.currentData()) == (299, 342, RGB)
    form.automatic.setChecked(False)
    assert known_of(dialog) == USUAL
    assert form.preprocessing() == catalog.preprocessing("inception_v3")
    # What one has chosen oneself stays, whatever the architecture.
    form.mean.setText("0.1 0.2 0.3")
    assert known_of(dialog) == ""
    dialog.architecture.setEditText("resnet18")
    assert form.mean.text() == "0.1 0.2 0.3"
    form.automatic.setChecked(True)
    assert form.width_field.value() == 224
    dialog.reject()


def test_the_form_starts_from_what_the_file_says(driver: Driver, files: Files) -> None:
    import torch
    from safetensors.torch import save_file

    path = files.folder / "said.safetensors"
    said = {"mean": "[0.48145466, 0.4578275, 0.40821073]", "std": "[0.25, 0.25, 0.25]", "input_size": "64"}
    save_file({"fc.weight": torch.zeros(5, 4)}, path, metadata=said)
    driver.window.open_model(str(path))
    dialog = opened(driver, ModelDialog)
    assert not dialog.form.automatic.isChecked()
    assert known_of(dialog) == STATED
    steps = dialog.form.preprocessing()
    assert steps is not None
    assert (steps.mean, steps.size) == ((0.48145466, 0.4578275, 0.40821073), (64, 64))
    dialog.reject()


def test_what_was_kept_with_a_model_comes_first(driver: Driver) -> None:
    kept = Preprocessing((40, 50), Fit.EXACT, crop=False, mean=(0.1, 0.2, 0.3))
    own = OwnModel("/home/anna/mine.pth", "vgg16", to_plain(kept))
    found = Inspected(("vgg16",), stated=Preprocessing((96, 96)), usual={"vgg16": Preprocessing()})
    dialog = ModelDialog(own, found, driver.window)
    assert dialog.form.preprocessing() == kept
    assert known_of(dialog) == KEPT
    options = [dialog.form.known.itemData(at) for at in range(dialog.form.known.count())]
    assert options == [KEPT, STATED, USUAL, *Known]
    dialog.deleteLater()


@pytest.mark.parametrize("language", list(Language))
def test_known_settings_are_chosen_by_their_names(driver: Driver, language: Language) -> None:
    driver.window.set_language(language)
    dialog = ModelDialog(OwnModel("/home/anna/mine.pth"), Inspected(("resnet18",)), driver.window)
    dialog.open()
    assert not dialog.form.known.isEnabled()
    dialog.form.automatic.setChecked(False)
    for which in Known:
        before = dialog.form.preprocessing()
        assert before is not None
        choose_known(driver, dialog, which)
        assert known_of(dialog) == which
        assert dialog.form.preprocessing() == known_preprocessing(which, before)
    # Grey by now: values from 0 to 1 are another matter than size and colours.
    choose_known(driver, dialog, Known.UNIT)
    steps = dialog.form.preprocessing()
    assert steps is not None
    assert (steps.channels, steps.size, steps.mean, steps.std) == (1, (28, 28), (0.0,), (1.0,))
    dialog.form.std.setText("wrong")
    assert known_of(dialog) == ""
    assert dialog.form.known.placeholderText()
    choose_known(driver, dialog, Known.IMAGENET)
    assert dialog.form.preprocessing() == Preprocessing()
    dialog.reject()


def with_lenet(driver: Driver, files: Files) -> str:
    """Open a model of the user's with a class of its own names, and return its file."""
    weights = files.state("lenet5", "lenet5.pt", 3)
    driver.window.open_model(weights)
    dialog = opened(driver, ModelDialog)
    dialog.classes.setPlainText("one\ntwo\nthree")
    press_ok(driver, dialog)
    driver.settle()
    return weights


@pytest.mark.parametrize("way", ["menu", "list"])
def test_a_model_is_forgotten_without_a_question_and_comes_back_when_it_is_opened(
    driver: Driver, files: Files, way: str
) -> None:
    weights = with_lenet(driver, files)
    room, networks = desk(driver), desk(driver).bar.networks
    entry = networks.findData(FORGET)
    assert networks.itemText(entry) == "Forget this model"
    assert "its file stays" in networks.itemData(entry, Qt.ItemDataRole.ToolTipRole)
    if way == "menu":
        driver.trigger("network-forget")
    else:
        networks.setCurrentIndex(entry)
        networks.activated.emit(entry)
    driver.settle()
    assert chosen(room) == catalog.DEFAULT
    assert "lenet5.pt · lenet5" not in listed(room)
    assert networks.findData(FORGET) < 0
    assert load_models(own_models_path()) == ()
    assert room.problem.text().startswith("lenet5.pt is off the list")
    assert Path(weights).exists()
    driver.window.open_model(weights)
    dialog = opened(driver, ModelDialog)
    assert dialog.classes.toPlainText() == "one\ntwo\nthree"
    press_ok(driver, dialog)
    driver.settle()
    assert chosen(room) == key_of(weights)
    assert [model.path for model in load_models(own_models_path())] == [weights]


def test_a_network_of_the_catalogue_cannot_be_forgotten_and_it_is_said(driver: Driver) -> None:
    room = desk(driver)
    driver.trigger("network-forget")
    assert chosen(room) == SMALL
    assert room.problem.text().startswith("Only a model of your own")


def test_stopping_while_a_model_is_being_forgotten_keeps_it(
    driver: Driver, catalogue: Catalogue, files: Files
) -> None:
    weights = with_lenet(driver, files)
    room = desk(driver)
    catalogue.waits.clear()
    catalogue.may_open.clear()
    driver.trigger("network-forget")
    assert catalogue.waits.wait(10)
    room.cancel()
    catalogue.may_open.set()
    driver.settle()
    assert chosen(room) == key_of(weights)
    assert not room.problem.isVisible()
    assert "lenet5.pt · lenet5" in listed(room)


def test_no_key_and_no_wheel_on_the_closed_list_chooses_anything(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, asked = desk(driver), []

    def choose(*args: object) -> tuple[str, str]:
        asked.append(args)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    networks = room.bar.networks
    networks.setFocus()
    keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_O)
    for key in keys:
        for _ in range(3):
            driver.qtbot.keyClick(networks, key)
            assert networks.view().isVisible()
            networks.hidePopup()
    nothing = Qt.MouseButton.NoButton
    plain, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    wheel = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), nothing, plain, phase, False)
    QApplication.sendEvent(networks, wheel)
    driver.settle()
    assert asked == []
    assert chosen(room) == SMALL


def test_the_open_list_is_used_by_keyboard(driver: Driver) -> None:
    room = desk(driver)
    networks = room.bar.networks
    networks.setFocus()
    driver.qtbot.keyClick(networks, Qt.Key.Key_Down)
    driver.qtbot.keyClick(networks.view(), Qt.Key.Key_O)
    driver.qtbot.keyClick(networks.view(), Qt.Key.Key_T)
    driver.qtbot.keyClick(networks.view(), Qt.Key.Key_Return)
    driver.settle()
    assert chosen(room) == "other"


def test_what_was_wrong_with_one_file_is_not_said_of_the_next(driver: Driver, files: Files) -> None:
    room = desk(driver)
    (files.folder / "folder.pt").mkdir()
    driver.window.open_model(str(files.folder / "folder.pt"))
    driver.settle()
    assert room.problem.text() == "folder.pt is a folder. Choose the file with the weights in it."
    driver.window.open_model(files.tiny_weights())
    dialog = opened(driver, ModelDialog)
    assert not room.problem.isVisible()
    dialog.reject()
