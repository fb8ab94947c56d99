"""``dev.py bundle``: what goes into the application, and how it is checked."""

import ast
import os
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import bundle_parts
import dev_bundle
import dev_commands
import pytest
from bundle_parts import Entry, is_left_out, kept, without_unused

from convviz.files.samples import _PHOTO_FILES
from tests.packaging.places import ROOT


@pytest.mark.parametrize(
    "place",
    [
        "torch/lib/libtorch_cpu.so",
        "torch/bin/torch_shm_manager",
        "torch/_inductor/config.py",
        "torch/distributed/config.py",
        "torch/nn/functional.py",
        "torch/nn/modules/rnn.py",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/translations/qtbase_ru.qm",
        "convviz/assets/networks/lenet5.safetensors",
        "convviz/assets/translations/convviz_ru.qm",
        "skimage/data/chelsea.png",
    ],
)
def test_what_is_needed_is_kept(place: str) -> None:
    assert not is_left_out(place)
    assert not is_left_out(place.replace("/", "\\"))


@pytest.mark.parametrize(
    "place",
    [
        "torch/bin/protoc",
        "torch/bin/test_api",
        "torch/include/torch/extension.h",
        "torch/lib/libtorchbind_test.so",
        "torch/testing/_internal/common_utils.py",
        "torch/_inductor/codegen/cpp.py",
        "torch/optim/sgd.py",
        "torchvision/_C.so",
        "torchvision.libs/libjpeg.so.8",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6\\translations\\qt_ru.qm",
    ],
)
def test_what_is_not_needed_is_left_out(place: str) -> None:
    assert is_left_out(place)


def test_links_to_what_is_left_out_are_left_out() -> None:
    there: Entry = ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK")
    gone: Entry = ("libjpeg.so.8", "torchvision.libs/libjpeg.so.8", "SYMLINK")
    up: Entry = ("torch/lib/up.so", "../../torchvision/_C.so", "SYMLINK")
    assert kept([there, gone]) == [there]
    assert kept([("torchvision/_C.so", "/env/_C.so", "EXTENSION")]) == []
    assert kept([up]) == []


def test_libraries_that_nothing_asks_for_are_left_out() -> None:
    entries: list[Entry] = [
        ("numpy/core.so", "/env/core.so", "EXTENSION"),
        ("liba.so.1", "/usr/lib/liba.so.1", "BINARY"),
        ("libb.so.1", "/usr/lib/libb.so.1", "BINARY"),
        ("libgtk.so", "/usr/lib/libgtk.so", "BINARY"),
        ("PySide6/Qt/lib/libQt6Core.so.6", "/env/libQt6Core.so.6", "BINARY"),
        ("PySide6/Qt/lib/libQt6EglFs.so.6", "/env/libQt6EglFs.so.6", "BINARY"),
        ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK"),
        ("libQt6EglFs.so.6", "PySide6/Qt/lib/libQt6EglFs.so.6", "SYMLINK"),
        ("libpython3.11.so.1.0", "/usr/lib/libpython3.11.so.1.0", "BINARY"),
    ]
    needs = {
        "/env/core.so": ["liba.so.1", "libc.so.6"],
        "/usr/lib/liba.so.1": ["libb.so.1", "liba.so.1"],
        "/usr/lib/libgtk.so": ["libQt6EglFs.so.6"],
        "/usr/lib/libpython3.11.so.1.0": ["libQt6Core.so.6"],
    }
    found = without_unused(entries, lambda path: needs.get(path, []))
    assert {entry[0] for entry in entries} - {entry[0] for entry in found} == {
        "libgtk.so",
        "PySide6/Qt/lib/libQt6EglFs.so.6",
        "libQt6EglFs.so.6",
    }


