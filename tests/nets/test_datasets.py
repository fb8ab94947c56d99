"""MNIST and CIFAR-10 in every form, and broken ones."""

import gzip
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convviz.core.text import Problem
from convviz.nets.datasets import CIFAR10, DIGITS, read_cifar10, read_mnist
from tests.nets import tiny

PIXELS_28, LABELS = tiny.bars(60, 28, 1)
PIXELS_32, _ = tiny.bars(60, 32, 3)


class TestMnist:
    @pytest.mark.parametrize("packed", [False, True])
    @pytest.mark.parametrize("below", ["", "MNIST", "MNIST/raw"])
    def test_torchvision_s_folder_or_one_in_it(self, tmp_path: Path, packed: bool, below: str) -> None:
        tiny.write_idx(tmp_path, packed=packed)
        pictures = read_mnist(tmp_path / below)
        np.testing.assert_array_equal(pictures.pixels, PIXELS_28)
        np.testing.assert_array_equal(pictures.labels, LABELS)
        assert pictures.classes == DIGITS
        assert pictures.source.startswith("train-images-idx3-ubyte")

    @pytest.mark.parametrize("given", ["", "mnist-train.npz"])
    def test_npz_or_its_folder(self, tmp_path: Path, given: str) -> None:
        tiny.write_npz(tmp_path)
        pictures = read_mnist(tmp_path / given)
        np.testing.assert_array_equal(pictures.pixels, PIXELS_28)
        np.testing.assert_array_equal(pictures.labels, LABELS)
        assert pictures.source == "mnist-train.npz"

    def test_the_test_split_is_another_file(self, tmp_path: Path) -> None:
        tiny.write_idx(tmp_path, "t10k", count=30)
        assert len(read_mnist(tmp_path, "test")) == 30
        with pytest.raises(Problem, match="holds no MNIST"):
            read_mnist(tmp_path)

    def test_an_npz_file_has_no_test_split(self, tmp_path: Path) -> None:
        tiny.write_npz(tmp_path)
        with pytest.raises(Problem, match="t10k-images"):
            read_mnist(tmp_path, "test")

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda data: data[:-1],
            lambda data: data[:3],
            lambda data: b"",
            lambda data: b"\x00\x00\x0d\x03" + data[4:],
            lambda data: data[:4] + b"\xff\xff\xff\xff" + data[8:],
            lambda data: data[:8] + b"\xff\xff\xff\xff\xff\xff\xff\xff" + data[16:],
        ],
        ids=["cut", "header cut", "empty", "floats", "a forged count", "forged sides"],
    )
    def test_a_broken_idx_file_is_named(self, tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
        file = tiny.write_idx(tmp_path) / "train-images-idx3-ubyte"
        file.write_bytes(spoil(file.read_bytes()))
        with pytest.raises(Problem, match="train-images-idx3-ubyte"):
            read_mnist(tmp_path)

    @pytest.mark.parametrize(
        "spoil", [lambda data: data[:-9], lambda data: b"no gzip", lambda data: data[:20]]
    )
    def test_a_broken_gz_file_is_named(self, tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
        file = tiny.write_idx(tmp_path, packed=True) / "train-labels-idx1-ubyte.gz"
        file.write_bytes(spoil(file.read_bytes()))
        with pytest.raises(Problem, match=r"train-labels-idx1-ubyte\.gz is damaged"):
            read_mnist(tmp_path)

    def test_more_is_packed_than_the_header_says(self, tmp_path: Path) -> None:
        file = tiny.write_idx(tmp_path, packed=True) / "train-labels-idx1-ubyte.gz"
        file.write_bytes(gzip.compress(gzip.decompress(file.read_bytes()) + bytes(50_000_000)))
        with pytest.raises(Problem, match=r"train-labels-idx1-ubyte\.gz is damaged"):
            read_mnist(tmp_path)

    def test_images_and_labels_of_different_numbers(self, tmp_path: Path) -> None:
        raw = tiny.write_idx(tmp_path)
        (raw / "train-labels-idx1-ubyte").write_bytes(tiny.idx(LABELS[:-1]))
        with pytest.raises(Problem, match="with one label each"):
            read_mnist(tmp_path)

    def test_labels_beyond_nine(self, tmp_path: Path) -> None:
        raw = tiny.write_idx(tmp_path)
        (raw / "train-labels-idx1-ubyte").write_bytes(tiny.idx(LABELS + 1))
        with pytest.raises(Problem, match="beyond the 10 classes"):
            read_mnist(tmp_path)

    @pytest.mark.parametrize(
        "arrays",
        [
            {"labels": LABELS},
            {"images": PIXELS_28[..., 0].astype(float), "labels": LABELS},
            {"images": np.array([{"a": 1}] * 60, object), "labels": LABELS},
        ],
        ids=["no images", "floats", "objects"],
    )
    def test_an_npz_file_of_something_else(self, tmp_path: Path, arrays: dict[str, Any]) -> None:
        np.savez(tmp_path / "mnist-train.npz", **arrays)
        with pytest.raises(Problem, match=r"mnist-train\.npz is damaged, cut short or something else"):
            read_mnist(tmp_path)

    def test_pictures_of_another_size(self, tmp_path: Path) -> None:
        np.savez(tmp_path / "mnist-train.npz", images=PIXELS_32[..., 0], labels=LABELS)
        with pytest.raises(Problem, match="pictures of 28 × 28"):
            read_mnist(tmp_path)

    def test_too_few_pictures(self, tmp_path: Path) -> None:
        tiny.write_npz(tmp_path, count=10)
        with pytest.raises(Problem, match="holds 10 pictures"):
            read_mnist(tmp_path)


class TestCifar10:
    @pytest.mark.parametrize("below", ["", "cifar-10-batches-py"])
    def test_torchvision_s_folder_or_the_one_in_it(self, tmp_path: Path, below: str) -> None:
        tiny.write_batches(tmp_path)
        pictures = read_cifar10(tmp_path / below)
        np.testing.assert_array_equal(pictures.pixels, PIXELS_32)
        np.testing.assert_array_equal(pictures.labels, LABELS)
        assert pictures.classes == CIFAR10
        assert len(read_cifar10(tmp_path / below, "test")) == 30

    @pytest.mark.parametrize("protocol", [2, 3, 4])
    def test_batches_written_by_python_3(self, tmp_path: Path, protocol: int) -> None:
        (tmp_path / "data_batch_1").write_bytes(tiny.batch(PIXELS_32, LABELS, protocol))
        np.testing.assert_array_equal(read_cifar10(tmp_path).pixels, PIXELS_32)

    @pytest.mark.parametrize("given", ["", "cifar10-train.zip"])
    def test_zip_or_its_folder(self, tmp_path: Path, given: str) -> None:
        tiny.write_zip(tmp_path)
        pictures = read_cifar10(tmp_path / given)
        order = np.argsort([f"{CIFAR10[label]}/{at:04}" for at, label in enumerate(LABELS)])
        np.testing.assert_array_equal(pictures.labels, LABELS[order])
        # JPEG at quality 95: near the originals, and not near those of another class.
        assert np.abs(pictures.pixels.astype(int) - PIXELS_32[order]).mean() < 15
        assert np.abs(pictures.pixels.astype(int) - PIXELS_32[order[::-1]]).mean() > 20

    def test_a_batch_that_would_call_something_is_refused_and_calls_nothing(self, tmp_path: Path) -> None:
        class Mean:
            def __reduce__(self) -> tuple[Any, ...]:
                return Path.touch, (tmp_path / "called",)

        (tmp_path / "data_batch_1").write_bytes(pickle.dumps({b"data": Mean(), b"labels": [0]}))
        with pytest.raises(Problem, match="data_batch_1 is damaged, cut short or something else"):
            read_cifar10(tmp_path)
        assert not (tmp_path / "called").exists()

    @pytest.mark.parametrize(
        "content",
        [
            {},
            [],
            {b"labels": [0]},
            {b"labels": [0], b"data": [0]},
            {b"labels": ["cat"] * 60, b"data": PIXELS_32.reshape(60, -1)},
            {b"labels": [0] * 60, b"data": PIXELS_32},
            {b"labels": [0] * 59, b"data": PIXELS_32.reshape(60, -1)},
            {b"labels": [0] * 60, b"data": PIXELS_32.reshape(60, -1).astype(np.float32)},
        ],
    )
    def test_a_pickle_of_something_else(self, tmp_path: Path, content: object) -> None:
        (tmp_path / "data_batch_1").write_bytes(pickle.dumps(content, 2))
        with pytest.raises(Problem, match="data_batch_1 is damaged"):
            read_cifar10(tmp_path)

    @pytest.mark.parametrize("keep", [0, 1, 100, -1])
    def test_a_batch_cut_short(self, tmp_path: Path, keep: int) -> None:
        (tmp_path / "data_batch_1").write_bytes(tiny.batch(PIXELS_32, LABELS)[:keep])
        with pytest.raises(Problem, match="data_batch_1 is damaged"):
            read_cifar10(tmp_path)

    def test_a_zip_cut_short(self, tmp_path: Path) -> None:
        file = tiny.write_zip(tmp_path)
        file.write_bytes(file.read_bytes()[:-100])
        with pytest.raises(Problem, match=r"cifar10-train\.zip is damaged"):
            read_cifar10(tmp_path)

    def test_a_zip_with_a_name_that_is_no_text(self, tmp_path: Path) -> None:
        file = tiny.write_zip(tmp_path)
        data = bytearray(file.read_bytes())
        at = data.index(b"PK\x01\x02")
        # The name of the first file in the list is said to be UTF-8, and is not.
        data[at + 9] |= 0x08
        data[at + 46] = 0xF4
        file.write_bytes(data)
        with pytest.raises(Problem, match=r"cifar10-train\.zip is damaged"):
            read_cifar10(tmp_path)

    def test_a_zip_without_pictures(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "cifar10-train.zip", "w") as archive:
            archive.writestr("readme.txt", "none")
        with pytest.raises(Problem, match="holds 0 pictures"):
            read_cifar10(tmp_path)

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"no picture", "cat/bad.jpg is damaged"),
            (tiny.encoded(PIXELS_32[0])[:200], "cat/bad.jpg is damaged"),
            (tiny.encoded(PIXELS_32[0, :16]), "cat/bad.jpg is 32 × 16"),
            (bytes(2_000_000), "cat/bad.jpg is damaged"),
        ],
        ids=["text", "cut", "another size", "too long"],
    )
    def test_a_broken_picture_in_the_zip_is_named(self, tmp_path: Path, data: bytes, said: str) -> None:
        with zipfile.ZipFile(tiny.write_zip(tmp_path), "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("cat/bad.jpg", data)
        with pytest.raises(Problem, match=said):
            read_cifar10(tmp_path)

    def test_reading_can_be_stopped(self, tmp_path: Path) -> None:
        class StoppedError(Exception):
            pass

        def stop() -> None:
            raise StoppedError

        with pytest.raises(StoppedError):
            read_cifar10(tiny.write_zip(tmp_path), check=stop)


class TestNothingThere:
    @pytest.mark.parametrize(("read", "data"), [(read_mnist, "MNIST"), (read_cifar10, "CIFAR-10")])
    def test_an_empty_folder(self, tmp_path: Path, read: Callable[[Path], Any], data: str) -> None:
        with pytest.raises(Problem, match=f"{tmp_path.name} holds no {data}"):
            read(tmp_path)

    @pytest.mark.parametrize("read", [read_mnist, read_cifar10])
    def test_no_such_folder(self, tmp_path: Path, read: Callable[[Path], Any]) -> None:
        with pytest.raises(Problem, match=r"There is no “.*none”"):
            read(tmp_path / "none")

    def test_the_other_data(self, tmp_path: Path) -> None:
        with pytest.raises(Problem, match="holds no CIFAR-10"):
            read_cifar10(tiny.write_npz(tmp_path))
