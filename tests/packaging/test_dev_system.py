"""What the set-up looks for in the system: libraries, fonts, and the packages that bring them."""

import os
import re
from pathlib import Path

import dev_system
import pytest
from dev_system import Need

# What every Linux with Python 3.11 has: the C library, the C++ runtime, the loader.
BASE = re.compile(r"lib(c|m|dl|rt|pthread|resolv|gcc_s|stdc\+\+)\.so\.\d+|ld-linux.*|linux-vdso.*")


def test_missing_libraries_are_those_the_lookup_does_not_find() -> None:
    gone = {"libEGL.so.1", "libxcb-cursor.so.0"}
    needs = dev_system.missing_libraries({}, lambda name: name not in gone)
    assert {need.what for need in needs} == gone
    assert {need.packages for need in needs} == {("libegl1",), ("libxcb-cursor0",)}


def test_wayland_libraries_count_only_in_a_wayland_session() -> None:
    def lacks_wayland(name: str) -> bool:
        return "wayland" not in name

    assert dev_system.missing_libraries({"DISPLAY": ":0"}, lacks_wayland) == []
    found = dev_system.missing_libraries({"WAYLAND_DISPLAY": "wayland-0"}, lacks_wayland)
    assert {need.what for need in found} == set(dev_system.WAYLAND_LIBRARIES)


def test_loads_asks_the_real_loader() -> None:
    assert dev_system.loads("libc.so.6")
    assert not dev_system.loads("libno-such-library.so.7")


def test_every_library_that_qt_is_linked_to_is_looked_up() -> None:
    import PySide6

    qt = Path(next(iter(PySide6.__path__))) / "Qt"
    names = ("Core", "Gui", "Widgets", "DBus", "Network", "XcbQpa", "Svg", "Test", "OpenGL", "OpenGLWidgets")
    files = [qt / "lib" / f"libQt6{name}.so.6" for name in names]
    files += [qt / "plugins" / "platforms" / f"libq{name}.so" for name in ("xcb", "offscreen")]
    files += (qt / "plugins" / "xcbglintegrations").glob("*.so")
    files += (qt / "plugins" / "imageformats").glob("*.so")
    linked = {name for file in files for name in linked_libraries(file)}
    bundled = {file.name for file in (qt / "lib").iterdir()}
    system = {name for name in linked - bundled if not BASE.fullmatch(name) and not name.startswith("libQt6")}
    assert "libEGL.so.1" in system
    assert system <= set(dev_system.LIBRARIES)


def linked_libraries(file: Path) -> set[str]:
    """Return the libraries that the 64-bit little-endian ELF ``file`` names in its dynamic section."""
    data = file.read_bytes()

    def number(at: int, size: int) -> int:
        return int.from_bytes(data[at : at + size], "little")

    assert data[:6] == b"\x7fELF\x02\x01"
    # Section headers: table offset at 0x28, entry size at 0x3A, count at 0x3C; type 6 is the dynamic section.
    table, size, count = number(0x28, 8), number(0x3A, 2), number(0x3C, 2)
    sections = [table + index * size for index in range(count)]
    dynamic = next(at for at in sections if number(at + 4, 4) == 6)
    strings = number(sections[number(dynamic + 0x28, 4)] + 0x18, 8)
    start, length = number(dynamic + 0x18, 8), number(dynamic + 0x20, 8)
    # Pairs of tag and value; tag 1 is DT_NEEDED, its value the offset of a name.
    needed = [number(at + 8, 8) for at in range(start, start + length, 16) if number(at, 8) == 1]
    return {data[strings + name : data.index(b"\0", strings + name)].decode() for name in needed}


MONO, SANS = "DejaVu Sans Mono:spacing=100", "DejaVu Sans"


@pytest.mark.parametrize(
    ("listed", "missing"),
    [
        (f"{MONO}\n{SANS}\n", []),
        (f"{SANS}\n", list(dev_system.FONT_PACKAGES)),
        (f"{MONO}\n", list(dev_system.FONT_PACKAGES)),
        ("", list(dev_system.FONT_PACKAGES)),
        (None, ["fontconfig", *dev_system.FONT_PACKAGES]),
    ],
)
def test_fonts_are_missing_unless_words_and_numbers_can_be_written(
    listed: str | None, missing: list[str]
) -> None:
    assert [need.packages[0] for need in dev_system.missing_fonts(listed)] == missing


