"""What the menus and their entries are called."""

from PySide6.QtCore import QObject


class MenuTexts(QObject):
    """The names of menus and entries in the language in force, by what the entries do."""

    def menus(self) -> dict[str, str]:
        """Return the names of the menus."""
        return {
            "file": self.tr("&File"),
            "recent": self.tr("Open &recent"),
            "samples": self.tr("P&hotographs"),
            "examples": self.tr("Worked &examples"),
            "edit": self.tr("&Edit"),
            "kernel": self.tr("&Kernel"),
            "operation": self.tr("&Operation"),
            "channels": self.tr("&Channels"),
            "display": self.tr("&Display"),
            "shift": self.tr("&Shift the picture"),
            "view": self.tr("&View"),
            "theme": self.tr("&Theme"),
            "language": self.tr("&Language"),
            "step": self.tr("&Step"),
            "network": self.tr("&Network"),
            "training": self.tr("T&raining"),
            "embeddings": self.tr("Embedd&ings"),
            "lessons": self.tr("Co&urse"),
            "help": self.tr("&Help"),
        }

    def entries(self) -> dict[str, str]:
        """Return the names of the entries, but of those that stand for segments of a panel."""
        return self._general() | self._network() | self._training() | self._embeddings()

    def _general(self) -> dict[str, str]:
        return {
            "open": self.tr("&Open…"),
            "paste": self.tr("&Paste picture or matrix"),
            "matrix": self.tr("Type a &matrix…"),
            "background": self.tr("&Background of transparent pictures…"),
            "quit": self.tr("&Quit"),
            "lessons-list": self.tr("&All lessons"),
            "lessons-next": self.tr("&Next step"),
            "lessons-back": self.tr("Step &before"),
            "lessons-restore": self.tr("&Show the step again"),
            "lessons-leave": self.tr("Back to your own &work"),
            "lessons-present": self.tr("Notes for the &lecturer"),
            "lessons-blackout": self.tr("Blac&k screen"),
            "lessons-open": self.tr("&Open a lesson from a file…"),
            "lessons-record": self.tr("&Record what is on screen as a step"),
            "lessons-make": self.tr("&Make a lesson…"),
            "kernel-rotate": self.tr("Turn by &180°"),
            "kernel-transpose": self.tr("&Transpose"),
            "kernel-flip-horizontal": self.tr("Mirror &left to right"),
            "kernel-flip-vertical": self.tr("Mirror top to &bottom"),
            "kernel-normalise": self.tr("&Scale to a sum of 1"),
            "kernel-negate": self.tr("Change every si&gn"),
            "kernel-copy": self.tr("&Copy the kernel"),
            "kernel-paste": self.tr("&Paste a kernel"),
            "filter-add": self.tr("&Add a filter"),
            "filter-remove": self.tr("&Remove the filter"),
            "shift-left": self.tr("&Left"),
            "shift-right": self.tr("&Right"),
            "shift-up": self.tr("&Up"),
            "shift-down": self.tr("&Down"),
            "room-image": self.tr("&Image"),
            "room-convolution": self.tr("&Convolution"),
            "room-network": self.tr("&Network"),
            "room-training": self.tr("Trainin&g"),
            "room-embeddings": self.tr("&Embeddings"),
            "zoom-in": self.tr("&Zoom in"),
            "zoom-out": self.tr("Zoom &out"),
            "fit": self.tr("&Fit"),
            "actual-size": self.tr("&Actual size"),
            "left-panel": self.tr("&Kernel panel"),
            "right-panel": self.tr("&Values panel"),
            "projector": self.tr("&Projector"),
            "full-screen": self.tr("F&ull screen"),
            "theme-light": self.tr("&Light"),
            "theme-dark": self.tr("&Dark"),
            "theme-high-contrast": self.tr("&High contrast"),
            "step-toggle": self.tr("&Play or pause"),
            "step-forward": self.tr("&Forward"),
            "step-back": self.tr("&Back"),
            "step-first": self.tr("F&irst cell"),
            "step-last": self.tr("&Last cell"),
            "step-unpin": self.tr("&Stop"),
            "step-predict": self.tr("P&redict"),
            "keys": self.tr("&Keys"),
            "about": self.tr("&About"),
        }

    def _network(self) -> dict[str, str]:
        return {
            "network-model": self.tr("Open mo&del…"),
            "network-choose": self.tr("&Choose a network"),
            "network-forget": self.tr("Forget this model"),
            "network-cancel": self.tr("S&top waiting"),
            "network-layer-forward": self.tr("Next &layer"),
            "network-layer-back": self.tr("Previous l&ayer"),
            "network-layer-first": self.tr("&Input"),
            "network-layer-last": self.tr("Last la&yer"),
            "network-fold": self.tr("Fold or &unfold the block"),
            "network-folds": self.tr("Fold or unfold all &blocks"),
            "network-map-forward": self.tr("Next &map"),
            "network-map-back": self.tr("&Previous map"),
            "network-map-open": self.tr("Sh&ow the map large"),
            "network-leave": self.tr("Let &go, or back to all maps"),
            "network-view-maps": self.tr("Map&s"),
            "network-view-funnel": self.tr("&Funnel"),
            "network-view-table": self.tr("Table of layers"),
            "network-order-number": self.tr("Sort by &number"),
            "network-order-mean": self.tr("Sort by m&ean"),
            "network-order-maximum": self.tr("Sort by ma&ximum"),
            "network-answer": self.tr("All classes, and why so many per cent"),
            "network-cam": self.tr("Grad-CAM on the photograph"),
            "network-gradient": self.tr("Gradient × input on the photograph"),
            "network-guided": self.tr("Guided backpropagation on the photograph"),
            "network-occlusion": self.tr("Occlusion map on the photograph"),
            "network-back-deconvolution": self.tr("Deconvolution of the map on the photograph"),
            "network-back-guided": self.tr("Guided backpropagation of the map on the photograph"),
            "network-back-gradient": self.tr("Gradient of the map on the photograph"),
            "network-lab": self.tr("Filter to the lab"),
            "network-try": self.tr("Try a kernel here"),
            "network-reset": self.tr("The network's own kernel again"),
            "network-shift": self.tr("Move the picture before the network"),
            "network-numbers": self.tr("The clicked unit in numbers"),
            "network-excite": self.tr("&What excites the map?"),
            "network-live-folder": self.tr("Play a folder before the network…"),
            "network-live-camera": self.tr("Look through the camera"),
            "network-live-toggle": self.tr("Live: play or pause"),
            "network-live-forward": self.tr("Live: next picture"),
            "network-live-back": self.tr("Live: previous picture"),
            "network-live-stop": self.tr("Live: stop"),
            "network-patches": self.tr("Strongest patches of a folder's pictures…"),
            "network-scale": self.tr("Colou&rs for every map"),
        }

    def _training(self) -> dict[str, str]:
        return {
            "training-play": self.tr("&Play or pause"),
            "training-step": self.tr("One &step"),
            "training-epoch": self.tr("One &epoch"),
            "training-reset": self.tr("&Reset"),
            "training-by-hand": self.tr("Weights by &hand"),
            "training-save": self.tr("Save the &network…"),
        }

    def _embeddings(self) -> dict[str, str]:
        return {
            "embeddings-add": self.tr("&Add pictures…"),
            "embeddings-folder": self.tr("Add a &folder…"),
            "embeddings-clear": self.tr("&Clear"),
            "embeddings-cancel": self.tr("S&top waiting"),
            "embeddings-save": self.tr("&Save the vectors…"),
            "embeddings-network": self.tr("Choose a &network"),
            "embeddings-layer": self.tr("Choose a &layer"),
            "embeddings-vectors": self.tr("&Vectors"),
            "embeddings-distances": self.tr("&Distances"),
            "embeddings-map": self.tr("&Map"),
            "embeddings-experiment": self.tr("&Experiment"),
        }
