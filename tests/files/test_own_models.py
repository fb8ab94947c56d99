"""The list of a user's own models in its file."""

from pathlib import Path

import pytest

from convviz.core.text import Problem
from convviz.files.own_models import (
    MOST_MODELS,
    OwnModel,
    given_model,
    is_own,
    load_models,
    model_file,
    save_models,
    with_first,
    without,
)

MODELS = (
    OwnModel("/m/cats.pth", "resnet18", {"size": [2, 3], "fit": "exact size"}, ("кот", "dog")),
    OwnModel("/m/tiny.py", "Tiny"),
)


def test_models_come_back_as_they_were_saved(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "models.json"
    assert load_models(path) == ()
    save_models(path, MODELS)
    assert load_models(path) == MODELS
    assert [file.name for file in path.parent.iterdir()] == ["models.json"]


@pytest.mark.parametrize(
    "text",
    [
        "{ not json",
        "[]",
        '{"version": 2, "models": []}',
        '{"version": 1, "models": [{"path": "a"}]}',
        '{"version": 1, "models": [{"path": "", "architecture": "", "preprocessing": null, "classes": []}]}',
        '{"version": 1, "models": [{"path": "a", "architecture": 3, "preprocessing": null, "classes": []}]}',
        '{"version": 1, "models": [{"path": "a", "architecture": "", "preprocessing": 3, "classes": []}]}',
        '{"version": 1, "models": [{"path": "a", "architecture": "", "preprocessing": {}, "classes": [1]}]}',
        "[" * 100_000,
    ],
)
def test_a_damaged_list_is_a_sentence_and_is_kept_aside(tmp_path: Path, text: str) -> None:
    path = tmp_path / "models.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Problem, match=r"models\.json is damaged"):
        load_models(path)
    assert path.read_text(encoding="utf-8") == text
    save_models(path, MODELS)
    assert load_models(path) == MODELS
    assert path.with_name("models.json.bak").read_text(encoding="utf-8") == text


def test_the_newest_comes_first_and_the_oldest_go() -> None:
    models: tuple[OwnModel, ...] = ()
    for n in range(MOST_MODELS + 3):
        models = with_first(models, OwnModel(f"/m/{n}.pth", "vgg16"))
    assert len(models) == MOST_MODELS
    again = with_first(models, OwnModel(models[4].path, "alexnet"))
    assert again[0] == OwnModel(models[4].path, "alexnet")
    assert len({model.path for model in again}) == MOST_MODELS


@pytest.mark.parametrize(
    ("own", "model", "weights", "program"),
    [
        (OwnModel("/m/a.pth", "vgg16"), "vgg16", Path("/m/a.pth"), ""),
        (OwnModel("/m/a.pth", "/m/n.py"), "/m/n.py", Path("/m/a.pth"), "/m/n.py"),
        (OwnModel("/m/a.pth", "/m/n.py:Net"), "/m/n.py:Net", Path("/m/a.pth"), "/m/n.py"),
        (OwnModel("/m/n.py"), "/m/n.py", None, "/m/n.py"),
        (OwnModel("/m/n.py", "Net"), "/m/n.py:Net", None, "/m/n.py"),
        (OwnModel("/m/n.PT2"), "/m/n.PT2", None, "/m/n.PT2"),
    ],
)
def test_what_is_opened_and_what_is_run(
    own: OwnModel, model: str, weights: Path | None, program: str
) -> None:
    assert (own.model, own.weights, own.program) == (model, weights, program)
    assert is_own(own.key)
    assert not is_own(model)


def test_what_the_command_line_asks_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    here = str(tmp_path)
    assert given_model("resnet18", None) is None
    assert given_model("resnet18", "w.pth") == OwnModel(f"{here}/w.pth", "resnet18")
    assert given_model("w.pth", None) == OwnModel(f"{here}/w.pth")
    assert given_model("n.py:Net", None) == OwnModel(f"{here}/n.py", "Net")
    assert given_model("n.py", None) == OwnModel(f"{here}/n.py")
    assert given_model("n.py:Net", "w.pth") == OwnModel(f"{here}/w.pth", f"{here}/n.py:Net")
    assert given_model("n.pt2", None) == OwnModel(f"{here}/n.pt2")


def test_models_are_told_from_pictures_by_name() -> None:
    assert model_file(["a.png", "B.PTH", "c.py"]) == "B.PTH"
    assert model_file(["a.png", "b.npy"]) is None
    assert model_file([]) is None


def test_a_model_is_taken_off_the_list_by_its_file() -> None:
    models = (OwnModel("/a.pt", "lenet5"), OwnModel("/b.pt"), OwnModel("/c.py"))
    assert without(models, "/b.pt") == (models[0], models[2])
    assert without(models, "/d.pt") == models
