import threading

import pytest

from convviz.engine.recent import Recent


def test_the_values_used_last_are_kept() -> None:
    recent: Recent[int, str] = Recent(2)
    made: list[int] = []

    def ask(key: int) -> str:
        def make() -> str:
            made.append(key)
            return str(key)

        return recent.get(key, make)

    assert [ask(1), ask(2), ask(1), ask(3), ask(1), ask(2)] == ["1", "2", "1", "3", "1", "2"]
    assert made == [1, 2, 3, 2]
    recent.clear()
    ask(1)
    assert made == [1, 2, 3, 2, 1]


def test_what_fails_is_asked_again() -> None:
    recent: Recent[int, int] = Recent(2)
    with pytest.raises(ZeroDivisionError):
        recent.get(0, lambda: 1 // 0)
    assert recent.get(0, lambda: 7) == 7


def test_what_is_put_in_meanwhile_is_better() -> None:
    recent: Recent[str, str] = Recent(2)
    started, go = threading.Event(), threading.Event()
    found: list[str] = []

    def slow() -> str:
        started.set()
        assert go.wait(10)
        return "estimate"

    thread = threading.Thread(target=lambda: found.append(recent.get("a", slow)))
    thread.start()
    assert started.wait(10)
    recent.put("a", "exact")
    go.set()
    thread.join()
    assert found == ["exact"]
    assert recent.get("a", lambda: "other") == "exact"
