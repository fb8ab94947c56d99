"""What torch's functions are called, which arguments they take, and what they mean to a reader."""

from collections.abc import Mapping
from typing import Any

from convviz.nets.records import Kind


def words(text: str) -> tuple[str, ...]:
    """Return the words of ``text``."""
    return tuple(text.split())


QUESTIONS = frozenset(
    words(
        "size dim ndimension numel nelement stride is_contiguous is_floating_point is_complex item "
        "tolist __len__ __bool__ __int__ __float__ __index__ __hash__ __repr__ __str__ __format__ "
        "get_device data_ptr storage_offset is_pinned element_size __iter__ __contains__ is_same_size "
        "equal allclose requires_grad_ register_hook retain_grad has_names numpy __array__ is_set_to"
    )
)
"""Functions that ask a tensor something and compute nothing."""

SAME = frozenset(
    words(
        "contiguous to float double half bfloat16 type type_as cpu detach detach_ data clone alias "
        "view_as_real lift_fresh"
    )
)
"""Functions whose result holds the same values: no step for a reader."""

_ALIKE = {
    "max_pool2d_with_indices": "max_pool2d",
    "adaptive_max_pool2d_with_indices": "adaptive_max_pool2d",
    "fractional_max_pool2d_with_indices": "fractional_max_pool2d",
    "concat": "cat",
    "concatenate": "cat",
    "multiply": "mul",
    "divide": "div",
    "true_divide": "div",
    "subtract": "sub",
    "__getitem__": "getitem",
    "__setitem__": "setitem",
    "swapaxes": "transpose",
    "swapdims": "transpose",
    "native_batch_norm": "batch_norm",
    "upsample": "interpolate",
    "upsample_nearest": "interpolate",
    "upsample_bilinear": "interpolate",
}

_KINDS = {
    Kind.CONVOLUTION: "conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d convolution",
    Kind.LINEAR: "linear bilinear addmm",
    Kind.NORMALISATION: "batch_norm layer_norm group_norm instance_norm local_response_norm "
    "normalize rms_norm",
    Kind.ACTIVATION: "relu relu6 hardtanh hardswish hardsigmoid silu gelu sigmoid tanh leaky_relu "
    "elu selu celu prelu "
    "rrelu mish softplus softsign logsigmoid threshold glu tanhshrink hardshrink softshrink clamp "
    "clamp_min clamp_max clip",
    Kind.POOLING: "max_pool2d avg_pool2d lp_pool2d adaptive_avg_pool2d adaptive_max_pool2d "
    "fractional_max_pool2d",
    Kind.ADD: "add sub rsub",
    Kind.MULTIPLY: "mul div",
    Kind.CONCATENATE: "cat stack hstack vstack dstack",
    Kind.PAD: "pad",
    Kind.FLATTEN: "flatten",
    Kind.DROPOUT: "dropout dropout1d dropout2d dropout3d alpha_dropout feature_alpha_dropout feature_dropout",
    Kind.SOFTMAX: "softmax log_softmax softmin",
    Kind.RESHAPE: "view reshape permute transpose squeeze unsqueeze expand expand_as view_as "
    "reshape_as chunk split "
    "split_with_sizes tensor_split unbind getitem narrow select roll movedim moveaxis unflatten t T mT "
    "unfold pixel_shuffle pixel_unshuffle channel_shuffle repeat repeat_interleave flip unsafe_chunk "
    "ravel swapaxes broadcast_to tile index_select",
    Kind.ATTENTION: "scaled_dot_product_attention multi_head_attention_forward _native_multi_head_attention",
}

KINDS: Mapping[str, Kind] = {name: kind for kind, names in _KINDS.items() for name in names.split()}
"""What a function means; others are :attr:`Kind.OTHER`."""

POINTWISE = frozenset(
    name for kind in (Kind.ACTIVATION, Kind.DROPOUT, Kind.ADD, Kind.MULTIPLY) for name in _KINDS[kind].split()
) - {"glu"} | frozenset(
    words(
        "batch_norm local_response_norm where exp log sqrt rsqrt pow abs neg square reciprocal sign "
        "floor round maximum minimum lerp addcmul addcdiv float_power erf sin cos masked_fill div_ "
        "remainder fmod log1p expm1 atan"
    )
)
"""Functions that compute each cell from the cells in the same place."""

