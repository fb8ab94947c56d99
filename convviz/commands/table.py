"""Lists in columns, for a terminal."""

from collections.abc import Collection, Sequence


def as_table(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> str:
    """Return rows of the same length as lines with aligned columns.

    Parameters
    ----------
    rows : sequence of sequence of str
        The first holds the headings.
    right : collection of int
        Columns that are aligned at their right end, as numbers are.
    """
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = [
        "  ".join(
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join(lines)
