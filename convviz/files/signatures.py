"""Which format a file has, by its first bytes rather than by its name."""

import re
from dataclasses import dataclass

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence

HEAD_LENGTH = 64


@dataclass(frozen=True)
class Format:
    """A format convviz opens.

    Parameters
    ----------
    key : str
        Pillow's name of the format, or ``"PPM"`` and ``"NPY"`` for those read here.
    title : str
        What people call it.
    suffixes : tuple of str
        Usual ends of its file names, in lower case.
    """

    key: str
    title: str
    suffixes: tuple[str, ...]


FORMATS = {
    form.key: form
    for form in (
        Format("PNG", "PNG", (".png", ".apng")),
        Format("JPEG", "JPEG", (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo")),
        Format("WEBP", "WebP", (".webp",)),
        Format("GIF", "GIF", (".gif",)),
        Format("BMP", "BMP", (".bmp", ".dib")),
        Format("TIFF", "TIFF", (".tif", ".tiff")),
        Format("AVIF", "AVIF", (".avif", ".avifs")),
        Format("HEIF", "HEIC", (".heic", ".heif", ".hif", ".heics", ".heifs")),
        Format("PPM", "PPM", (".ppm", ".pgm", ".pbm", ".pnm")),
        Format("NPY", "NPY", (".npy",)),
    )
}

PICTURE_SUFFIXES: tuple[str, ...] = tuple(suffix for form in FORMATS.values() for suffix in form.suffixes)

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (rb"\x89PNG\r\n\x1a\n", "PNG"),
    (rb"\xff\xd8\xff", "JPEG"),
    (rb"GIF8[79]a", "GIF"),
    (rb"RIFF....WEBP", "WEBP"),
    (rb"BM", "BMP"),
    (rb"II[*+]\x00|MM\x00[*+]", "TIFF"),
    (rb"P[1-6][\s#]", "PPM"),
    (rb"\x93NUMPY", "NPY"),
)
_PATTERNS = tuple((re.compile(pattern, re.DOTALL), key) for pattern, key in _SIGNATURES)

# Recognised only to say what they are.
_FOREIGN = (
    (re.compile(rb"%!|\xc5\xd0\xd3\xc6"), "EPS"),
    (re.compile(rb"%PDF-"), "PDF"),
    (re.compile(rb"8BPS"), "Photoshop"),
    (re.compile(rb"\x00\x00\x00\x0cjP  |\xff\x4f\xff\x51"), "JPEG 2000"),
    (re.compile(rb"\x00\x00\x00\x0cJXL |\xff\x0a"), "JPEG XL"),
    (re.compile(rb"\x00\x00[\x01\x02]\x00[^\x00]\x00"), "ICO"),
    (re.compile(rb"v/1\x01"), "OpenEXR"),
    (re.compile(rb"#\?RADIANCE|#\?RGBE"), "Radiance HDR"),
    (re.compile(rb"DDS "), "DDS"),
    (re.compile(rb"qoif"), "QOI"),
    (re.compile(rb"P7\n"), "PAM"),
    (re.compile(rb"P[Ff]\n"), "PFM"),
    (re.compile(rb"PK\x03\x04"), "ZIP"),
    (re.compile(rb"\x1f\x8b"), "GZIP"),
    (re.compile(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?(<!DOCTYPE svg|<svg)", re.DOTALL), "SVG"),
)

_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_AVIF_BRANDS = {b"avif", b"avis"}


def recognise(head: bytes, name: str) -> Format:
    """Return the format of the file that starts with ``head``.

    Parameters
    ----------
    head : bytes
        First :data:`HEAD_LENGTH` bytes, or all there are.
    name : str
        Name to use in the sentence.

    Raises
    ------
    Problem
        If the file is none of :data:`FORMATS`.
    """
    key = _iso_format(head)
    if key:
        return FORMATS[key]
    for pattern, key in _PATTERNS:
        if pattern.match(head):
            return FORMATS[key]
    for pattern, title in _FOREIGN:
        if pattern.match(head):
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "{name} is a {format} file, which convviz does not open. Save it as PNG or JPEG first.",
                ),
                name=name,
                format=title,
            )
    raise Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{name} is not a picture. convviz opens PNG, JPEG, WebP, GIF, BMP, TIFF, AVIF, HEIC, PPM"
            " and NPY files.",
        ),
        name=name,
    )


def _iso_format(head: bytes) -> str:
    """Return ``"AVIF"`` or ``"HEIF"`` for an ISO media file with such a brand, else an empty string."""
    if head[4:8] != b"ftyp":
        return ""
    length = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[8:12]} | {head[at : at + 4] for at in range(16, length - 3, 4)}
    if brands & _AVIF_BRANDS:
        return "AVIF"
    # mif1 and msf1 alone only say "a picture": the decoder finds out whether it knows the coding.
    return "HEIF" if brands & (_HEIF_BRANDS | {b"mif1", b"msf1"}) else ""


def misnamed(form: Format, name: str) -> tuple[Sentence, ...]:
    """Return a note if ``name`` ends as the name of another format would, else nothing."""
    dot = name.rfind(".")
    suffix = name[dot:].lower() if dot > 0 else ""
    if not suffix or suffix in form.suffixes:
        return ()
    return (
        Sentence(
            QT_TRANSLATE_NOOP("Sentence", "The name ends in {suffix}, but the file is a {format} picture."),
            {"suffix": suffix, "format": form.title},
        ),
    )
