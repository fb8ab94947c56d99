"""The dialog about a model of the user's own: what it starts from, what it refuses, how it is read out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialogButtonBox, QWidget

from convviz.files.own_models import OwnModel
from convviz.nets import catalog
from convviz.nets.known_preprocessing import Known, known_preprocessing
from convviz.nets.own import Inspected, to_plain
from convviz.nets.preprocessing import Fit, Preprocessing
from convviz.ui.language import Language
from convviz.ui.model_dialog import ModelDialog
from convviz.ui.preprocessing_form import AS_IS, GREY, RGB
from convviz.ui.preprocessing_start import KEPT, STATED, USUAL
from tests.ui.driver import Driver
from tests.ui.network_room import catalogue, driver
from tests.ui.own_models import Files, _no_list, files, opened, text_of

__all__ = ["_no_list", "catalogue", "driver", "files"]


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
