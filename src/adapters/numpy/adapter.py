"""The worked example: inverted dropout in numpy. Run: certify -- python3 src/adapters/numpy/adapter.py"""

import math
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
import dropout_adapter as adapter  # before the library under test: it keeps standard output for replies
import numpy as np

generator = np.random.default_rng()
CHUNK = 1 << 24  # elements at once, so that doubles of a large tensor need no memory to speak of


def dropout(call, shape=None):
    """`shape` is that of the mask where it is neither the input's nor the noise shape: axes of extent 1 are shared."""
    global generator
    if not 0 <= call.rate <= 1:  # NaN too
        raise adapter.Rejected(f"rate ({call.rate}) must be in [0, 1]")
    if call.seed is not None:
        generator = np.random.default_rng(call.seed)
    x = call.input.numpy()
    x = x.transpose(call.permutation) if call.permutation else x
    if not call.training:
        return whole_or_slices(call, x, grad_input=call.grad_output)
    if shape is None:
        shape = x.shape if call.noise_shape is None else call.noise_shape  # [] is a shape
    keep = call.mask.numpy().reshape(shape) if call.mask else drawn(shape, call.rate)
    with adapter.rejections(ValueError):  # what does not broadcast to exactly this shape
        kept = np.broadcast_to(keep, x.shape)
    scale = 1 / (1 - call.rate) if call.rate < 1 else 0

    def masked(values):  # in double, then rounded once
        result = np.empty(values.shape, values.dtype)
        with np.errstate(all="ignore"):
            for part in parts(values.shape):
                result[part] = np.where(kept[part], values[part].astype("d") * scale, 0)
        return result

    gradient = adapter.Tensor.of(masked(call.grad_output.numpy())) if call.grad_output else None
    return whole_or_slices(call, masked(x), grad_input=gradient, mask=keep)


def drawn(shape, rate):
    keep = np.empty(shape, bool)
    flat = keep.reshape(-1)
    for start in range(0, flat.size, CHUNK):
        part = flat[start : start + CHUNK]
        part[:] = generator.random(part.size) >= rate
    return keep


def parts(shape):
    """The whole of a small tensor, and of a large one some rows at a time."""
    if math.prod(shape) <= CHUNK:
        return [...]
    rows = max(1, CHUNK * shape[0] // math.prod(shape))
    return [slice(start, start + rows) for start in range(0, shape[0], rows)]


def whole_or_slices(call, output, grad_input=None, mask=None):
    if call.slices:
        flat = output.reshape(-1)
        return {"slices": [adapter.Tensor.of(flat[start:end]) for start, end in call.slices]}
    mask = None if mask is None else adapter.Tensor.of(mask)
    return {"output": adapter.Tensor.of(output), "grad_input": grad_input, "mask": mask}


def spatial_dropout(call):
    shape = call.input.shape if call.permutation is None else [call.input.shape[axis] for axis in call.permutation]
    reply = dropout(call, [extent if axis in (0, call.channel_axis) else 1 for axis, extent in enumerate(shape)])
    return with_mask(reply, (shape[0], shape[call.channel_axis]))


def stochastic_depth(call):
    examples = call.input.shape[0]
    return with_mask(dropout(call, [examples] + [1] * (len(call.input.shape) - 1)), (examples,))


def with_mask(reply, shape):
    mask = reply.get("mask")
    return reply if mask is None else {**reply, "mask": adapter.Tensor("bool", shape, mask.data)}


capabilities = ["backward", "seed", "mask_output", "mask_input", "noise_shape", "permuted_input"]
slices, max_elements = adapter.large()
capabilities += ["tiled_input", "kept_bits"] + slices
implementation = {"name": "numpy example", "version": np.__version__, "language": "Python"}
operations = {"dropout": dropout, "spatial_dropout": spatial_dropout, "stochastic_depth": stochastic_depth}
adapter.serve(implementation, operations, ["float16", "float32", "float64"], capabilities, max_elements=max_elements)
