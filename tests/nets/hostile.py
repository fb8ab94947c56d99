"""Files that would run code, if anything in them were run: each touches the canary."""

import io
import pickle
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

Maker = Callable[[Path, Path], None]
"""Writes a file, whose code would make the canary."""


class Reduced:
    """Pickles itself as a call of ``os.system``."""

    def __init__(self, canary: Path) -> None:
        self._canary = canary

    def __reduce__(self) -> tuple[Any, ...]:
        import os

        return os.system, (f"touch {self._canary}",)


class Built:
    """Pickles itself as a call of ``exec`` with a state for BUILD."""

    def __init__(self, canary: Path) -> None:
        self._canary = canary

    def __reduce__(self) -> tuple[Any, ...]:
        return exec, (f"open({str(self._canary)!r}, 'w').close()",), {"state": 1}


def archive(path: Path, data: bytes, **others: bytes) -> None:
    """Write a zip as ``torch.save`` does, with ``data`` as its pickle."""
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("archive/data.pkl", data)
        out.writestr("archive/byteorder", b"little")
        out.writestr("archive/version", b"3\n")
        for name, content in others.items():
            out.writestr(f"archive/{name}", content)


def _saved(wrap: Callable[[Path], Any], legacy: bool = False) -> Maker:
    def make(path: Path, canary: Path) -> None:
        torch.save(wrap(canary), path, _use_new_zipfile_serialization=not legacy)

    return make


def _opcodes(template: bytes) -> Maker:
    def make(path: Path, canary: Path) -> None:
        archive(path, b"\x80\x02" + template % f"touch {canary}".encode())

    return make


def _legacy_tar(path: Path, canary: Path) -> None:
    with tarfile.open(path, "w") as out:
        for name in ("sys_info", "pickle", "storages", "tensors"):
            data = pickle.dumps(Reduced(canary))
            info = tarfile.TarInfo(name)
            info.size = len(data)
            out.addfile(info, io.BytesIO(data))


def _plain_pickle(path: Path, canary: Path) -> None:
    path.write_bytes(pickle.dumps(Reduced(canary), 4))


def _protocol_0(path: Path, canary: Path) -> None:
    path.write_bytes(b"cos\nsystem\n(S'touch %s'\ntR." % str(canary).encode())


def _exported(path: Path, canary: Path) -> None:
    class Small(torch.nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.relu(x)

    torch.export.save(torch.export.export(Small(), (torch.zeros(1, 3, 8, 8),)), path)
    bad = pickle.dumps(Reduced(canary))
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, bad if "sample_inputs" in name else data)


def _torchscript(path: Path, canary: Path) -> None:
    del canary
    with zipfile.ZipFile(path, "w") as out:
        out.writestr(
            "script/code/__torch__.py", "def forward(self): return ops.aten.from_file('/etc/passwd')"
        )
        out.writestr("script/constants.pkl", b"\x80\x02).")
        out.writestr("script/data.pkl", b"\x80\x02}.")


def _claiming_header(path: Path, canary: Path) -> None:
    del canary
    path.write_bytes(struct.pack("<Q", 4 << 30) + b'{"a":1}' + bytes(100))


def _bomb(path: Path, canary: Path) -> None:
    del canary
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("archive/data.pkl", bytes(60_000_000))


def _whole_module(path: Path, canary: Path) -> None:
    del canary
    torch.save(torch.nn.Linear(2, 2), path)


def _picture(path: Path, canary: Path) -> None:
    from PIL import Image

    del canary
    Image.new("RGB", (8, 8)).save(path, "PNG")


def _truncated(path: Path, canary: Path) -> None:
    del canary
    torch.save(torch.nn.Linear(50, 50).state_dict(), path)
    path.write_bytes(path.read_bytes()[:-2000])


def _many_of_one(path: Path, canary: Path) -> None:
    del canary
    torch.save({"weight": torch.zeros(1).expand(100_000, 100_000)}, path)


def _empty(path: Path, canary: Path) -> None:
    del canary
    path.touch()


def _folder(path: Path, canary: Path) -> None:
    del canary
    path.mkdir()


FILES: dict[str, tuple[str, Maker]] = {
    "reduce": ("a.pt", _saved(Reduced)),
    "reduce among weights": ("b.pth", _saved(lambda c: {"weight": torch.zeros(2), "other": Reduced(c)})),
    "nested in a Lightning checkpoint": ("c.ckpt", _saved(lambda c: {"state_dict": {"a": [Reduced(c)]}})),
    "build": ("d.pt", _saved(Built)),
    "global and reduce by hand": ("e.pt", _opcodes(b"cos\nsystem\nX\x00\x00\x00\x00(S'%s'\ntR.")),
    "global": ("f.pt", _opcodes(b"cposix\nsystem\n(S'%s'\ntR.")),
    "inst": ("g.pt", _opcodes(b"(S'%s'\nios\nsystem\n.")),
    "obj": ("h.pt", _opcodes(b"(cos\nsystem\nS'%s'\no.")),
    "legacy torch format": ("i.pt", _saved(Reduced, legacy=True)),
    "legacy tar format": ("j.pt", _legacy_tar),
    "plain pickle": ("k.pt", _plain_pickle),
    "pickle protocol 0": ("l.pt", _protocol_0),
    "pickle called safetensors": ("m.safetensors", _plain_pickle),
    "exported program with pickled inputs": ("n.pt2", _exported),
    "exported program called weights": ("o.pt", _exported),
    "TorchScript that reads a file": ("p.pt", _torchscript),
    "whole module": ("q.pt", _whole_module),
    "header that claims 4 GB": ("r.safetensors", _claiming_header),
    "zip bomb": ("s.pt", _bomb),
    "picture": ("t.pt", _picture),
    "truncated": ("u.pt", _truncated),
    "huge tensor of one number": ("v.pt", _many_of_one),
    "empty": ("w.pt", _empty),
    "folder": ("x.pt", _folder),
}
