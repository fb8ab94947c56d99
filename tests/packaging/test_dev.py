"""The set-up's decisions: what is missing, which command brings it, when there is nothing to do."""

import os
import re
import subprocess
import sys
from pathlib import Path

import dev
import dev_checks
import dev_commands
import dev_environment
import dev_system
import pytest
from dev_system import Need

ROOT = Path(__file__).resolve().parents[2]
# What every Linux with Python 3.11 has: the C library, the C++ runtime, the loader.
BASE = re.compile(r"lib(c|m|dl|rt|pthread|resolv|gcc_s|stdc\+\+)\.so\.\d+|ld-linux.*|linux-vdso.*")


# --- which Python


def test_newer_python_skips_names_that_do_not_start() -> None:
    assert dev.newer_python(lambda name: name == "python3.12") == "python3.12"
    assert dev.newer_python(lambda name: False) is None


def test_a_python_works_if_it_is_new_enough_and_starts(tmp_path: Path) -> None:
    assert dev.works(sys.executable)
    assert not dev.works(str(tmp_path / "python3.12"))
    shim = tmp_path / "python3.13"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)
    assert not dev.works(str(shim))


def test_without_a_newer_python_one_sentence_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "newer_python", lambda: None)
    assert dev.main((3, 9), ["run"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "Python 3.11 or newer" in said
    assert "3.9" in said


def test_an_old_python_hands_over_to_a_newer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "newer_python", lambda: sys.executable)
    assert dev.main((3, 9), ["--help"]) == 0


# --- what is missing


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


# --- apt-get


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


# --- the virtual environment


def test_installed_until_what_it_is_made_from_changes(tmp_path: Path) -> None:
    file, stamp = tmp_path / "pyproject.toml", tmp_path / "stamp.json"
    file.write_text("one")
    first = dev_environment.fingerprint([file])
    assert not dev_environment.is_installed(dev_environment.read_stamp(stamp), first, "")
    dev_environment.write_stamp(stamp, tmp_path, first, "")
    assert dev_environment.is_installed(dev_environment.read_stamp(stamp), first, "")
    assert not dev_environment.is_installed(dev_environment.read_stamp(stamp), first, "test")
    file.write_text("two")
    second = dev_environment.fingerprint([file])
    assert not dev_environment.is_installed(dev_environment.read_stamp(stamp), second, "")


def test_what_the_tests_need_serves_to_run_too(tmp_path: Path) -> None:
    stamp = tmp_path / "stamp.json"
    dev_environment.write_stamp(stamp, tmp_path, "abc", "test")
    assert dev_environment.is_installed(dev_environment.read_stamp(stamp), "abc", "")


@pytest.mark.parametrize("content", ["", "{", "half"])
def test_a_broken_stamp_counts_as_none(tmp_path: Path, content: str) -> None:
    stamp = tmp_path / "stamp.json"
    stamp.write_text(content)
    assert dev_environment.read_stamp(stamp) == {}


def make_fake_venv(folder: Path) -> Path:
    (folder / "lib" / "python3.11" / "site-packages" / "pip").mkdir(parents=True)
    python = folder / "bin" / "python"
    python.parent.mkdir()
    python.symlink_to(sys.executable)
    return python


def test_a_venv_is_usable_with_a_python_and_pip_where_it_was_made(tmp_path: Path) -> None:
    venv = tmp_path / ".venv"
    python = make_fake_venv(venv)
    assert dev_environment.is_usable(venv, python, tmp_path)
    dev_environment.write_stamp(venv / dev_environment.STAMP.name, tmp_path, "abc", "")
    assert dev_environment.is_usable(venv, python, tmp_path)
    assert not dev_environment.is_usable(venv, python, tmp_path / "moved")


def test_a_venv_is_made_anew_without_pip_or_after_its_python_went(tmp_path: Path) -> None:
    venv = tmp_path / ".venv"
    python = make_fake_venv(venv)
    python.unlink()
    python.symlink_to(tmp_path / "gone")
    assert not dev_environment.is_usable(venv, python, tmp_path)
    python.unlink()
    python.symlink_to(sys.executable)
    (venv / "lib" / "python3.11" / "site-packages" / "pip").rmdir()
    assert not dev_environment.is_usable(venv, python, tmp_path)


def test_a_python_without_ensurepip_needs_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    names = dev_environment.missing_venv_package()[0].packages
    assert names == (f"python3.{sys.version_info.minor}-venv", "python3-venv")
    with pytest.raises(dev_environment.SetupFailed, match="install python3-venv"):
        dev_environment.make_venv()


def test_a_linked_venv_is_never_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other, link = tmp_path / "other", tmp_path / ".venv"
    other.mkdir()
    (other / "kept").touch()
    link.symlink_to(other, target_is_directory=True)
    monkeypatch.setattr(dev_environment, "VENV", link)
    with pytest.raises(dev_environment.SetupFailed, match="remove the link"):
        dev_environment.make_venv()
    assert (other / "kept").exists()


def test_translations_are_outdated_without_or_with_an_older_qm(tmp_path: Path) -> None:
    source, compiled = tmp_path / "a_ru.ts", tmp_path / "a_ru.qm"
    source.write_text("")
    assert dev_environment.outdated(tmp_path) == [source]
    compiled.write_bytes(b"")
    os.utime(source, (100, 100))
    assert dev_environment.outdated(tmp_path) == []
    os.utime(compiled, (50, 50))
    assert dev_environment.outdated(tmp_path) == [source]


# --- the commands


@pytest.mark.parametrize(
    ("args", "needed"),
    [
        ([], True),
        (["photo.png", "--room", "image"], True),
        (["--language", "ru"], True),
        (["--screenshot", "out.png"], False),
        (["photo.png", "--screenshot=out.png", "--size", "1280x720"], False),
        (["apply", "a.png", "--kernel", "sobel x", "-o", "b.npy"], False),
        (["--help"], False),
        (["--version"], False),
        (["photo.png", "apply"], True),
    ],
)
def test_only_the_window_needs_a_display(args: list[str], needed: bool) -> None:
    assert dev_commands.needs_display(args) is needed


@pytest.mark.parametrize(
    ("environment", "platform", "there"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "vnc"}, "linux", True),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_display_is_looked_for_on_linux(environment: dict[str, str], platform: str, there: bool) -> None:
    assert dev_commands.has_display(environment, platform) is there


def dev_py(*args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "packaging" / "dev.py"), *args]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_run_without_a_display_says_so_before_setting_anything_up() -> None:
    done = dev_py("run", PATH="")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "python3 packaging/dev.py run --screenshot OUT.png" in done.stderr


