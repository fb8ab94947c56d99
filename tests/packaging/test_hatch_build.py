"""The build hook compiles translations with Qt's own compiler and puts the assets where convviz looks."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import hatch_build
import pytest
from hatchling.bridge.app import Application
from PySide6.QtCore import QTranslator

ROOT = Path(__file__).resolve().parents[2]
SOURCE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>Pane</name>
    <message><source>Kernel</source><translation>Ядро</translation></message>
</context>
</TS>
"""


def hook(root: Path) -> hatch_build.TranslationsHook:
    return hatch_build.TranslationsHook(str(root), {}, None, None, "", "wheel", Application())  # type: ignore[arg-type]


def write_source(root: Path, text: str) -> Path:
    folder = root / "assets" / "translations"
    folder.mkdir(parents=True)
    (folder / "convviz_ru.ts").write_text(text, encoding="utf-8")
    return folder


def build_data() -> dict[str, Any]:
    return {"force_include": {}, "force_include_editable": {}}


@pytest.mark.parametrize(
    ("version", "included"), [("standard", {"assets": "convviz/assets"}), ("editable", {})]
)
def test_translations_are_compiled_and_a_wheel_gets_the_assets(
    tmp_path: Path, version: str, included: dict[str, str]
) -> None:
    folder = write_source(tmp_path, SOURCE)
    data = build_data()
    hook(tmp_path).initialize(version, data)
    assert data["force_include"] == included
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


def test_the_projects_own_translations_compile(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "assets" / "translations", tmp_path / "translations")
    compiled = hatch_build.compile_translations(tmp_path / "translations")
    assert [file.name for file in compiled] == ["convviz_ru.qm"]


def test_the_build_gets_a_qt_without_the_faulty_release() -> None:
    assert hook(ROOT).dependencies() == ["PySide6-Essentials>=6.8,<6.12"]
