"""Whatever is written: results, the user's own kernels, and the way files are replaced."""

import errno
import json
import os
import stat
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from convviz.core.text import Problem
from convviz.files.atomic import write_atomically
from convviz.files.outputs import save_png, save_values
from convviz.files.pictures import open_picture
from convviz.files.presets import OwnKernel, load_kernels, save_kernels


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    write_atomically(path, b"one")
    write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert names(tmp_path) == ["a.bin"]


def test_permissions_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.bin").write_bytes(b"old")
    (tmp_path / "link.bin").symlink_to(tmp_path / "real.bin")
    write_atomically(tmp_path / "link.bin", b"new")
    assert (tmp_path / "link.bin").is_symlink()
    assert (tmp_path / "real.bin").read_bytes() == b"new"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "there is no room left in"),
        (errno.EDQUOT, "there is no room left in"),
        (errno.EROFS, "is not allowed"),
        (errno.EIO, "was not saved: Input/output error."),
    ],
)
def test_a_failed_write_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"old")

    def fail(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Problem) as caught:
        write_atomically(path, b"new")
    assert words in str(caught.value)
    assert "a.bin was not saved" in str(caught.value)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.bin"]


def test_a_folder_that_takes_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The tests may run as root, whom no permission stops.
    def denied(self: Path, *args: Any, **kwargs: Any) -> Any:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(Problem, match=r"a\.bin was not saved: writing in .* is not allowed"):
        write_atomically(tmp_path / "a.bin", b"new")
    assert names(tmp_path) == []


def test_a_read_only_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *args: False)
    with pytest.raises(Problem, match="is not allowed"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(Problem, match="folder was not saved: it is a folder"):
        write_atomically(tmp_path / "folder", b"x")
    with pytest.raises(Problem, match=r"x\.bin was not saved: there is no folder"):
        write_atomically(tmp_path / "none" / "x.bin", b"x")
    (tmp_path / "file").touch()
    with pytest.raises(Problem, match="there is no folder"):
        write_atomically(tmp_path / "file" / "x.bin", b"x")
    with pytest.raises(Problem, match="was not saved"):
        write_atomically(tmp_path / "a\0b", b"x")
    with pytest.raises(Problem, match="was not saved"):
        write_atomically(tmp_path / ("long" * 100), b"x")
    assert names(tmp_path) == ["file", "folder"]


@pytest.mark.parametrize("shape", [(4, 5), (1, 4, 5), (3, 4, 5), (7, 4, 5)])
def test_values_are_saved_as_they_are(tmp_path: Path, shape: tuple[int, ...]) -> None:
    values = np.linspace(-300, 300, int(np.prod(shape))).reshape(shape).astype(np.float32)
    save_values(tmp_path / "out.npy", values)
    loaded = np.load(tmp_path / "out.npy")
    assert loaded.dtype == np.float32
    assert np.array_equal(loaded, values)
    opened = open_picture(tmp_path / "out.npy", channels_first=True)
    assert np.array_equal(
        opened.values, values[..., None] if values.ndim == 2 else np.moveaxis(values, 0, -1)
    )


def test_png_is_rounded_clipped_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "out.png"
    assert save_png(path, np.array([[-3.0, -0.4, 0.6], [254.6, 255.4, 256.0]], np.float32)) == 2
    with Image.open(path) as image:
        assert image.mode == "L"
        assert np.asarray(image).tolist() == [[0, 0, 1], [255, 255, 255]]
    colour = np.arange(60, dtype=np.float32).reshape(3, 4, 5)
    assert save_png(path, colour) == 0
    assert np.array_equal(open_picture(path).values, np.moveaxis(colour, 0, -1))
    assert save_png(path, np.array([[np.inf if at else -1.0 for at in (0, 0)]])) == 2


@pytest.mark.parametrize("channels", [2, 4, 64])
def test_a_png_holds_one_or_three_channels(tmp_path: Path, channels: int) -> None:
    with pytest.raises(Problem, match=rf"out\.png was not saved: .* not {channels}"):
        save_png(tmp_path / "out.png", np.zeros((channels, 2, 2), np.float32))
    assert names(tmp_path) == []


def test_a_png_holds_no_nan(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"out\.png contains values that are not finite"):
        save_png(tmp_path / "out.png", np.array([[np.nan, 1.0]]))


def kernels() -> list[OwnKernel]:
    return [
        OwnKernel("Мой фильтр", np.array([[1 / 9, -0.1], [2.5e-17, 4]])),
        OwnKernel("row", np.array([[1.0, 0.0, -1.0]])),
    ]


def test_kernels_survive(tmp_path: Path) -> None:
    path = tmp_path / "settings" / "kernels.json"
    assert load_kernels(path) == ()
    save_kernels(path, kernels())
    loaded = load_kernels(path)
    assert [kernel.name for kernel in loaded] == ["Мой фильтр", "row"]
    for kernel, expected in zip(loaded, kernels(), strict=True):
        assert np.array_equal(kernel.weights, expected.weights)
        assert not kernel.weights.flags.writeable
    save_kernels(path, [])
    assert load_kernels(path) == ()
    assert names(path.parent) == ["kernels.json"]


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        "[]",
        "{}",
        "null",
        '{"version": 2, "kernels": []}',
        '{"version": 1}',
        '{"version": 1, "kernels": [{"name": "a"}]}',
        '{"version": 1, "kernels": [{"name": "", "weights": [[1]]}]}',
        '{"version": 1, "kernels": [{"name": 5, "weights": [[1]]}]}',
        '{"version": 1, "kernels": [{"name": "a", "weights": [1]}]}',
        '{"version": 1, "kernels": [{"name": "a", "weights": []}]}',
        '{"version": 1, "kernels": [{"name": "a", "weights": [[1], [2, 3]]}]}',
        '{"version": 1, "kernels": [{"name": "a", "weights": [["x"]]}]}',
        '{"version": 1, "kernels": [{"name": "a", "weights": [[NaN]]}]}',
        json.dumps({"version": 1, "kernels": [{"name": "a", "weights": [[1] * 32]}]}),
        "[" * 100_000,
    ],
)
def test_a_damaged_file_is_kept_aside(tmp_path: Path, text: str) -> None:
    path = tmp_path / "kernels.json"
    path.write_text(text)
    with pytest.raises(
        Problem, match=r"kernels\.json is damaged\. It will be kept as kernels\.json\.bak when"
    ):
        load_kernels(path)
    assert path.read_text() == text
    save_kernels(path, kernels())
    assert len(load_kernels(path)) == 2
    assert (tmp_path / "kernels.json.bak").read_text() == text
    path.write_text("damaged again")
    save_kernels(path, [])
    assert (tmp_path / "kernels.json.bak").read_text() == text
    assert (tmp_path / "kernels.json.bak2").read_text() == "damaged again"


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "kernels.json"
    path.write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(Problem, match="is damaged"):
        load_kernels(path)


def test_a_folder_in_the_files_place_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "kernels.json"
    path.mkdir()
    with pytest.raises(Problem, match="is a folder"):
        save_kernels(path, kernels())
    assert path.is_dir()
    blocked = tmp_path / "file"
    blocked.touch()
    with pytest.raises(Problem, match="was not saved"):
        save_kernels(blocked / "kernels.json", kernels())
