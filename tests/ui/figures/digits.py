"""Strokes of all ten digits, as somebody might draw them."""

import math

Points = list[list[float]]


def arc(x: float, y: float, across: float, down: float, start: float, end: float) -> Points:
    """Return points of an ellipse around (x, y); 0° is right, 90° is down."""
    steps = 24
    angles = [math.radians(start + (end - start) * n / steps) for n in range(steps + 1)]
    return [[round(x + across * math.cos(a), 4), round(y + down * math.sin(a), 4)] for a in angles]


STROKES: dict[int, list[Points]] = {
    0: [arc(0.5, 0.5, 0.2, 0.32, -90, 270)],
    1: [[[0.42, 0.28], [0.54, 0.16], [0.5, 0.84]]],
    2: [[*arc(0.5, 0.36, 0.2, 0.18, -160, 40), [0.3, 0.82], [0.74, 0.8]]],
    3: [[*arc(0.46, 0.34, 0.2, 0.16, -140, 90), *arc(0.46, 0.66, 0.22, 0.17, -90, 140)]],
    4: [[[0.36, 0.18], [0.28, 0.54], [0.74, 0.52]], [[0.64, 0.2], [0.58, 0.86]]],
    5: [[[0.7, 0.18], [0.38, 0.2], [0.35, 0.46], *arc(0.48, 0.62, 0.2, 0.2, -110, 140)]],
    6: [[[0.62, 0.14], [0.44, 0.32], [0.34, 0.6], *arc(0.5, 0.66, 0.17, 0.17, 180, -180)]],
    7: [[[0.28, 0.2], [0.72, 0.2], [0.48, 0.86]]],
    8: [[*arc(0.5, 0.33, 0.15, 0.16, 90, 450), *arc(0.5, 0.66, 0.18, 0.17, -90, 270)]],
    9: [[*arc(0.5, 0.36, 0.17, 0.18, 0, -360), [0.66, 0.4], [0.6, 0.86]]],
}
