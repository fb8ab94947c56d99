"""The engine's C files are compiled by whatever compiler there is, for the machine at hand."""

import ctypes
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import native_build
import pytest


def test_what_is_made_can_be_loaded_and_the_folder_is_left_tidy(tmp_path: Path) -> None:
    target = tmp_path / native_build.TARGET.name
    target.write_text("an older one", encoding="utf-8")
    assert native_build.build(target) == target
    assert ctypes.CDLL(str(target)).convviz_interface() > 0
    assert list(tmp_path.iterdir()) == [target]


def test_it_lies_where_the_program_looks_for_it() -> None:
    from convviz.engine import native

    assert native.FILE == native_build.TARGET


@pytest.mark.parametrize("machine", ["x86_64", "AMD64"])
def test_every_kind_of_vector_is_made_for_x86(machine: str) -> None:
    for source, option in (("avx2.c", "-mavx2"), ("avx512.c", "-mavx512f")):
        assert option in (native_build.flags(source, machine) or ())
    assert native_build.flags("engine.c", machine) == ("-DCONVVIZ_X86",)


@pytest.mark.parametrize("machine", ["aarch64", "arm64", "riscv64"])
def test_elsewhere_the_plain_one_is_enough(machine: str) -> None:
    assert native_build.flags("avx2.c", machine) is None
    assert native_build.flags("avx512.c", machine) is None
    assert native_build.flags("plain.c", machine) == ()


@pytest.fixture(autouse=True)
def looked_for_anew() -> Iterator[None]:
    native_build.system_compiler.cache_clear()
    yield
    native_build.system_compiler.cache_clear()


def test_the_users_own_choice_of_a_compiler_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CC", "ccache '/opt/my clang/clang-19'")
    assert native_build.compiler() == ["ccache", "/opt/my clang/clang-19"]


@pytest.mark.skipif(os.name == "nt", reason="stands in for compilers with shell scripts")
def test_a_name_that_does_not_compile_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As Apple's stand-ins where no tools are installed.
    for name in ("cc", "gcc"):
        script = tmp_path / name
        script.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        script.chmod(0o755)
    real = shutil.which("gcc") or shutil.which("clang")
    assert real is not None
    (tmp_path / "clang").symlink_to(real)
    monkeypatch.delenv("CC", raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert native_build.system_compiler() == ("clang",)


def test_without_any_the_sentence_says_which_would_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CC", raising=False)
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(native_build.BuildFailed, match=r"no C compiler .*gcc.*ziglang"):
        native_build.compiler()
    monkeypatch.setattr("importlib.util.find_spec", lambda name: object())
    # For every processor of the kind, not the one that happens to be here.
    assert native_build.compiler()[1:] == ["-m", "ziglang", "cc", "-mcpu=baseline"]


def test_a_place_that_cannot_be_written_is_told_in_the_same_way(tmp_path: Path) -> None:
    with pytest.raises(native_build.BuildFailed, match="could not be written"):
        native_build.build(tmp_path / "no such folder" / "library.so")


@pytest.mark.skipif(os.name == "nt", reason="stands in for a compiler with a shell script")
def test_what_the_compiler_says_is_told_and_an_older_library_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "broken"
    script.write_text("#!/bin/sh\necho it hurts >&2\nexit 3\n", encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    target = tmp_path / "older"
    target.write_text("kept", encoding="utf-8")
    for command, words in ((str(script), "it hurts"), (str(tmp_path / "gone"), "does not start")):
        monkeypatch.setenv("CC", command)
        native_build.system_compiler.cache_clear()
        with pytest.raises(native_build.BuildFailed, match=words):
            native_build.build(target)
    assert target.read_text(encoding="utf-8") == "kept"