def imported(file: Path) -> Iterator[str]:
    """Yield the modules that import statements of a file name."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_convviz_imports_nothing_that_is_excluded() -> None:
    # The measures compare with rivals where they are installed.
    files = [path for path in (ROOT / "convviz").rglob("*.py") if "measures" not in path.parts]
    names = {name for file in files for name in imported(file)}
    excluded = bundle_parts.EXCLUDED_MODULES
    assert len(names) > 500
    assert [name for name in names if name.startswith(tuple(f"{one}." for one in excluded))] == []
    assert names.isdisjoint(excluded)


def test_every_sample_photograph_goes_in_and_a_missing_one_is_said() -> None:
    found = bundle_parts.photographs(list(_PHOTO_FILES.values()))
    assert [Path(path).name for path, _ in found] == list(_PHOTO_FILES.values())
    assert {folder for _, folder in found} == {"skimage/data"}
    with pytest.raises(FileNotFoundError, match=r"gone\.png is missing"):
        bundle_parts.photographs(["gone.png"])


def test_all_modules_of_a_package_are_named_without_importing_one() -> None:
    names = bundle_parts.modules_of("convviz")
    assert {"convviz", "convviz.cli", "convviz.commands.checks.rooms", "convviz.ui.app"} <= set(names)
    with pytest.raises(ModuleNotFoundError):
        bundle_parts.modules_of("convviz_that_is_not")


def test_licences_go_in_of_what_is_shipped(tmp_path: Path) -> None:
    for place in ("a-1.0.dist-info/licenses/LICENSE", "b-2.dist-info/NOTICE.txt", "pip-3.dist-info/LICENSE"):
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / place).touch()
    (tmp_path / "a-1.0.dist-info" / "METADATA").touch()
    assert bundle_parts.licences(tmp_path) == [
        (str(tmp_path / "a-1.0.dist-info/licenses/LICENSE"), "licenses/a-1.0"),
        (str(tmp_path / "b-2.dist-info/NOTICE.txt"), "licenses/b-2"),
    ]


def test_the_tools_of_the_build_have_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = project["optional-dependencies"]["bundle"]
    assert [line.partition("==")[0] for line in extra] == ["pyinstaller", "pyinstaller-hooks-contrib"]
    assert all(line.partition("==")[2] for line in extra)
    assert dev_bundle.version() == project["version"]


def test_the_check_sees_neither_the_users_home_nor_python(tmp_path: Path) -> None:
    inherited = {"PATH": os.environ["PATH"], "PYTHONPATH": "/x", "HOME": "/root", "DISPLAY": ":0"}
    made = dev_bundle.bare_environment(tmp_path, {**inherited, "SYSTEMROOT": "C:\\Windows"})
    assert made["HOME"] == made["PATH"] == str(tmp_path)
    assert made["SYSTEMROOT"] == "C:\\Windows"
    assert {"DISPLAY", "PYTHONPATH"}.isdisjoint(made)
    assert made["https_proxy"] == "http://127.0.0.1:9"


def application(folder: Path, script: str) -> Path:
    """Return a folder with a shell script that stands in for the application."""
    folder.mkdir()
    program = folder / "convviz"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return folder


def test_an_application_that_passes_is_let_through(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = application(tmp_path / "app", 'echo "$1" "$PATH"; test "$PATH" = "$HOME" && test -d "$HOME"')
    dev_bundle.check(folder)
    assert capfd.readouterr().out.startswith("selfcheck ")


def test_an_application_that_fails_or_hangs_or_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(dev_bundle.BundleFailed, match=r"failed its check \(exit code 3\)"):
        dev_bundle.check(application(tmp_path / "failing", "exit 3"))
    hanging = application(tmp_path / "hanging", f"exec {shutil.which('sleep')} 60")
    with pytest.raises(dev_bundle.BundleFailed, match="did not end within 1 seconds"):
        dev_bundle.check(hanging, most_seconds=1)
    with pytest.raises(dev_bundle.BundleFailed):
        dev_bundle.check(tmp_path)


def test_where_the_network_cannot_be_cut_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev_bundle, "network_cutter", list)
    dev_bundle.check(application(tmp_path / "app", 'test "$https_proxy" = http://127.0.0.1:9'))
    assert "a proxy that refuses everything stands in" in capfd.readouterr().out


def test_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev_bundle, "ROOT", tmp_path)
    folder = tmp_path / "app"
    folder.mkdir()
    with (folder / "large").open("wb") as file:
        file.truncate(3_000_000)
    (folder / "link").symlink_to("large")
    dev_bundle.check_size(folder, 4)
    with pytest.raises(dev_bundle.BundleFailed, match="app takes 3 MB, more than 2 MB"):
        dev_bundle.check_size(folder, 2)


def test_words_that_bundle_does_not_know_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev_commands.main(["bundle", "--fast"]) == 2
    assert capsys.readouterr().err == "bundle takes --no-packages or nothing.\n"
    assert "  bundle  " in dev_commands.HELP


def steps(monkeypatch: pytest.MonkeyPatch, fails: str = "") -> list[str]:
    """Have every step of the build only noted, and one of them fail."""
    done: list[str] = []

    def note(name: str, result: object) -> None:
        def step(*given: object) -> object:
            done.append(name)
            if name == fails:
                raise dev_bundle.BundleFailed(f"{name} failed.")
            return result

        monkeypatch.setattr(dev_bundle, name, step)

    for name in ("prepare", "check", "check_size"):
        note(name, None)
    note("build", Path("dist"))
    note("pack", [Path("a"), Path("b")])
    return done


def test_nothing_is_packed_before_it_was_checked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done = steps(monkeypatch)
    assert dev_commands.main(["bundle"]) == 0
    assert done == ["prepare", "build", "check", "check_size", "pack", "check_size", "check_size"]
    done = steps(monkeypatch)
    assert dev_commands.main(["bundle", "--no-packages"]) == 0
    assert done == ["prepare", "build", "check", "check_size"]
    done = steps(monkeypatch, fails="check")
    assert dev_commands.main(["bundle"]) == 1
    assert done == ["prepare", "build", "check"]
    assert capsys.readouterr().err == "check failed.\n"