def test_help_names_every_command() -> None:
    for args in ((), ("--help",), ("-h",)):
        done = dev_py(*args)
        assert (done.returncode, done.stderr) == (0, "")
        assert all(f"  {name}" in done.stdout for name in ("run", "test", "bundle", "translations"))


def test_an_unknown_command_gets_one_sentence() -> None:
    done = dev_py("build")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "There is no command build; there are run, test, bundle, translations.\n"


def test_messages_of_a_translation_are_counted(tmp_path: Path) -> None:
    file = tmp_path / "a_ru.ts"
    file.write_text(
        "<TS><context><name>Pane</name>"
        "<message><source>A</source><translation>А</translation></message>"
        '<message><source>B</source><translation type="unfinished"></translation></message>'
        "</context></TS>",
        encoding="utf-8",
    )
    assert dev_commands.count_messages(file) == (2, 1)


# --- the tests' surroundings


def test_tests_see_nothing_of_the_user(tmp_path: Path) -> None:
    inherited = {
        "HOME": "/home/user",
        "XDG_CONFIG_HOME": "/home/user/.config",
        "DISPLAY": ":0",
        "PYTHONHASHSEED": "1",
        "QT_SCALE_FACTOR": "2",
        "OMP_NUM_THREADS": "3",
        "PATH": "/bin",
    }
    seen = dev_checks.surroundings(tmp_path / "home", inherited)
    assert not set(seen) & {"DISPLAY", "PYTHONHASHSEED", "QT_SCALE_FACTOR"}
    assert (seen["OMP_NUM_THREADS"], seen["PATH"]) == ("3", "/bin")
    assert "/home/user" not in " ".join(seen.values())
    assert Path(seen["XDG_RUNTIME_DIR"]).stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("args", "expression", "rest"),
    [
        ([], "not slow", []),
        (["tests/core", "-k", "kernel"], "not slow", ["tests/core", "-k", "kernel"]),
        (["-m", "slow", "-x"], "slow", ["-x"]),
        (["-m"], "not slow", []),
    ],
)
def test_marker_is_taken_out_of_pytests_arguments(args: list[str], expression: str, rest: list[str]) -> None:
    assert dev_checks.split_marker(args) == (expression, rest)


