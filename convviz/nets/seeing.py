"""Being shown every function of torch that a network calls."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache
from typing import Any

See = Callable[[Any, tuple[Any, ...], dict[str, Any]], Any]
"""Given a function of torch and its arguments, returns what the network gets for calling it."""


def seeing(see: See) -> AbstractContextManager[Any]:
    """Return a context in which all that this thread calls of torch goes through ``see``.

    Parameters
    ----------
    see : callable
        Whatever it calls itself goes to torch.
    """
    mode: AbstractContextManager[Any] = _mode()(see)
    return mode


# One class for all passes. One for each would be a circle, as classes are, and would keep the pass's tensors
# until Python looks for circles.
@cache
def _mode() -> Any:
    from torch.overrides import TorchFunctionMode

    class Seeing(TorchFunctionMode):
        """Shows every function that is called."""

        def __init__(self, see: See) -> None:
            super().__init__()
            self._see = see

        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            return self._see(func, args, kwargs or {})

    return Seeing
