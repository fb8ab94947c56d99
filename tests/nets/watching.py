"""How often a network is watched closely, and not run as it ran before."""

from typing import Any

import pytest

from convviz.nets import capture as module
from convviz.nets.recorder import Recorder


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows with every pass that is watched closely."""
    passes: list[int] = []

    class Noted(Recorder):
        def __init__(self, *given: Any) -> None:
            passes.append(1)
            super().__init__(*given)

    monkeypatch.setattr(module, "Recorder", Noted)
    return passes
