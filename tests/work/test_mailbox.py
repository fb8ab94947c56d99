"""The policy on its own, over random orders of events."""

from hypothesis import given
from hypothesis import strategies as st

from convviz.work.jobs import JobContext, Task
from convviz.work.mailbox import Mailbox


def echo(request: object, context: JobContext) -> object:
    return request


def test_a_newer_request_overwrites_the_waiting_one_and_spares_the_running_one() -> None:
    mailbox = Mailbox()
    first = mailbox.put("first", echo)
    assert first is not None
    assert mailbox.put("second", echo) is None
    assert mailbox.put("third", echo) is None
    assert not first.context.cancelled
    following = mailbox.advance()
    assert following is not None
    assert (following.request, following.sequence) == ("third", 3)
    assert mailbox.advance() is None


def test_clearing_cancels_forgets_and_begins_an_epoch() -> None:
    mailbox = Mailbox()
    first = mailbox.put("first", echo)
    mailbox.put("second", echo)
    mailbox.clear()
    assert first is not None
    assert first.context.cancelled
    assert (mailbox.running, mailbox.waiting, mailbox.epoch) == (None, None, 1)
    after = mailbox.put("third", echo)
    assert after is not None
    assert (after.sequence, after.epoch) == (3, 1)


@given(st.lists(st.sampled_from(["put", "end", "clear"]), max_size=60))
def test_ends_come_in_order_and_the_last_request_is_always_worked_on(events: list[str]) -> None:
    mailbox = Mailbox()
    ended: list[Task] = []

    def end() -> None:
        if mailbox.running is not None:
            ended.append(mailbox.running)
            mailbox.advance()

    for event in events:
        if event == "put":
            mailbox.put(None, echo)
        elif event == "end":
            end()
        else:
            mailbox.clear()
        assert mailbox.waiting is None or mailbox.running is not None
    while mailbox.running is not None:
        end()
    sequences = [task.sequence for task in ended]
    assert sequences == sorted(set(sequences))
    assert not any(task.context.cancelled for task in ended)
    if "put" in events and "clear" not in events[len(events) - events[::-1].index("put") :]:
        assert sequences[-1] == mailbox.sequence
