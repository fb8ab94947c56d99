"""MNIST, Fashion-MNIST and CIFAR-10 fetched from a server of one's own, as torchvision would store them."""

import hashlib
import io
import os
import tarfile
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from convviz.core.text import Problem, Sentence
from convviz.nets import dataset_downloads
from convviz.nets.dataset_downloads import fetch, is_missing
from convviz.nets.datasets import CIFAR10, FASHION, read_cifar10, read_fashion_mnist, read_mnist
from tests.nets import tiny

IDX = tuple(
    f"{split}-{kind}-ubyte.gz" for split in ("train", "t10k") for kind in ("images-idx3", "labels-idx1")
)


class Stopped(Exception):  # noqa: N818 - it is a way out, not an error
    """What a check raises that wants to stop."""


def md5(content: bytes) -> str:
    return hashlib.md5(content).hexdigest()


@pytest.fixture
def served() -> dict[str, bytes]:
    """What the server has: path to content. Filled by the tests."""
    return {}


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def address(served: dict[str, bytes], asked: list[str]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            asked.append(self.path)
            content = served.get(self.path)
            start = int((self.headers.get("Range") or "bytes=0-").removeprefix("bytes=").rstrip("-"))
            self.send_response(404 if content is None else 206 if start else 200)
            body = (content or b"")[start:]
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join(10)


def idx_files(folder: Path) -> dict[str, bytes]:
    raw = tiny.write_idx(folder, packed=True)
    tiny.write_idx(folder, "t10k", packed=True, count=30)
    return {name: (raw / name).read_bytes() for name in IDX}


def archive(folder: Path) -> bytes:
    tiny.write_batches(folder)
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        tar.add(folder / "cifar-10-batches-py", "cifar-10-batches-py")
        # What wants to leave the folder is not unpacked.
        evil = tarfile.TarInfo("cifar-10-batches-py/../../evil")
        evil.size = 4
        tar.addfile(evil, io.BytesIO(b"evil"))
    return packed.getvalue()


@pytest.fixture
def torchvision(
    address: str, served: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> SimpleNamespace:
    """What torchvision tells of its data sets, with the server's address."""
    (tmp_path / "origin").mkdir()
    files = idx_files(tmp_path / "origin")
    served |= {f"/second/{name}": content for name, content in files.items()}
    tar = archive(tmp_path / "origin")
    served["/cifar.tar.gz"] = tar
    resources = [(name, md5(content)) for name, content in files.items()]
    mnist = SimpleNamespace(mirrors=[f"{address}/first/", f"{address}/second/"], resources=resources)
    cifar = SimpleNamespace(
        url=f"{address}/cifar.tar.gz", tgz_md5=md5(tar), base_folder="cifar-10-batches-py"
    )
    known = SimpleNamespace(MNIST=mnist, FashionMNIST=mnist, CIFAR10=cifar)
    monkeypatch.setattr(dataset_downloads, "_torchvision_datasets", lambda: known)
    return known


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def test_mnist_arrives_where_torchvision_looks_from_the_place_that_has_it(
    torchvision: SimpleNamespace, home: Path
) -> None:
    told: list[float] = []

    def progress(share: float, text: Sentence | None) -> None:
        told.append(share)

    assert is_missing("mnist", home)
    fetch("mnist", home, progress=progress)
    assert sorted(path.name for path in (home / "MNIST" / "raw").iterdir()) == sorted(IDX)
    assert len(read_mnist(home)) == 60
    assert told == sorted(told)
    assert told[-1] == 1
    assert not is_missing("mnist", home)


def test_fashion_mnist_has_a_folder_and_names_of_its_own(torchvision: SimpleNamespace, home: Path) -> None:
    fetch("fashion-mnist", home)
    assert (home / "FashionMNIST" / "raw" / IDX[0]).is_file()
    assert read_fashion_mnist(home).classes == FASHION
    assert is_missing("mnist", home)


def test_cifar_10_is_unpacked_and_nothing_leaves_its_folder(torchvision: SimpleNamespace, home: Path) -> None:
    fetch("cifar10", home)
    assert read_cifar10(home).classes == CIFAR10
    assert sorted(path.name for path in home.iterdir()) == ["cifar-10-batches-py", "cifar.tar.gz"]
    assert not list(home.parent.rglob("evil"))
    assert not is_missing("cifar10", home)


def test_what_is_there_is_not_fetched_again_and_what_is_damaged_is_replaced(
    torchvision: SimpleNamespace, home: Path, asked: list[str]
) -> None:
    fetch("mnist", home)
    file = home / "MNIST" / "raw" / IDX[2]
    right = file.read_bytes()
    file.write_bytes(right[:-1] + b"!")
    asked.clear()
    fetch("mnist", home)
    assert {path.rpartition("/")[2] for path in asked} == {IDX[2]}
    assert file.read_bytes() == right


def test_a_wrong_checksum_is_told_and_leaves_nothing(
    torchvision: SimpleNamespace, home: Path, served: dict[str, bytes]
) -> None:
    served[f"/second/{IDX[0]}"] = b"something else"
    with pytest.raises(Problem, match=rf"{IDX[0]} arrived damaged: its checksum"):
        fetch("mnist", home)
    assert list((home / "MNIST" / "raw").iterdir()) == []
    assert is_missing("mnist", home)


def test_half_of_the_training_pictures_are_none(torchvision: SimpleNamespace, home: Path) -> None:
    fetch("mnist", home)
    (home / "MNIST" / "raw" / IDX[1]).unlink()
    assert is_missing("mnist", home)
    fetch("mnist", home)
    assert not is_missing("mnist", home)


@pytest.mark.parametrize("data", ["mnist", "cifar10"])
def test_stopped_anywhere_it_is_begun_anew_and_comes_to_the_same(
    data: str, torchvision: SimpleNamespace, home: Path
) -> None:
    stops = 0
    for calls in range(1, 200):
        left = calls

        def check() -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise Stopped

        try:
            fetch(data, home, check=check)
        except Stopped:
            stops += 1
            # Nothing half unpacked stays.
            assert not list(home.glob(".unpacking-*"))
            continue
        break
    assert stops > 5
    assert len((read_mnist if data == "mnist" else read_cifar10)(home)) == 60


def test_a_damaged_archive_leaves_no_folder(
    torchvision: SimpleNamespace, home: Path, served: dict[str, bytes]
) -> None:
    torn = served["/cifar.tar.gz"][:2000]
    served["/cifar.tar.gz"] = torn
    torchvision.CIFAR10.tgz_md5 = md5(torn)
    with pytest.raises(Problem, match="cannot be unpacked"):
        fetch("cifar10", home)
    assert [path.name for path in home.iterdir()] == ["cifar.tar.gz"]


def test_a_server_that_has_nothing_is_told(
    torchvision: SimpleNamespace, home: Path, served: dict[str, bytes]
) -> None:
    served.clear()
    with pytest.raises(Problem, match="answers 404"):
        fetch("fashion-mnist", home)


@pytest.mark.parametrize(("data", "name"), [("mnist", "mnist-train.npz"), ("cifar10", "cifar10-train.zip")])
def test_other_forms_of_the_data_are_not_missing(data: str, name: str, home: Path) -> None:
    (home / name).touch()
    assert not is_missing(data, home)


def test_no_folder_and_the_user_s_own_pictures_cannot_be_fetched(home: Path) -> None:
    assert not is_missing("mnist", home / "none")
    assert not is_missing("folder", home)


def test_torchvision_tells_addresses_and_checksums() -> None:
    from convviz.engine.backend import load_torch

    load_torch()
    known: Any = dataset_downloads._torchvision_datasets()
    for name in ("MNIST", "FashionMNIST"):
        files = getattr(known, name).resources
        assert {file for file, _ in files} == set(IDX)
        assert all(len(digest) == 32 for _, digest in files)
    assert known.CIFAR10.url.endswith(known.CIFAR10.filename)
    assert len(known.CIFAR10.tgz_md5) == 32


def test_what_a_killed_program_had_unpacked_by_half_is_cleared_away(
    torchvision: SimpleNamespace, home: Path
) -> None:
    for name, age in (("old", 2 * 3600), ("young", 0)):
        half = home / f".unpacking-{name}"
        half.mkdir()
        (half / "data_batch_1").write_bytes(b"half")
        os.utime(half, (time.time() - age,) * 2)
    fetch("cifar10", home)
    # Another window may still be at the younger one.
    assert sorted(path.name for path in home.iterdir()) == [
        ".unpacking-young",
        "cifar-10-batches-py",
        "cifar.tar.gz",
    ]
    assert read_cifar10(home).classes == CIFAR10
