"""The real window, for every test of this folder."""

import pytest

from tests.ui.driver import collector, driver, make_window

__all__ = ["collector", "driver", "make_window"]


@pytest.fixture(autouse=True)
def _garbage_as_in_the_program(request: pytest.FixtureRequest) -> None:
    """Let no worker thread of a test destroy widgets."""
    if "qapp" in request.fixturenames:
        request.getfixturevalue("collector")