GLIB = Need("libglib-2.0.so.0", ("libglib2.0-0t64", "libglib2.0-0"))
GTHREAD = Need("libgthread-2.0.so.0", ("libglib2.0-0t64", "libglib2.0-0"))
EGL = Need("libEGL.so.1", ("libegl1",))


@pytest.mark.parametrize("glib", ["libglib2.0-0t64", "libglib2.0-0"])
def test_the_package_name_this_release_uses_is_chosen_once(glib: str) -> None:
    assert dev_system.choose_packages([GLIB, GTHREAD, EGL], {glib, "libegl1"}) == (["libegl1", glib], [])


def test_what_no_package_brings_is_told() -> None:
    assert dev_system.choose_packages([GLIB, EGL], {"libegl1"}) == (["libegl1"], [GLIB])


def test_apt_command_asks_nothing() -> None:
    command = dev_system.apt_command(["sudo", "-n"], "install", "--yes", "libegl1")
    assert command[:5] == ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    assert command[-3:] == ["install", "--yes", "libegl1"]


class FakeApt:
    """A Debian whose package lists are ``known`` at first and ``renewed`` after an update."""

    def __init__(self, known: set[str], renewed: set[str], prefix: list[str] | None) -> None:
        self.known, self.renewed, self.prefix = known, renewed, prefix
        self.ran: list[tuple[str, ...]] = []

    def apt_get(self, prefix: list[str], *words: str) -> bool:
        assert prefix == self.prefix
        self.ran.append(tuple(word for word in words if not word.startswith("-")))
        if words[0] == "update":
            self.known = self.renewed
        return set(self.ran[-1][1:]) <= self.renewed

    def put_in(self, patch: pytest.MonkeyPatch) -> None:
        patch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
        patch.setattr(dev_system, "known_packages", lambda names: self.known & set(names))
        patch.setattr(dev_system, "root_prefix", lambda: self.prefix)
        patch.setattr(dev_system, "apt_get", self.apt_get)


@pytest.mark.parametrize(
    ("known", "renewed", "ran"),
    [
        pytest.param({"libegl1"}, {"libegl1"}, [("install", "libegl1")], id="lists are good"),
        pytest.param(set(), {"libegl1"}, [("update",), ("install", "libegl1")], id="no lists"),
        pytest.param(set(), set(), [("update",)], id="no network"),
    ],
)
def test_lists_are_renewed_only_if_needed(
    monkeypatch: pytest.MonkeyPatch, known: set[str], renewed: set[str], ran: list[tuple[str, ...]]
) -> None:
    apt = FakeApt(known, renewed, prefix=[])
    apt.put_in(monkeypatch)
    dev_system.install([EGL])
    assert apt.ran == ran


def test_an_install_that_fails_is_tried_again_with_new_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    apt = FakeApt({"libegl1", "libglib2.0-0"}, {"libegl1", "libglib2.0-0t64"}, prefix=["sudo", "-n"])
    apt.put_in(monkeypatch)
    dev_system.install([EGL, GLIB])
    assert apt.ran[1:] == [("update",), ("install", "libegl1", "libglib2.0-0t64")]


def test_without_root_one_line_names_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    apt = FakeApt({"libegl1"}, set(), prefix=None)
    apt.put_in(monkeypatch)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    dev_system.install([EGL, GLIB])
    said = capsys.readouterr().out
    assert apt.ran == []
    assert said.count("\n") == 1
    assert said.endswith(": sudo apt-get install libegl1 libglib2.0-0\n")


def test_a_linux_without_apt_is_told_the_names(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    dev_system.install([EGL, GLIB])
    assert capsys.readouterr().out == "Missing on this system: libEGL.so.1, libglib-2.0.so.0.\n"


def test_nothing_is_done_or_said_where_all_is_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev_system, "missing_libraries", lambda environment: [])
    monkeypatch.setattr(dev_system, "list_cyrillic_fonts", lambda: f"{MONO}\n{SANS}\n")
    monkeypatch.setattr(dev_system, "install", lambda needs: pytest.fail("there was nothing to install"))
    dev_system.provide()
    assert capsys.readouterr().out == ""
