"""Values that are made when somebody asks for them: once, whoever asks."""

import threading
from collections.abc import Callable

import pytest

from convviz.nets.deferred import Cell, Deferred


def counted(made: list[int], value: int) -> Callable[[], int]:
    def make() -> int:
        made.append(value)
        return value

    return make


def test_nothing_is_made_before_it_is_asked_for_and_then_once() -> None:
    made: list[int] = []
    row = Deferred(Cell(counted(made, value)) for value in range(5))
    longer = row[1:4].followed_by([7])
    assert (len(row), len(longer), made) == (5, 4, [])
    assert longer[0] == row[1] == 1
    assert made == [1]
    assert list(longer) == [1, 2, 3, 7]
    assert row[-1] == 4
    assert made == [1, 2, 3, 4]
    with pytest.raises(IndexError):
        row[5]


def test_two_threads_get_the_same_value_which_is_made_once() -> None:
    made: list[object] = []
    inside, go = threading.Event(), threading.Event()

    def make() -> object:
        inside.set()
        assert go.wait(10)
        made.append(object())
        return made[-1]

    row, found = Deferred([Cell(make)]), list[object]()
    threads = [threading.Thread(target=lambda: found.append(row[0])) for _ in range(2)]
    for thread in threads:
        thread.start()
    assert inside.wait(10)
    go.set()
    for thread in threads:
        thread.join(10)
    assert found == [made[0]] * 2
    assert len(made) == 1


def test_what_cannot_be_made_is_tried_again_by_the_next_who_asks() -> None:
    answers: list[int | None] = [None, 3]

    def make() -> int:
        answer = answers.pop(0)
        if answer is None:
            raise MemoryError
        return answer

    row = Deferred([Cell(make)])
    with pytest.raises(MemoryError):
        row[0]
    assert row[0] == row[0] == 3


def test_values_that_are_there_stay_themselves() -> None:
    values = ([1], [2])
    row = Deferred.of(values)
    assert row[1] is values[1]
    assert Deferred.of(row) is row
