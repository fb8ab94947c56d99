"""What the menu of the embeddings room does."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convviz.ui.rooms.embeddings_desk import EmbeddingsDesk


def do(desk: "EmbeddingsDesk", action: str) -> None:
    """Do what a menu entry asks for: ``add``, ``cancel`` …, or the name of a page to show it."""
    match action:
        case "add":
            desk.pictures.ask_files()
        case "folder":
            desk.pictures.ask_folder()
        case "clear":
            desk.clear()
        case "cancel":
            desk.cancel()
        case "save":
            desk.ask_save()
        case "network":
            desk.bar.networks.setFocus()
        case "layer":
            desk.bar.layers.setFocus()
        case view:
            desk.views.choose(view)
