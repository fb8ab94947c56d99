import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from convviz.core.text import Problem, Sentence
from convviz.nets.download import download

CONTENT = bytes(range(256)) * 5000
DIGEST = hashlib.sha256(CONTENT).hexdigest()[:8]
NAME = f"net-{DIGEST}.pth"


@dataclass
class Behaviour:
    """What the server does, and what it was asked."""

    content: bytes = CONTENT
    ranges: bool = True
    status: int = 200
    drop_after: int | None = None
    length: bool = True
    says_range: bool = False
    asked: list[str | None] = field(default_factory=list)
    hold: threading.Event | None = None


@pytest.fixture
def behaviour() -> Behaviour:
    return Behaviour()


@pytest.fixture
def url(behaviour: Behaviour) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            asked = self.headers.get("Range")
            behaviour.asked.append(asked)
            content, status = behaviour.content, behaviour.status
            if asked and behaviour.ranges:
                start = int(asked.removeprefix("bytes=").rstrip("-"))
                content, status = content[start:], 206 if start < len(content) else 416
            self.send_response(status)
            if behaviour.says_range and status == 416:
                self.send_header("Content-Range", f"bytes */{len(behaviour.content)}")
            if behaviour.length:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            sent = content if behaviour.drop_after is None else content[: behaviour.drop_after]
            self.wfile.write(sent)
            self.wfile.flush()
            if behaviour.hold is not None:
                behaviour.hold.wait(10)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/models/{NAME}"
    if behaviour.hold is not None:
        behaviour.hold.set()
    server.shutdown()
    server.server_close()
    thread.join(10)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_arrives_whole_with_progress_and_is_not_fetched_twice(
    url: str, behaviour: Behaviour, tmp_path: Path
) -> None:
    told: list[float] = []

    def progress(share: float, text: Sentence | None) -> None:
        assert NAME in str(text)
        told.append(share)

    folder = tmp_path / "hub" / "checkpoints"
    path = download(url, folder, progress=progress)
    assert path.read_bytes() == CONTENT
    assert told == sorted(told)
    assert told[-1] == 1
    assert files(folder) == [NAME]
    assert download(url, folder) == path
    assert len(behaviour.asked) == 1


def test_a_dropped_connection_is_continued_where_it_broke_off(
    url: str, behaviour: Behaviour, tmp_path: Path
) -> None:
    behaviour.drop_after = len(CONTENT) // 2 + 1
    assert download(url, tmp_path).read_bytes() == CONTENT
    assert behaviour.asked == [None, f"bytes={behaviour.drop_after}-"]
    assert files(tmp_path) == [NAME]


def test_what_breaks_off_for_good_is_kept_and_continued_the_next_time(
    url: str, behaviour: Behaviour, tmp_path: Path
) -> None:
    behaviour.drop_after = 1000
    with pytest.raises(Problem, match=r"cannot be downloaded.*kept"):
        download(url, tmp_path)
    assert files(tmp_path) == [f"{NAME}.part"]
    kept = (tmp_path / f"{NAME}.part").stat().st_size
    assert kept == 3000
    behaviour.drop_after = None
    assert download(url, tmp_path).read_bytes() == CONTENT
    assert behaviour.asked[-1] == f"bytes={kept}-"


def test_without_ranges_the_download_begins_anew(url: str, behaviour: Behaviour, tmp_path: Path) -> None:
    behaviour.ranges = False
    (tmp_path / f"{NAME}.part").write_bytes(b"something that arrived before")
    assert download(url, tmp_path).read_bytes() == CONTENT
    assert behaviour.asked == ["bytes=29-"]


