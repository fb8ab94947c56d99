"""Our own compiled functions; without them NumPy from the first moment, torch once it is loaded."""

import subprocess
import sys

import pytest

from convviz.engine import backend


def test_our_own_functions_are_compiled_and_used() -> None:
    assert backend.native_backend is not None
    assert backend.current() is backend.native_backend


def test_without_them_torch_is_used_once_it_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend, "native_backend", None)
    monkeypatch.setattr(backend, "_loaded", [])
    assert backend.current() is backend.numpy_backend
    backend.load_torch()
    assert backend.current() is backend.torch_backend


def test_the_engine_works_without_torch() -> None:
    code = (
        "import sys, numpy as np\n"
        "from convviz.engine import compute, render, reduce\n"
        "from convviz.core.specs import ConvSpec\n"
        "request = compute.Request(np.ones((1, 9, 9), np.uint8), (ConvSpec(np.ones((1, 1, 3, 3))),), (), 1)\n"
        "assert compute.compute(request).statistics.mean == 9\n"
        "assert 'torch' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
