"""The real window, to be timed."""

from tests.ui.driver import make_window

__all__ = ["make_window"]