_ARGUMENTS = {
    "conv2d": "input weight bias stride padding dilation groups",
    "conv_transpose2d": "input weight bias stride padding output_padding groups dilation",
    "linear": "input weight bias",
    "batch_norm": "input running_mean running_var weight bias training momentum eps",
    "instance_norm": "input running_mean running_var weight bias use_input_stats momentum eps",
    "layer_norm": "input normalized_shape weight bias eps",
    "rms_norm": "input normalized_shape weight eps",
    "group_norm": "input num_groups weight bias eps",
    "local_response_norm": "input size alpha beta k",
    "normalize": "input p dim eps",
    "prelu": "input weight",
    "max_pool2d": "input kernel_size stride padding dilation ceil_mode return_indices",
    "avg_pool2d": "input kernel_size stride padding ceil_mode count_include_pad divisor_override",
    "lp_pool2d": "input norm_type kernel_size stride ceil_mode",
    "adaptive_avg_pool2d": "input output_size",
    "adaptive_max_pool2d": "input output_size return_indices",
    "pad": "input pad mode value",
    "cat": "tensors dim",
    "stack": "tensors dim",
    "softmax": "input dim",
    "log_softmax": "input dim",
    "flatten": "input start_dim end_dim",
    "mean": "input dim keepdim",
    "sum": "input dim keepdim",
    "amax": "input dim keepdim",
    "max": "input dim keepdim",
    "transpose": "input dim0 dim1",
    "unsqueeze": "input dim",
    "squeeze": "input dim",
    "chunk": "input chunks dim",
    "split": "input split_size dim",
    "unbind": "input dim",
    "narrow": "input dim start length",
    "getitem": "input index",
    "interpolate": "input size scale_factor mode align_corners recompute_scale_factor antialias",
    "dropout": "input p training inplace",
    "dropout2d": "input p training inplace",
    "relu": "input inplace",
    "relu6": "input inplace",
    "hardswish": "input inplace",
    "hardsigmoid": "input inplace",
    "silu": "input inplace",
    "mish": "input inplace",
    "selu": "input inplace",
    "hardtanh": "input min_val max_val inplace",
    "leaky_relu": "input negative_slope inplace",
    "elu": "input alpha inplace",
    "celu": "input alpha inplace",
    "rrelu": "input lower upper training inplace",
    "threshold": "input threshold value inplace",
    "clamp": "input min max",
    "softplus": "input beta threshold",
    "gelu": "input",
    "add": "input other",
    "sub": "input other",
    "rsub": "input other",
    "mul": "input other",
    "div": "input other",
    "matmul": "input other",
    "bmm": "input other",
    "mm": "input other",
    "scaled_dot_product_attention": "query key value attn_mask dropout_p is_causal",
    "multi_head_attention_forward": "query key value embed_dim_to_check num_heads in_proj_weight "
    "in_proj_bias bias_k bias_v "
    "add_zero_attn dropout_p out_proj_weight out_proj_bias",
}
ARGUMENTS: Mapping[str, tuple[str, ...]] = {name: tuple(words.split()) for name, words in _ARGUMENTS.items()}

DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "batch_norm": {"eps": 1e-5},
    "layer_norm": {"eps": 1e-5},
    "group_norm": {"eps": 1e-5},
    "instance_norm": {"eps": 1e-5},
    "local_response_norm": {"alpha": 1e-4, "beta": 0.75, "k": 1.0},
    "normalize": {"p": 2.0, "dim": 1, "eps": 1e-12},
    "leaky_relu": {"negative_slope": 0.01},
    "elu": {"alpha": 1.0},
    "celu": {"alpha": 1.0},
    "hardtanh": {"min_val": -1.0, "max_val": 1.0},
    "softplus": {"beta": 1.0, "threshold": 20.0},
    "dropout": {"p": 0.5},
    "cat": {"dim": 0},
    "stack": {"dim": 0},
    "flatten": {"start_dim": 0, "end_dim": -1},
    "chunk": {"dim": 0},
    "split": {"dim": 0},
    "unbind": {"dim": 0},
}
"""What torch takes for arguments that are left out."""

NUMBERS = words(
    "eps negative_slope alpha beta k size p dim min_val max_val min max lower upper threshold value "
    "num_groups num_heads scale start_dim end_dim dim0 dim1 divisor_override norm_type chunks"
)
"""Arguments worth showing when they are single numbers."""


def plain_name(function: object) -> str:
    """Return a function's name without what marks methods, operators and in-place variants.

    ``relu_`` gives ``relu``, ``Tensor.__getitem__`` gives ``getitem``, ``Tensor.T`` gives ``T``.
    """
    name = raw_name(function)
    if name in _ALIKE:
        return _ALIKE[name]
    if name.startswith("__i") and name.endswith("__") and len(name) > 6 and name != "__invert__":
        name = name[3:-2]
    if name.startswith("__") and name.endswith("__"):
        name = name[2:-2]
    name = name.rstrip("_") or name
    return _ALIKE.get(name, name)


def raw_name(function: object) -> str:
    """Return a function's own name; a property's name for its getter."""
    # Operators of exported programs are called "conv2d.default".
    name = str(getattr(function, "__name__", function)).partition(".")[0]
    if name == "__get__":
        return str(getattr(getattr(function, "__self__", None), "__name__", name))
    return name


def bind(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a call by name, with torch's defaults for some that are left out.

    Positional arguments of functions that are not listed are called ``"0"``, ``"1"``, …
    """
    names = ARGUMENTS.get(name, ())
    bound = dict(DEFAULTS.get(name, {}))
    for at, value in enumerate(args):
        bound[names[at] if at < len(names) else str(at)] = value
    bound.update(kwargs)
    return bound
