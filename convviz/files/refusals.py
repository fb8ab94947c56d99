"""What is said when a picture cannot be opened, and the limits that lead to it."""

from convviz.core.text import QT_TRANSLATE_NOOP, Problem

MAX_PIXELS = 200_000_000

# Opening may take two gigabytes at its peak; this leaves room for the decoder's own buffers.
MAX_BYTES = 1_800_000_000


def check_size(name: str, width: int, height: int) -> None:
    """Raise :class:`Problem` if a picture of ``width`` × ``height`` pixels is empty or too large."""
    if width < 1 or height < 1:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "{name} has no pixels: its size is {width} × {height}."),
            name=name,
            width=width,
            height=height,
        )
    if width * height > MAX_PIXELS:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} is {width} × {height}, {megapixels} megapixels; the largest convviz opens is {most}"
                " megapixels. Make it smaller first.",
            ),
            name=name,
            width=width,
            height=height,
            megapixels=-(-width * height // 1_000_000),
            most=MAX_PIXELS // 1_000_000,
        )


def check_memory(name: str, values: int, itemsize: int) -> None:
    """Raise :class:`Problem` if ``values`` numbers of ``itemsize`` bytes take too much memory.

    Bytes stay bytes; everything else becomes float32, and both are in memory at once.
    """
    if values * (itemsize + (1 if itemsize == 1 else 4)) > MAX_BYTES:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} holds {values} million numbers of {bytes} bytes, which take too much memory."
                " Make it smaller, or save it with 8 bits.",
            ),
            name=name,
            values=-(-values // 1_000_000),
            bytes=itemsize,
        )


def too_many_pixels(name: str) -> Problem:
    """Return the refusal of a picture over the limit whose size only its decoder knows."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{name} has more than {most} megapixels, the most that convviz opens. Make it smaller first.",
        ),
        name=name,
        most=MAX_PIXELS // 1_000_000,
    )


def too_large(name: str) -> Problem:
    """Return the refusal of a picture that the memory is too small for."""
    return Problem(
        QT_TRANSLATE_NOOP("Sentence", "{name} is too large for the memory. Make it smaller first."),
        name=name,
    )


def cut_short(name: str, title: str) -> Problem:
    """Return the refusal of a file that ends too early; ``title`` is its format."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{name} is cut short: the end of the {format} file is missing. Copy or download it again.",
        ),
        name=name,
        format=title,
    )


def damaged(name: str, title: str) -> Problem:
    """Return the refusal of a file whose content makes no sense; ``title`` is its format."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{name} is damaged or cut short: it starts as a {format} file but cannot be decoded."
            " Copy or download it again.",
        ),
        name=name,
        format=title,
    )


def unsupported(name: str, title: str) -> Problem:
    """Return the refusal of a rare variant of a format; ``title`` is the format."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{name} cannot be read: it is a rare variant of {format}, or damaged. Save it again, as PNG if"
            " possible.",
        ),
        name=name,
        format=title,
    )


def not_finite(name: str, count: int, index: tuple[int, ...]) -> Problem:
    """Return the refusal of values that are not finite: ``count`` of them, the first at ``index``."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{name} contains values that are not finite numbers (NaN or infinity): {count} in all, the first"
            " at index {index}. Replace them first.",
        ),
        name=name,
        count=count,
        index="[" + ", ".join(map(str, index)) + "]",
    )
