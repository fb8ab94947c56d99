"""Steps to undo that merge, without keeping what has been merged."""

from PySide6.QtGui import QUndoCommand, QUndoStack


def push(stack: QUndoStack, step: QUndoCommand) -> None:
    """Do ``step``, as one with the newest step of ``stack`` if that takes it, or as one more.

    Qt merges by itself what has an ``id``, but PySide (6.11) never lets go of a step that Qt has merged, nor
    of the states it leads from and to. So the steps have no ``id``, and are merged here.

    Parameters
    ----------
    stack : QUndoStack
        Where to.
    step : QUndoCommand
        What is done. The newest step takes it if its ``mergeWith`` says so and nothing is left to be redone;
        an obsolete one is taken off the stack.
    """
    index = stack.index()
    newest = stack.command(index - 1) if index and index == stack.count() else None
    if newest is None or index == stack.cleanIndex() or not newest.mergeWith(step):
        stack.push(step)
        return
    step.redo()
    if newest.isObsolete():
        # It leads back to where it began, where everything is already; Qt then drops it.
        stack.undo()
