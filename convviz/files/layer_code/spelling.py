"""How numbers of a layer are spelled in a program."""

from convviz.core.specs import ConvSpec, Operation


def weight_lines(op: ConvSpec) -> list[str]:
    """Return the statements that make ``weights`` (C_out, C_in / groups, kh, kw) and ``bias`` of ``op``."""
    lines = ["weights = np.array([  # C_out × C_in / groups × kh × kw"]
    for one in op.weights:
        lines.append("    [")
        for kernel in one:
            rows = [f"[{', '.join(map(_number, row.tolist()))}]" for row in kernel]
            lines.append("        [" + ",\n         ".join(rows) + "],")
        lines.append("    ],")
    lines.append("], np.float32)")
    if op.operation is Operation.CONVOLUTION:
        lines.append("weights = weights[:, :, ::-1, ::-1].copy()  # convolution: turned by 180 degrees")
    lines.append(f"bias = np.array([{', '.join(map(_number, op.bias))}], np.float32)")
    return lines


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def pair(values: tuple[int, int]) -> str:
    """Return two whole numbers as a tuple."""
    return f"({values[0]}, {values[1]})"
