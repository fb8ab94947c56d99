"""What the keys and the menu of the network room do."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from convviz.nets.why.evidence import Reason
from convviz.nets.why.unit_evidence import UnitReason

if TYPE_CHECKING:
    from convviz.ui.rooms.network_desk import NetworkDesk

_Key = Qt.Key
KEYS = {
    _Key.Key_Left: "layer-back",
    _Key.Key_Right: "layer-forward",
    _Key.Key_Home: "layer-first",
    _Key.Key_End: "layer-last",
    _Key.Key_Up: "map-back",
    _Key.Key_Down: "map-forward",
    _Key.Key_Return: "map-open",
    _Key.Key_Enter: "map-open",
    _Key.Key_Escape: "leave",
    _Key.Key_Space: "fold",
}


def action_of(event: QKeyEvent) -> str | None:
    """Return what a key no widget has used asks for; the Page keys belong to the lesson."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return None
    return KEYS.get(_Key(event.key()))


def do(desk: "NetworkDesk", action: str) -> None:
    """Do what a key or a menu entry asks for: ``layer-forward``, ``map-open``, ``view-table`` …."""
    match action.split("-"):
        case ["layer", "back"]:
            desk.strip.step(-1)
        case ["layer", "forward"]:
            desk.strip.step(1)
        case ["layer", end]:
            desk.strip.go_to_end(last=end == "last")
        case ["map", "open"]:
            desk.maps.open_map(desk.maps.number)
        case ["map", way]:
            desk.maps.step_map(1 if way == "forward" else -1)
        case ["view", view]:
            desk.pages.set_view(view)
        case ["order", order]:
            desk.maps.sort(order)
        case ["scale"]:
            desk.each.toggle()
        case ["fold"]:
            desk.strip.toggle_block()
        case ["folds"]:
            desk.strip.fold_all(not desk.strip.all_folded)
        case ["leave"]:
            desk.pointing.let_go()
        case ["cancel"]:
            desk.cancel()
        case ["cam" | "gradient" | "guided" | "occlusion" as reason]:
            _ask_why(desk, Reason(reason))
        case ["back", _]:
            _ask_why(desk, UnitReason(action))
        case ["try"]:
            desk.trying.toggle()
        case ["numbers"]:
            desk.cards.toggle_unit()
        case ["shift"]:
            desk.shifting.toggle()
        case ["reset"]:
            desk.trying.reset()
        case ["lab"]:
            desk.lab.send()
        case ["live", "folder"]:
            desk.live.play_folder()
        case ["live", "camera"]:
            desk.live.play_camera()
        case ["live", "toggle"]:
            desk.live.toggle()
        case ["live", "forward"]:
            desk.live.forward()
        case ["live", "back"]:
            desk.live.back()
        case ["live", "stop"]:
            desk.live.stop()
        case ["patches"]:
            desk.gallery.begin()
        case ["excite"]:
            desk.exciting.begin()
        case ["answer"]:
            desk.answers.toggle()
        case ["forget"]:
            desk.own.forget()
        case ["choose"]:
            desk.bar.networks.setFocus()
            desk.bar.networks.showPopup()


def _ask_why(desk: "NetworkDesk", reason: Reason | UnitReason) -> None:
    desk.panel.why.toggle(reason)
    if not desk.panel.isVisible() and desk.panel.why.reason is not None:
        # Elsewhere there would be no photograph in sight.
        desk.maps.open_map(desk.maps.number)
