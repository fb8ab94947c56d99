"""The application packed: what Linux is told of it, the Debian package, the archive, and when CI builds."""

import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from configparser import RawConfigParser
from pathlib import Path

import dev_bundle
import linux_packages
import pytest

from convviz.files.lessons import SUFFIX
from tests.packaging.places import ROOT

MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


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
