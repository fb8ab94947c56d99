"""How a long computation lets itself be stopped."""

from collections.abc import Callable

Check = Callable[[], None]
"""Called every few dozen milliseconds; raises when nobody wants the result any more."""


def nothing() -> None:
    """Do not stop."""
