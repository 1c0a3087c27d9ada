"""The worked example: inverted dropout in numpy. Run: certify -- python3 src/adapters/numpy/adapter.py"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
import dropout_adapter as adapter  # before the library under test: it keeps standard output for replies
import numpy as np

generator = np.random.default_rng()


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
        return {"output": adapter.Tensor.of(x), "grad_input": call.grad_output}
    if shape is None:
        shape = x.shape if call.noise_shape is None else call.noise_shape  # [] is a shape
    keep = call.mask.numpy().reshape(shape) if call.mask else generator.random(shape) >= call.rate
    with adapter.rejections(ValueError):  # what does not broadcast to exactly this shape
        np.broadcast_to(keep, x.shape)
    scale = 1 / (1 - call.rate) if call.rate < 1 else 0

    def masked(values):  # in double, then rounded once
        with np.errstate(all="ignore"):
            return adapter.Tensor.of(np.where(keep, values.astype("d") * scale, 0).astype(values.dtype))

    gradient = masked(call.grad_output.numpy()) if call.grad_output else None
    return {"output": masked(x), "grad_input": gradient, "mask": adapter.Tensor.of(keep)}


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
capabilities += ["tiled_input", "kept_bits"]
implementation = {"name": "numpy example", "version": np.__version__, "language": "Python"}
operations = {"dropout": dropout, "spatial_dropout": spatial_dropout, "stochastic_depth": stochastic_depth}
adapter.serve(implementation, operations, ["float16", "float32", "float64"], capabilities)
