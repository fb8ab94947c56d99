"""What is compiled, for every kind of processor that this one can play."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from convviz.core.specs import Pair
from convviz.engine import native
from convviz.engine.native import Level, Library
from convviz.engine.native_conv import NativeBackend

Values = NDArray[np.float32]


def own(level: Level = Level.AVX512) -> Library:
    """Return the functions for this machine, up to ``level``, with more threads than processors."""
    library = Library(native.FILE)
    library.threads = 4
    library.choose(level)
    return library


def levels() -> list[Level]:
    """Return what this processor can do."""
    return sorted({own(level).level for level in Level})


@pytest.fixture(params=levels(), scope="module")
def library(request: pytest.FixtureRequest) -> Iterator[Library]:
    # What is chosen holds for all that is loaded from the file.
    yield own(request.param)
    own()


def correlate(
    library: Library,
    block: Any,
    weights: Values,
    groups: int = 1,
    stride: Pair = (1, 1),
    dilation: Pair = (1, 1),
) -> Values:
    kernel = weights.shape[2], weights.shape[3]
    resting = NativeBackend(library, lambda: False).rest(block, kernel, stride, dilation)
    return resting.correlate(weights, groups).natural()
