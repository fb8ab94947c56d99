"""The build hook compiles translations and the engine, and puts all where convviz looks for it."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import hatch_build
import native_build
import pytest
from hatchling.bridge.app import Application
from PySide6.QtCore import QTranslator

from tests.packaging.places import ROOT

SOURCE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>Pane</name>
    <message><source>Kernel</source><translation>Ядро</translation></message>
</context>
</TS>
"""


def hook(root: Path) -> hatch_build.BuildHook:
    return hatch_build.BuildHook(str(root), {}, None, None, "", "wheel", Application())  # type: ignore[arg-type]


def write_source(root: Path, text: str) -> Path:
    folder = root / "assets" / "translations"
    folder.mkdir(parents=True)
    (folder / "convviz_ru.ts").write_text(text, encoding="utf-8")
    return folder


def build_data() -> dict[str, Any]:
    return {"force_include": {}, "force_include_editable": {}}


@pytest.fixture(autouse=True)
def own_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have the engine compiled to a place of its own: the checkout's library is in use."""
    library = tmp_path / f"made{native_build.SUFFIX}"
    build = native_build.build
    monkeypatch.setattr(native_build, "build", lambda: build(library))
    return library


@pytest.mark.parametrize("version", ["standard", "editable"])
def test_all_is_compiled_and_a_wheel_gets_it_with_the_assets(
    tmp_path: Path, version: str, own_library: Path
) -> None:
    folder = write_source(tmp_path, SOURCE)
    data = build_data()
    hook(tmp_path).initialize(version, data)
    assert own_library.is_file()
    wheel = {"assets": "convviz/assets", str(own_library): f"convviz/engine/native/{own_library.name}"}
    assert data["force_include"] == (wheel if version == "standard" else {})
    # Another kind of machine must not take it for its own.
    assert data.get("tag", "").startswith("py3-none-") == (version == "standard")
    translator = QTranslator()
    assert translator.load(str(folder / "convviz_ru.qm"))
    assert translator.translate("Pane", "Kernel") == "Ядро"


def test_a_broken_translation_fails_a_wheel_but_not_an_editable_install(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write_source(tmp_path, "<TS")
    with pytest.raises(subprocess.CalledProcessError):
        hook(tmp_path).initialize("standard", build_data())
    hook(tmp_path).initialize("editable", build_data())
    assert "The translations were not compiled" in capfd.readouterr().err


def test_a_missing_compiler_fails_a_wheel_but_not_an_editable_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    write_source(tmp_path, SOURCE)

    def fail() -> Path:
        raise native_build.BuildFailed("there is no C compiler")

    monkeypatch.setattr(native_build, "build", fail)
    with pytest.raises(native_build.BuildFailed):
        hook(tmp_path).initialize("standard", build_data())
    hook(tmp_path).initialize("editable", build_data())
    assert "it will be slow: there is no C compiler" in capfd.readouterr().err


def test_the_projects_own_translations_compile(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "assets" / "translations", tmp_path / "translations")
    compiled = hatch_build.compile_translations(tmp_path / "translations")
    assert [file.name for file in compiled] == ["convviz_ru.qm"]


@pytest.mark.parametrize("command", [["cc"], None])
def test_the_build_gets_a_qt_without_the_faulty_release_and_a_compiler(
    monkeypatch: pytest.MonkeyPatch, command: list[str] | None
) -> None:
    monkeypatch.setattr(native_build, "system_compiler", lambda: command)
    assert hook(ROOT).dependencies() == ["PySide6-Essentials>=6.8,<6.12", *([] if command else ["ziglang"])]
