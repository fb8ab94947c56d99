"""What is kept between edits is used for what it was made of, is bounded, and is let go."""

import gc
import threading
from dataclasses import dataclass

import numpy as np
import pytest

from convviz.engine.shelf import Shelf


@dataclass
class Thing:
    """Something of a size."""

    nbytes: int
    name: str = ""


def array() -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.zeros(3, np.float32)


def refuse() -> Thing:
    raise AssertionError


def test_it_is_made_once_per_array_and_key() -> None:
    shelf, one, other = Shelf(100), array(), array()
    first = shelf.get(one, "a", lambda: Thing(1, "first"))
    assert shelf.get(one, "a", refuse) is first
    # Equal values are not the same array.
    assert shelf.get(other, "a", lambda: Thing(1, "other")).name == "other"
    assert shelf.get(one, "b", lambda: Thing(1, "key")).name == "key"
    assert shelf.nbytes == 3


def test_what_was_not_used_for_longest_goes_first() -> None:
    shelf, planes = Shelf(10), array()
    for name in "abc":
        shelf.get(planes, name, lambda: Thing(4))
    shelf.get(planes, "a", refuse)
    shelf.tidy()
    assert shelf.nbytes == 8
    shelf.get(planes, "a", refuse)
    shelf.get(planes, "c", refuse)
    assert shelf.get(planes, "b", lambda: Thing(4, "again")).name == "again"


def test_what_grows_is_noticed() -> None:
    shelf, planes = Shelf(10), array()
    grown = shelf.get(planes, "a", lambda: Thing(1))
    shelf.tidy()
    assert shelf.nbytes == 1
    grown.nbytes = 11
    shelf.get(planes, "b", lambda: Thing(2))
    shelf.tidy()
    assert shelf.nbytes == 2


def test_an_array_that_is_gone_takes_what_was_made_of_it_along() -> None:
    shelf, planes = Shelf(100), array()
    shelf.get(planes, "a", lambda: Thing(50))
    kept = array()
    shelf.get(kept, "a", lambda: Thing(7))
    del planes
    gc.collect()
    shelf.tidy()
    assert shelf.nbytes == 7
    shelf.forget()
    assert shelf.nbytes == 0


def test_what_cannot_be_made_is_not_kept() -> None:
    shelf, planes = Shelf(100), array()
    with pytest.raises(AssertionError):
        shelf.get(planes, "a", refuse)
    assert shelf.get(planes, "a", lambda: Thing(1, "made")).name == "made"


def test_two_threads_that_make_the_same_go_on_with_one() -> None:
    shelf, planes = Shelf(100), array()
    both = threading.Barrier(2)
    found: list[Thing] = []

    def make() -> Thing:
        both.wait(timeout=10)
        return Thing(1)

    threads = [threading.Thread(target=lambda: found.append(shelf.get(planes, "a", make))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)
    assert len(found) == 2
    assert found[0] is found[1]
    assert shelf.nbytes == 1
