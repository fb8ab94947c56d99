import math
import re

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from convviz.core.numbers import format_number, format_percent, format_weight


@pytest.mark.parametrize(
    ("value", "expected"),
    [(math.inf, "∞"), (-math.inf, "−∞"), (math.nan, "NaN"), (1e300, "1e300"), (-1.5e-320, "−1.5e−320")],
)
def test_every_number_has_a_text(value: float, expected: str) -> None:
    assert format_number(value) == expected
    assert format_weight(value) == expected


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (1.0, "100.0 %"),
        (0.39546, "39.5 %"),
        (0.0005, "0.1 %"),
        (0.000412, "0.041 %"),
        (2.0177e-5, "0.002 %"),
        (3.2e-9, "3.2e−7 %"),
        (0.0, "0.0 %"),
        (math.nan, "NaN %"),
    ],
)
def test_a_share_that_is_not_0_is_never_written_as_0_per_cent(share: float, expected: str) -> None:
    assert format_percent(share) == expected


@given(st.floats(), st.integers(0, 9))
@example(1.75e308, 0)
def test_what_is_written_is_the_number(value: float, digits: int) -> None:
    for text in (format_number(value, digits), format_weight(value, max(digits, 1))):
        if not math.isfinite(value):
            assert text in ("∞", "−∞", "NaN")
            continue
        over, _, under = text.replace("−", "-").partition("/")
        read = float(over) / float(under or 1)
        assert (read == 0) == (value == 0)
        # Two digits of a number in scientific notation, or the decimals asked for, or float32's digits.
        assert abs(read - value) <= max(0.051 * abs(value), 0) or abs(read - value) <= 0.5 * 10.0**-digits


@pytest.mark.parametrize(
    ("meant", "expected"),
    [
        (11820.31, "11820.31"),
        (0.1, "0.1"),
        (-65535.25, "−65535.25"),
        (123456.75, "123456.8"),
        (1234567.0, "1234567"),
        (9999999.7, "1e7"),
        (3.14159274, "3.1416"),
    ],
)
def test_the_rounding_of_float32_is_not_written(meant: float, expected: str) -> None:
    assert format_number(float(np.float32(meant))) == expected


@given(st.floats(-1e9, 1e9, width=32))
def test_at_most_seven_digits(value: float) -> None:
    digits = re.sub(r"e.*|[^0-9]", "", format_number(value, 9)).lstrip("0")
    assert len(digits) <= 7


def test_weights_keep_all_that_was_typed() -> None:
    assert format_weight(12345.6789) == "12345.6789"
    assert format_weight(1 / 9) == "1/9"