@pytest.mark.parametrize(
    ("codes", "result", "runs"),
    [
        pytest.param([0, 0, 0], 0, 3, id="all pass"),
        pytest.param([5, 0, 0], 0, 3, id="no test needs an X server"),
        pytest.param([0, 5, 5], 0, 3, id="only tests under X were asked for"),
        pytest.param([5, 5, 5], 5, 3, id="no test at all"),
        pytest.param([1, 0, 0], 1, 1, id="stops after a failure under X"),
        pytest.param([0, 1, 0], 1, 2, id="stops after a failure of those alone"),
        pytest.param([0, 0, 1], 1, 3, id="fails"),
    ],
)
def test_the_first_failing_group_decides(
    monkeypatch: pytest.MonkeyPatch, codes: list[int], result: int, runs: int
) -> None:
    ran: list[str] = []

    def run(expression: str, args: object, environment: object) -> int:
        ran.append(expression)
        return codes[len(ran) - 1]

    monkeypatch.setattr(dev_checks, "run_under_x", run)
    monkeypatch.setattr(dev_checks, "run_pytest", run)
    assert dev_checks.run_tests([], {}) == result
    assert len(ran) == runs


@pytest.mark.parametrize(
    ("args", "cores", "shared"),
    [
        pytest.param([], 2, ["-n", "2", "--dist", "worksteal"], id="all on two processors"),
        pytest.param([], 1, [], id="all on one processor"),
        pytest.param(["tests/core"], 2, ["tests/core"], id="picked"),
    ],
)
def test_all_tests_but_those_alone_are_shared_by_processes(
    monkeypatch: pytest.MonkeyPatch, args: list[str], cores: int, shared: list[str]
) -> None:
    ran: list[list[str]] = []

    def run(expression: str, args: list[str], environment: object) -> int:
        ran.append(args)
        return 0

    monkeypatch.setattr(dev_checks, "processes", lambda: cores)
    monkeypatch.setattr(dev_checks, "run_under_x", run)
    monkeypatch.setattr(dev_checks, "run_pytest", run)
    assert dev_checks.run_tests(args, {}) == 0
    assert ran == [args, args, shared]


def test_no_more_processes_than_are_worth_their_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "other")
    monkeypatch.setattr(os, "cpu_count", lambda: 64)
    assert dev_checks.processes() == dev_checks.MOST_PROCESSES
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert dev_checks.processes() == 1


def test_a_failing_check_stops_everything_and_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fails = (sys.executable, "-c", "raise SystemExit(3)")
    monkeypatch.setattr(dev_checks, "CHECKS", {"mypy": fails, "lint-imports": ("must-not-run",)})
    assert dev_checks.run_checks([]) == 3
    assert capsys.readouterr().err == "mypy failed (exit code 3).\n"
