"""Which request is worked on next: one runs, one waits, and a newer one overwrites what waits. No Qt."""

from typing import Any

from convviz.work.jobs import Job, Task


class Mailbox:
    """A slot for one waiting request beside the one that is being worked on.

    A running edit is never stopped by a newer edit: cancelling it would leave the screen still for as long as
    a slider is dragged. It finishes and is shown, and then the newest request is worked on. Results therefore
    come back in the order of their requests, and the last request always reaches the screen. Opening
    something else is different: :meth:`clear` cancels, and whatever was asked before is dropped.

    There is no lock: only the thread of the window may touch a mailbox.

    Attributes
    ----------
    sequence : int
        Number of the newest request.
    epoch : int
        How many times the mailbox was cleared.
    running : Task or None
        The task handed to the worker thread whose outcome is wanted.
    waiting : Task or None
        The task to hand over after it.
    """

    def __init__(self) -> None:
        self.sequence = 0
        self.epoch = 0
        self.running: Task | None = None
        self.waiting: Task | None = None

    def put(self, request: object, job: Job[Any]) -> Task | None:
        """Take a request, in place of the one that waits.

        Returns
        -------
        Task or None
            The task, to be handed to the worker thread at once; None if it has to wait.
        """
        self.sequence += 1
        task = Task(self.sequence, self.epoch, request, job)
        if self.running is not None:
            self.waiting = task
            return None
        self.running = task
        return task

    def advance(self) -> Task | None:
        """Note that the running task has ended.

        Returns
        -------
        Task or None
            The one that waited, to be handed to the worker thread now.
        """
        self.running, self.waiting = self.waiting, None
        return self.running

    def clear(self) -> None:
        """Cancel the running task, forget it and the waiting one, and begin a new epoch."""
        if self.running is not None:
            self.running.context.cancel()
        self.running = self.waiting = None
        self.epoch += 1
