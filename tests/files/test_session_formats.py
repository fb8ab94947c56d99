"""Formats of session files: the old ones open, a newer one is told, and notes come back."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from convviz.core.lessons import Table
from convviz.core.numbers import Amount
from convviz.core.text import Sentence
from convviz.files.samples import open_sample
from convviz.files.session_writing import write_session
from convviz.files.sessions import FORMAT, HELD, SavedSession, read_session
from convviz.ui.sessions.content import content_from
from tests.files.session_numbers import FIRST, SECOND, check_same, edited, members, numbers, refusal


def test_the_first_file_there_was_still_opens() -> None:
    check_same(read_session(FIRST), numbers())
    assert content_from(read_session(FIRST), FIRST.name).state.settings.stride == (2, 1)


NOTES = (
    Sentence("Black and white (1 bit per pixel) is shown as 0 and 255."),
    Sentence("Values rounded to 32-bit precision (about 7 digits): {count}.", {"count": 3}),
    Sentence(
        "{bits} bits per channel, kept as they are; {low} is shown as black, {high} as white.",
        {"bits": 16, "low": Amount(0.0, "g"), "high": Amount(65535.0, ".7g")},
    ),
    Sentence("{reason} Open another.", {"reason": Sentence("{name} is empty.", {"name": "a.png"})}),
)


def told() -> SavedSession:
    """Return a session with what the second format has and the first had not."""
    session = numbers()
    network = {**session.told["network"], "page": "excite", "aim": "cell"}
    training = {"data": "count-11", "rate": 0.5, "epoch": 2, "rates": [[0, 0, 0.1], [1, 3, 0.5]]}
    picture = replace(session.picture, notes=NOTES)
    return replace(session, picture=picture, told={**session.told, "network": network, "training": training})


@pytest.mark.parametrize(("then", "session"), [(FIRST, numbers()), (SECOND, told())])
def test_what_is_written_today_is_what_was_written_first(
    tmp_path: Path, then: Path, session: SavedSession
) -> None:
    write_session(tmp_path / "a.convviz", session)
    texts = []
    found, wanted = members(tmp_path / "a.convviz"), members(then)
    for content in (found, wanted):
        text = json.loads(content.pop("session.json"))
        # The numbers of the formats differ, and the versions of the program.
        del text["program"], text["format"]
        texts.append(text)
    assert texts[0] == texts[1]
    assert found == wanted


def test_the_second_format_still_opens() -> None:
    found, wanted = read_session(SECOND), told()
    check_same(found, wanted)
    assert found.picture.notes == wanted.picture.notes


def test_notes_of_pictures_come_back_and_can_be_said(tmp_path: Path) -> None:
    picture = replace(open_sample("conv-step"), notes=NOTES)
    held = replace(picture, notes=NOTES[:1])
    embeddings: Table = {"pictures": [{HELD: held}]}
    session = SavedSession(picture, np.ones((1, 1, 1, 1)), {}, told={"embeddings": embeddings})
    write_session(tmp_path / "a.convviz", session)
    found = read_session(tmp_path / "a.convviz")
    assert found.picture.notes == NOTES
    assert [str(note) for note in found.picture.notes] == [str(note) for note in NOTES]
    assert found.told["embeddings"]["pictures"][0][HELD].notes == NOTES[:1]


@pytest.mark.parametrize(
    "notes",
    [
        5,
        "Turned.",
        [5],
        [{"text": 5}],
        [{}],
        [{"text": "a", "more": 1}],
        [{"text": "a", "values": []}],
        [{"text": "{name.__class__}", "values": {"name": "a"}}],
        [{"text": "{name[0]}", "values": {"name": "a"}}],
        [{"text": "{name!r}", "values": {"name": "a"}}],
        [{"text": "{name:999999999}", "values": {"name": 1}}],
        [{"text": "{name:{width}}", "values": {"name": 1, "width": 999999999}}],
        [{"text": "{name}"}],
        [{"text": "{0}", "values": {"0": 1}}],
        [{"text": "{}", "values": {"": 1}}],
        [{"text": "{", "values": {}}],
        [{"text": "x" * 1001}],
        [{"text": "{a}", "values": {"a": "x" * 1001}}],
        [{"text": "{a}", "values": {"a": True}}],
        [{"text": "{a}", "values": {"a": None}}],
        [{"text": "{a}", "values": {"a": 10**400}}],
        [{"text": "{a}", "values": {"a": {"number": 1, "format": "999999999d"}}}],
        [{"text": "{a}", "values": {"a": {"number": "1", "format": "g"}}}],
        [{"text": "a"}] * 21,
    ],
)
def test_notes_that_ask_for_more_than_a_value_are_refused(tmp_path: Path, notes: object) -> None:
    path = edited(tmp_path / "bad.convviz", lambda text: text["picture"].update(notes=notes))
    assert "look at picture, notes" in refusal(path)


def test_a_newer_version_is_told(tmp_path: Path) -> None:
    path = edited(tmp_path / "new.convviz", lambda text: text.update(format=FORMAT + 1, unheard_of=True))
    assert refusal(path) == (
        "new.convviz was made by a newer version of convviz. Install that version to open it."
    )
