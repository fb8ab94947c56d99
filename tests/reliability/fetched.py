"""What fetches for ever, to be killed, and the server it fetches from.

The files are numbered, and each can be told whole by its content. Every one is fetched under a name of its
own with its checksum in it, as weights are; in the place of the one before, as data that have changed are;
and in an archive that is unpacked beside it.
"""

import gzip
import hashlib
import io
import itertools
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from unittest.mock import patch

import numpy as np

from convviz.nets import dataset_downloads
from convviz.nets.dataset_downloads import fetch
from convviz.nets.download import download

SIZE, PARTS = 400_000, 3
# The numbers begin anew: what a server has is made once.
COUNT = 8
ARCHIVE, UNPACKED = "parts.tar.gz", "parts"


@cache
def content(number: int) -> bytes:
    """Return the file with a number."""
    return np.random.default_rng(number).bytes(SIZE)


def name(number: int) -> str:
    """Return what it is called where the name tells its checksum."""
    return f"net-{hashlib.sha256(content(number)).hexdigest()[:16]}.pth"


def md5(data: bytes) -> str:
    """Return the checksum that data sets have."""
    return hashlib.md5(data).hexdigest()


@cache
def archive() -> bytes:
    """Return an archive of a few files; the same bytes at any time."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for number in range(PARTS):
            info = tarfile.TarInfo(f"{UNPACKED}/{number}")
            info.size = SIZE
            tar.addfile(info, io.BytesIO(content(number)))
    return gzip.compress(buffer.getvalue(), 1, mtime=0)


def fetch_one(address: str, folder: Path, number: int) -> None:
    """Fetch everything that has a number."""
    download(f"{address}/{number}/{name(number)}", folder)
    download(f"{address}/{number}/changing.bin", folder, md5=md5(content(number)))
    known = SimpleNamespace(url=f"{address}/0/{ARCHIVE}", tgz_md5=md5(archive()), base_folder=UNPACKED)
    with patch.object(dataset_downloads, "_torchvision_datasets", lambda: SimpleNamespace(CIFAR10=known)):
        fetch("cifar10", folder / f"data-{number}")


def fetch_for_ever(place: Path, begun: Callable[[], None]) -> None:
    """Fetch one file after the other; what a kill has left is gone on with, as by the next start."""
    folder, address = place, (place / "address").read_text()
    for count in itertools.count():
        number = count % COUNT
        fetch_one(address, folder / f"{count // COUNT}", number)
        if count == 0:
            begun()


def check_fetched(folder: Path) -> int:
    """Fail if there is a file that is neither whole nor called a part; return how many are whole."""
    known = {name(number): content(number) for number in range(COUNT)}
    whole = 0
    for path in (path for path in folder.rglob("*") if path.is_file() and path.name != "address"):
        inside = path.relative_to(folder).parts
        if path.name.endswith(".part") or any(part.startswith(".unpacking-") for part in inside):
            continue
        data = path.read_bytes()
        if path.name == ARCHIVE:
            assert data == archive()
        elif path.parent.name == UNPACKED:
            # The folder is there with all that is in it, or not at all.
            assert sorted(one.name for one in path.parent.iterdir()) == [str(n) for n in range(PARTS)]
            assert data == content(int(path.name))
        elif path.name == "changing.bin":
            assert data in known.values()
        else:
            assert data == known[path.name]
        whole += 1
    return whole


@contextmanager
def server() -> Iterator[str]:
    """Serve the files at an address of this machine, also what is behind a place in them."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            _, number, file = self.path.split("/")
            data = archive() if file == ARCHIVE else content(int(number))
            start = int((self.headers.get("Range") or "bytes=0-").removeprefix("bytes=").rstrip("-"))
            self.send_response(416 if start >= len(data) else 206 if start else 200)
            if start >= len(data):
                self.send_header("Content-Range", f"bytes */{len(data)}")
            self.send_header("Content-Length", str(max(0, len(data) - start)))
            self.end_headers()
            try:
                self.wfile.write(data[start:])
            except ConnectionError:
                # Whoever asked was killed.
                self.close_connection = True

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """Say nothing of those who were killed."""

    serving = Server(("127.0.0.1", 0), Handler)
    thread = Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{serving.server_address[1]}"
    finally:
        serving.shutdown()
        serving.server_close()
        thread.join(10)
