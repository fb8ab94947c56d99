"""Trees of values with something in them changed, as a lesson's tables or a session's text are."""

from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

SLOW = settings(
    max_examples=3000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
QUICK = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
)

_LONG = "9" * 5000
VALUES: list[Any] = [
    *(True, -1, 0, 1, 2, 10**9, 2**63, 10**400, 1e308, -0.0, 1e-320, 0.5),
    *("", "x", "same", "cat", "../../escaped", "/etc/passwd", "\x00", "{name.__class__}", "{0:9999999999}"),
    *("{", "ж" * 3000, _LONG, "own:/a.py", [], {}, [[]], [1], [[1, 2], [3]], [[1e999]], [["a"]]),
    *([None], {"a": {"b": []}}, [0] * 5000, [-1, -1], [1, 2], [10**9, 10**9], [[[[[[1]]]]]]),
]


def deep(depth: int) -> list[Any]:
    """Return a list in a list in a list."""
    out: list[Any] = []
    for _ in range(depth):
        out = [out]
    return out


@st.composite
def changed(draw: st.DrawFn, tree: Any) -> Any:
    """A tree of tables and lists with something in it replaced, left out, or added."""
    values = st.sampled_from([*VALUES, deep(400)]) | st.integers() | st.floats() | st.text(max_size=30)
    keys = list(tree) if isinstance(tree, dict) else list(range(len(tree))) if isinstance(tree, list) else []
    if not keys or draw(st.integers(0, 5)) == 0:
        return draw(values)
    key = draw(st.sampled_from(keys))
    copy: Any = dict(tree) if isinstance(tree, dict) else list(tree)
    match draw(st.integers(0, 7)):
        case 0:
            del copy[key]
        case 1 if isinstance(copy, dict):
            copy[draw(st.sampled_from(["new", "", "kernels", "packed", "member", "__class__"]))] = draw(
                values
            )
        case 1:
            copy.append(draw(values))
        case _:
            copy[key] = draw(changed(tree[key]))
    return copy


def places_in(tree: Any) -> Iterator[tuple[str | int, ...]]:
    """Yield where something lies in a tree, of long lists the first three."""
    keys: Any = tree if isinstance(tree, dict) else range(min(3, len(tree))) if isinstance(tree, list) else ()
    for key in keys:
        yield (key,)
        for rest in places_in(tree[key]):
            yield key, *rest


def replaced(tree: Any, at: tuple[str | int, ...], value: Any) -> Any:
    """Return a tree with something else at one place."""
    if not at:
        return value
    copy: Any = dict(tree) if isinstance(tree, dict) else list(tree)
    copy[at[0]] = replaced(tree[at[0]], at[1:], value)
    return copy
