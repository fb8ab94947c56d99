"""``dev.py bundle``: what goes into the application, how it is checked, and what Linux is told of it."""

import ast
import os
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from configparser import RawConfigParser
from pathlib import Path

import bundle_parts
import dev_bundle
import dev_commands
import linux_packages
import pytest
from bundle_parts import Entry, is_left_out, kept, without_unused

from convviz.files.lessons import SUFFIX
from convviz.files.samples import _PHOTO_FILES

ROOT = Path(__file__).resolve().parents[2]
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


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


def desktop() -> dict[str, str]:
    parser = RawConfigParser(delimiters="=", interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # the keys' capitals count
    parser.read_string((ROOT / "packaging/linux/convviz.desktop").read_text(encoding="utf-8"))
    return dict(parser["Desktop Entry"])


def test_the_desktop_entry_starts_the_program_with_the_file_that_was_opened() -> None:
    entry = desktop()
    assert entry["Type"] == "Application"
    assert entry["Exec"] == "convviz %f"
    # As the window names itself; without it the panel shows another icon for the window.
    assert entry["StartupWMClass"] == "convviz"
    icon = Path("icons/hicolor/scalable/apps") / f"{entry['Icon']}.svg"
    assert icon in linux_packages.desktop_files("1.0")


def test_files_are_associated_with_kinds_that_are_known() -> None:
    kinds = desktop()["MimeType"].strip(";").split(";")
    tree = ET.parse(ROOT / "packaging/linux/convviz-mime.xml")
    own = {
        str(kind.get("type")): str(kind.find(f"{MIME}glob").get("pattern"))  # type: ignore[union-attr]
        for kind in tree.findall(f"{MIME}mime-type")
    }
    assert own == {
        "application/x-convviz-session": "*.convviz",
        "application/x-convviz-lesson": f"*{SUFFIX}",
        "application/x-safetensors": "*.safetensors",
    }
    assert set(own) <= set(kinds)
    assert {"image/png", "image/jpeg", "image/heif"} <= set(kinds)
    assert all(kind in own or kind.startswith("image/") for kind in kinds)
    metainfo = ET.fromstring(linux_packages.desktop_files("1.2")[METAINFO])
    assert {each.text for each in metainfo.findall("provides/mediatype")} == set(own)


METAINFO = Path("metainfo/org.convviz.convviz.metainfo.xml")


def test_the_metainfo_names_the_desktop_entry_and_the_version() -> None:
    metainfo = ET.fromstring(linux_packages.desktop_files("1.2")[METAINFO])
    assert metainfo.findtext("id") == METAINFO.name.removesuffix(".metainfo.xml")
    assert metainfo.findtext("launchable") == "convviz.desktop"
    release = metainfo.find("releases/release")
    assert release is not None
    assert release.get("version") == "1.2"


def test_versions_are_compared_as_numbers() -> None:
    assert linux_packages.newest(["2.4", "2.34", "2.2.5"]) == "2.34"
    assert linux_packages.newest([]) == "0"


def test_the_control_file_says_what_the_system_must_have() -> None:
    text = linux_packages.control("1.2", 1000, "2.36", ["libc6", "libegl1"], "x86_64")
    fields = dict(line.split(": ", 1) for line in text.splitlines() if not line.startswith(" "))
    assert fields["Package"] == "convviz"
    assert fields["Version"] == "1.2"
    assert fields["Architecture"] == "amd64"
    assert fields["Installed-Size"] == "1000"
    assert fields["Depends"] == "libc6 (>= 2.36), libegl1, fonts-dejavu-core"
    assert "Architecture: riscv64" in linux_packages.control("1", 1, "2", [], "riscv64")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small application: a program of this machine and a link."""
    folder = tmp_path / "convviz"
    folder.mkdir()
    shutil.copy(str(shutil.which("true")), folder / "convviz")
    (folder / "other").symlink_to("convviz")
    (folder / "text").write_text("\x7fEL, but no F")
    return folder


def test_what_a_program_needs_of_the_system_is_read_off_it(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert linux_packages.elf_files(small) == [small / "convviz"]
    assert linux_packages.glibc(small).startswith("2.")
    assert linux_packages.system_packages(small) == ["libc6"]
    monkeypatch.setattr(linux_packages, "SYSTEM_LIBRARIES", {})
    with pytest.raises(linux_packages.PackingFailed, match=r"needs libc\.so\.6, which not every"):
        linux_packages.system_packages(small)


def test_the_debian_package_is_laid_out_as_the_system_expects_it(small: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    linux_packages.lay_out(small, work, "1.2")
    assert (work / "opt/convviz/convviz").read_bytes() == (small / "convviz").read_bytes()
    assert (work / "usr/bin/convviz").readlink() == Path("/opt/convviz/convviz")
    assert "Version: 1.2" in (work / "DEBIAN/control").read_text(encoding="utf-8")
    share = work / "usr/share"
    for place in ("applications/convviz.desktop", "mime/packages/convviz.xml", "doc/convviz/copyright"):
        assert (share / place).stat().st_mode & 0o777 == 0o644


def test_the_debian_package_has_its_three_members_in_order(small: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    deb = linux_packages.make_deb(small, tmp_path, work, "1.2")
    assert deb.name.startswith("convviz_1.2_")
    assert not work.exists()
    members = subprocess.run(["ar", "t", deb], capture_output=True, text=True, check=True).stdout.split()
    assert members == ["debian-binary", "control.tar.xz", "data.tar.xz"]
    data = subprocess.run(["ar", "p", deb, "data.tar.xz"], capture_output=True, check=True).stdout
    listed = subprocess.run(["tar", "-tvJ"], input=data, capture_output=True, check=True).stdout.decode()
    assert "./opt/convviz/convviz\n" in listed
    assert "./usr/bin/convviz -> /opt/convviz/convviz\n" in listed
    assert all(line.split()[1] == "0/0" for line in listed.splitlines())


def test_the_archive_holds_one_folder(small: Path, tmp_path: Path) -> None:
    archive = linux_packages.make_archive(small, tmp_path, "1.2")
    listed = subprocess.run(["tar", "-tf", archive], capture_output=True, text=True, check=True).stdout
    assert listed.split() == ["convviz/", "convviz/convviz", "convviz/other", "convviz/text"]
    with pytest.raises(linux_packages.PackingFailed, match=r"^tar failed: "):
        linux_packages.make_archive(tmp_path / "gone", tmp_path, "1.2")


def git(folder: Path, *words: str) -> None:
    names = {f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    subprocess.run(["git", *words], cwd=folder, env={**os.environ, **names}, check=True, capture_output=True)


def test_ci_builds_only_if_packaging_or_dependencies_changed(tmp_path: Path) -> None:
    for place in (".ci", "packaging", "convviz"):
        (tmp_path / place).mkdir()
    shutil.copy(ROOT / ".ci" / "bundle", tmp_path / ".ci" / "bundle")
    (tmp_path / "packaging" / "dev.py").write_text("import sys; print('built', *sys.argv[1:])")
    (tmp_path / "pyproject.toml").touch()
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "first")
    git(tmp_path, "checkout", "-qb", "work")

    def said(*words: str) -> str:
        command = [str(tmp_path / ".ci" / "bundle"), *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    (tmp_path / "convviz" / "a.py").touch()
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "other things")
    assert "not built" in said()
    assert said("always") == "built bundle --no-packages\n"
    (tmp_path / "pyproject.toml").write_text("# another dependency")
    git(tmp_path, "commit", "-qam", "dependencies")
    assert said() == "built bundle --no-packages\n"
    git(tmp_path, "checkout", "-q", "main")
    git(tmp_path, "merge", "-q", "--no-ff", "work")
    assert said() == "built bundle --no-packages\n"


@pytest.mark.slow
def test_the_application_is_built_and_its_package_runs(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "packaging" / "dev.py"), "bundle"]
    assert subprocess.run(command, cwd=tmp_path, timeout=3600, check=False).returncode == 0
    (package,) = dev_bundle.DIST.glob(f"convviz_{dev_bundle.version()}_*.deb")
    subprocess.run(["dpkg-deb", "--extract", package, tmp_path / "system"], check=True)
    dev_bundle.check(tmp_path / "system" / linux_packages.TARGET)