def test_what_is_longer_than_the_file_is_begun_anew(url: str, behaviour: Behaviour, tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.part").write_bytes(CONTENT + b"more")
    assert download(url, tmp_path).read_bytes() == CONTENT
    assert behaviour.asked == [f"bytes={len(CONTENT) + 4}-", None]
    assert files(tmp_path) == [NAME]


@pytest.mark.parametrize("says_how_long", [True, False])
def test_what_had_arrived_whole_when_the_program_ended_takes_its_place(
    url: str, behaviour: Behaviour, tmp_path: Path, says_how_long: bool
) -> None:
    behaviour.says_range = says_how_long
    (tmp_path / f"{NAME}.part").write_bytes(CONTENT)
    assert download(url, tmp_path).read_bytes() == CONTENT
    # Nothing is fetched twice where the server says that this was all.
    assert behaviour.asked == [f"bytes={len(CONTENT)}-", None][: 1 if says_how_long else 2]
    assert files(tmp_path) == [NAME]


def test_the_beginning_of_another_file_is_fetched_anew(
    url: str, behaviour: Behaviour, tmp_path: Path
) -> None:
    (tmp_path / f"{NAME}.part").write_bytes(b"what the server had last week")
    assert download(url, tmp_path).read_bytes() == CONTENT
    assert behaviour.asked == ["bytes=29-", None]
    assert files(tmp_path) == [NAME]


def test_a_wrong_checksum_leaves_nothing(url: str, behaviour: Behaviour, tmp_path: Path) -> None:
    behaviour.content = CONTENT[:-1] + b"!"
    with pytest.raises(Problem, match="checksum"):
        download(url, tmp_path)
    assert files(tmp_path) == []


def test_a_server_that_does_not_say_how_long_the_file_is_serves_too(
    url: str, behaviour: Behaviour, tmp_path: Path
) -> None:
    behaviour.length = False
    assert download(url, tmp_path).read_bytes() == CONTENT


def test_cancelling_answers_at_the_next_piece_and_keeps_what_has_arrived(
    url: str, behaviour: Behaviour, tmp_path: Path
) -> None:
    class Cancelled(Exception):  # noqa: N818
        pass

    behaviour.hold = threading.Event()
    behaviour.drop_after = 200_000
    calls = 0

    def check() -> None:
        nonlocal calls
        calls += 1
        if calls > 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        download(url, tmp_path, check=check)
    assert files(tmp_path) == [f"{NAME}.part"]
    behaviour.drop_after = None
    behaviour.hold.set()
    assert download(url, tmp_path).read_bytes() == CONTENT
    assert behaviour.asked[-1] is not None


def test_silence_ends_after_the_time_allowed(url: str, behaviour: Behaviour, tmp_path: Path) -> None:
    behaviour.hold = threading.Event()
    behaviour.drop_after = 0
    with pytest.raises(Problem, match="timed out"):
        download(url, tmp_path, timeout=0.2)


@pytest.mark.parametrize("status", [404, 503])
def test_what_the_server_refuses_is_told(status: int, url: str, behaviour: Behaviour, tmp_path: Path) -> None:
    behaviour.status = status
    with pytest.raises(Problem, match=f"answers {status}"):
        download(url, tmp_path)
    assert files(tmp_path) == []


def test_no_server_and_no_room_get_a_sentence(url: str, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="Check the connection"):
        download("http://127.0.0.1:1/net-00000000.pth", tmp_path, timeout=1)
    (tmp_path / "file").touch()
    with pytest.raises(Problem, match="cannot be written"):
        download(url, tmp_path / "file" / "folder")


def test_weights_of_a_network_go_to_torchs_own_cache(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    from convviz.nets import torchvision_networks
    from convviz.nets.catalog import download_weights

    monkeypatch.setattr(torch.hub, "_hub_dir", str(tmp_path))
    give: Callable[[str], str] = lambda name: url  # noqa: E731 - typed for mypy
    monkeypatch.setattr(torchvision_networks, "url", give)
    assert torchvision_networks.cached("resnet18") is None
    path = download_weights("ResNet18")
    assert path == tmp_path / "checkpoints" / NAME
    assert torchvision_networks.cached("resnet18") == path
