"""Fetching trained weights into the folder where torch keeps them.

torch's own downloader can be neither cancelled nor resumed. The file arrives beside its place, is checked
against the digest in its name, and only then takes its place, in one step. What an interruption leaves is
continued by the next download if the server can, else begun anew.
"""

import errno
import hashlib
import os
import re
import time
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.engine.checks import Check, nothing
from convviz.nets.entries import Progress, silent

_PIECE = 1 << 18
# Seconds without a byte after which a connection counts as lost; also how long a cancel may have to wait.
TIMEOUT = 10.0
_ATTEMPTS = 3
_DIGEST = re.compile(r"-([0-9a-f]{8,64})\.[^.]+$")
_PARTIAL = 206
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_MEGABYTE = 1e6


def download(
    url: str,
    folder: Path,
    *,
    md5: str = "",
    check: Check = nothing,
    progress: Progress = silent,
    timeout: float = TIMEOUT,
) -> Path:
    """Return the downloaded file; at once if it is there already.

    Parameters
    ----------
    url : str
        Its last part is the file's name, with the first digits of its SHA-256 as torch's weights have:
        ``resnet50-11ad3fa6.pth``.
    folder : Path
        Made if missing.
    md5 : str
        MD5 of the whole file in hexadecimal, where its name tells nothing. A file that is there already but
        has another one is replaced when the right one has arrived.
    check : callable
        Called for every piece; may raise, which keeps what has arrived for the next time.
    progress : callable
        Told the share that has arrived, 0 to 1.
    timeout : float
        Seconds without a byte after which the connection counts as lost.

    Raises
    ------
    Problem
        If it cannot be had, is not what its name says, or cannot be written.
    """
    name = Path(urlparse(url).path).name
    target = folder / name
    if target.is_file() and (not md5 or _has_md5(target, md5, check)):
        return target
    partial = folder / f"{name}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # What is continued may be the beginning of another file: then it is fetched from its own beginning.
        for _ in range(2 if partial.exists() else 1):
            _fetch(url, name, partial, check, progress, timeout)
            if _is_right(name, partial, md5, check):
                break
        else:
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "{name} arrived damaged: its checksum is not the right one. Download it again.",
                ),
                name=name,
            )
        _to_disk(partial)
        partial.replace(target)
    except urllib.error.HTTPError as error:
        error.close()
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} cannot be downloaded: the server answers {code}, {reason}. Try again later.",
            ),
            name=name,
            code=error.code,
            reason=error.reason,
        ) from error
    except (HTTPException, OSError) as error:
        raise _failed(name, folder, error) from error
    return target


def _to_disk(path: Path) -> None:
    """Have the bytes on the disk before the name: after a power cut a file by that name counts as whole."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _failed(name: str, folder: Path, error: Exception) -> Problem:
    # A full disk is told by the number alone: who writes to an open file is not told its name.
    if isinstance(error, OSError) and (error.filename is not None or error.errno in _FULL):
        return Problem(
            QT_TRANSLATE_NOOP("Sentence", "{name} cannot be written to {folder}: {reason}."),
            name=name,
            folder=str(folder if error.filename is None else Path(str(error.filename)).parent),
            reason=error.strerror or str(error),
        )
    reason = getattr(error, "reason", error)
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{name} cannot be downloaded: {reason}. Check the connection and try again; what has arrived is "
            "kept.",
        ),
        name=name,
        reason=str(reason).rstrip(".") or type(error).__name__,
    )


def _fetch(url: str, name: str, partial: Path, check: Check, progress: Progress, timeout: float) -> None:
    """Fetch the rest of a file, again where the connection breaks off."""
    for attempt in range(1, _ATTEMPTS + 1):
        have = partial.stat().st_size if partial.exists() else 0
        try:
            if _fetch_once(url, name, partial, have, check, progress, timeout):
                return
            lost: Exception = ConnectionError("the connection broke off")
        except urllib.error.HTTPError:
            raise
        except (HTTPException, TimeoutError, urllib.error.URLError, ConnectionError) as error:
            lost = error
        arrived = partial.stat().st_size if partial.exists() else 0
        if attempt == _ATTEMPTS or arrived <= have:
            raise lost


def _fetch_once(
    url: str, name: str, partial: Path, have: int, check: Check, progress: Progress, timeout: float
) -> bool:
    """Fetch what follows the first ``have`` bytes, and return whether that was all."""
    check()
    request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})
    try:
        answer = urllib.request.urlopen(request, timeout=timeout)
    except urllib.error.HTTPError as error:
        if error.code != 416 or not have:
            raise
        error.close()
        if error.headers.get("Content-Range") == f"bytes */{have}":
            # All of it had arrived; whoever fetched it was gone before it took its place.
            return True
        # More was kept than the file has, or as much: begin anew.
        partial.unlink()
        return _fetch_once(url, name, partial, 0, check, progress, timeout)
    with answer:
        if answer.status != _PARTIAL:
            have = 0
        length = answer.headers.get("Content-Length")
        total = have + int(length) if length is not None and length.isdigit() else 0
        with partial.open("ab" if have else "wb") as file:
            arrived = _copy(answer, file, have, total, name, check, progress)
    return not total or arrived >= total


def _copy(
    answer: Any, file: Any, arrived: int, total: int, name: str, check: Check, progress: Progress
) -> int:
    text, told = Sentence(QT_TRANSLATE_NOOP("Sentence", "Downloading {name}"), {"name": name}), 0.0
    while piece := answer.read1(_PIECE):
        file.write(piece)
        arrived += len(piece)
        check()
        if total and time.monotonic() - told > 0.05:
            told = time.monotonic()
            progress(min(1.0, arrived / total), text)
    if total:
        progress(min(1.0, arrived / total), text)
    return arrived


def _has_md5(path: Path, md5: str, check: Check) -> bool:
    # It guards against damage, not against forgery; the data sets' authors give no other.
    return _digest(path, hashlib.md5(usedforsecurity=False), check) == md5


def _digest(path: Path, digest: Any, check: Check) -> str:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            check()
            digest.update(piece)
    return str(digest.hexdigest())


def _is_right(name: str, partial: Path, md5: str, check: Check) -> bool:
    """Compare the file with its digest, given or in its name, and delete it if it is another."""
    match = _DIGEST.search(name)
    if md5:
        right = _has_md5(partial, md5, check)
    else:
        right = match is None or _digest(partial, hashlib.sha256(), check).startswith(match[1])
    if not right:
        partial.unlink()
    return right
