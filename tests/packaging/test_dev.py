"""The set-up's decisions: which Python, when the environment is made anew, what needs a display."""

import os
import subprocess
import sys
from pathlib import Path

import dev
import dev_commands
import dev_environment
import pytest

from tests.packaging.places import ROOT


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
