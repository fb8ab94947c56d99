import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from convviz.commands import embed as command
from convviz.files.pictures import open_picture
from convviz.nets.catalog import open_network
from tests.cli.helpers import Convviz, check_refused
from tests.cli.test_networks import NET


@pytest.fixture
def photos(folder: Path) -> list[str]:
    """Write five small pictures into ``photos/`` and return their paths."""
    (folder / "photos").mkdir()
    random = np.random.default_rng(6)
    paths = [f"photos/{name}.png" for name in "abcde"]
    for path in paths:
        Image.fromarray(random.integers(0, 256, (28, 28), np.uint8)).save(path)
    return paths


def test_a_folder_becomes_vectors_with_the_names_beside(convviz: Convviz, photos: list[str]) -> None:
    run = convviz("embed", "photos", "--model", "lenet5", "-o", "out.npy")
    assert (run.code, run.out, run.err) == (0, "", "")
    found = np.load("out.npy")
    assert (found.shape, found.dtype) == ((5, 84), np.float32)
    names = Path("out.npy.names.txt").read_text().splitlines()
    assert names == [str(Path(path)) for path in photos]
    trace = open_network("lenet5").trace(open_picture(photos[3]))
    fc = trace.architecture.layers[-1]
    np.testing.assert_allclose(found[3], trace.outputs[fc.inputs[0]], rtol=1e-4, atol=1e-5)


def test_a_layer_of_maps_gives_their_means_to_a_table(convviz: Convviz, photos: list[str]) -> None:
    run = convviz("embed", *photos[:2], "--model", "lenet5", "--layer", "conv1", "-o", "out.csv")
    assert (run.code, run.err) == (0, "")
    rows = Path("out.csv").read_text().splitlines()
    trace = open_network("lenet5").trace(open_picture(photos[0]))
    means = trace.outputs[trace.architecture.named("conv1").index].mean(axis=(1, 2))
    np.testing.assert_allclose(np.array(rows[1].split(",")[1:], float), means, rtol=1e-4, atol=1e-5)
    assert rows[0].startswith("picture,0,1,")
    assert len(rows) == 3


def test_pixels_need_no_network(convviz: Convviz, photos: list[str]) -> None:
    assert convviz("embed", *photos, "--layer", "pixels", "-o", "out.npy").code == 0
    assert np.load("out.npy").shape == (5, 3072)


def test_a_broken_picture_is_named_and_the_others_are_written(convviz: Convviz, photos: list[str]) -> None:
    Path(photos[1]).write_text("no picture")
    run = convviz("embed", *photos, "gone.png", "--model", "lenet5", "-o", "out.npy")
    assert run.code == 1
    first, second = run.err.splitlines()
    assert "b.png" in first
    assert "gone.png was not found" in second
    assert np.load("out.npy").shape == (4, 84)
    assert Path("out.npy.names.txt").read_text().splitlines() == [photos[0], *photos[2:]]


def test_nothing_is_written_of_broken_pictures_alone(convviz: Convviz, folder: Path) -> None:
    Path("no.png").write_text("no picture")
    run = convviz("embed", "no.png", "--model", "lenet5", "-o", "out.npy")
    assert run.code == 1
    assert run.err.count("\n") == 1
    assert [path.name for path in folder.iterdir()] == ["no.png"]


def test_a_folder_without_pictures_and_one_that_is_not_there_fail(convviz: Convviz, folder: Path) -> None:
    (folder / "empty").mkdir()
    run = convviz("embed", "empty", "--layer", "pixels", "-o", "out.npy")
    assert run.code == 1
    assert run.err.startswith("There are no pictures in “")
    assert run.err.count("\n") == 1


@pytest.mark.parametrize("out", ["out.npy", "out.csv"])
def test_a_missing_output_folder_is_told_before_anything_is_computed(
    convviz: Convviz, photos: list[str], monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    monkeypatch.setattr(command, "open_given", None)
    run = convviz("embed", *photos, "--model", "lenet5", "-o", f"nowhere/{out}")
    check_refused(run, f"{out} was not saved: there is no folder nowhere", "nowhere")


@pytest.mark.parametrize("taken", ["out.npy", "out.npy.names.txt"])
def test_the_file_in_the_way_is_named_before_anything_is_computed(
    convviz: Convviz, photos: list[str], monkeypatch: pytest.MonkeyPatch, taken: str
) -> None:
    monkeypatch.setattr(command, "open_given", None)
    Path(taken).mkdir()
    run = convviz("embed", *photos, "--model", "lenet5", "-o", "out.npy")
    assert run.code == 2
    assert run.err.startswith(f"{taken} was not saved: it is a folder.")
    assert run.err.count("\n") == 1
    assert list(Path(taken).iterdir()) == []


def test_a_folder_that_cannot_be_written_to_is_told_before_anything_is_computed(
    convviz: Convviz, photos: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "open_given", None)
    # As for a user who may not: the administrator may write everywhere.
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    run = convviz("embed", *photos, "--model", "lenet5", "-o", "out.npy")
    check_refused(run, "out.npy was not saved: writing in", "out.npy")


def test_it_says_of_an_untrained_network_that_it_is(convviz: Convviz, photos: list[str]) -> None:
    Path("net.py").write_text(NET)
    run = convviz("embed", *photos, "--model", "net.py:Net", "--trust", "-o", "out.npy")
    assert run.code == 0
    assert "Untrained" in run.err
    assert np.load("out.npy").shape == (5, 4)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Say which pictures"),
        (("photos",), "--model"),
        (("photos", "--model", "lenet5"), "-o OUT.npy"),
        (("photos", "--model", "lenet5", "-o", "out.png"), "OUT.csv"),
        (("photos", "--model", "lenet", "-o", "out.npy"), "Did you mean lenet5"),
        (("photos", "--model", "lenet5", "--layer", "conv9", "-o", "out.npy"), "no layer “conv9”"),
        (("photos", "--model", "net.py", "-o", "out.npy"), "no file"),
        (("photos", "--model", "lenet5", "--weights", "none.pt", "-o", "out.npy"), "none.pt"),
        (("photos", "--layer", "pixels", "--weights", "none.pt", "-o", "out.npy"), "--model"),
        (("photos", "--layr", "pixels", "-o", "out.npy"), "no option --layr"),
    ],
)
def test_what_makes_no_sense_gets_one_sentence(
    words: tuple[str, ...], said: str, convviz: Convviz, photos: list[str]
) -> None:
    check_refused(convviz("embed", *words), said, "out.npy")


def test_help_says_what_the_command_does(convviz: Convviz) -> None:
    run = convviz("embed", "--help")
    assert run.code == 0
    assert run.out.startswith("usage: convviz embed")
    assert max(map(len, run.out.splitlines())) <= 110
    assert "convviz embed" in convviz("--help").out
