"""The worked example: inverted dropout in numpy. Run: certify -- python3 src/adapters/numpy/adapter.py"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
import dropout_adapter as adapter  # before the library under test: it keeps standard output for replies
import numpy as np

generators = [np.random.default_rng() for instance in range(16)]


def dropout(call, shape=None):
    """`shape` is that of the mask where it is neither the input's nor the noise shape: axes of extent 1 are shared."""
    if not 0 <= call.rate <= 1:  # NaN too
        raise adapter.Rejected(f"rate ({call.rate}) must be in [0, 1]")
    if call.input.dtype.startswith("int"):
        raise adapter.Rejected(f"input ({call.input.dtype}) must be of a floating type")
    if call.seed is not None:
        generators[call.instance] = np.random.default_rng(call.seed)
    x = call.input.numpy()
    x = x.transpose(call.permutation) if call.permutation else x
    if not call.training:
        same = adapter.Tensor.of(x)
        through = {"backward": lambda upstream: {"grad_input": upstream}}
        return {"output": same, "grad_input": call.grad_output, "input_after": same, **through}
    if shape is None:
        shape = x.shape if call.noise_shape is None else call.noise_shape  # [] is a shape
    generator = generators[call.instance]
    before = generator.bit_generator.state
    keep = call.mask.numpy().reshape(shape) if call.mask else generator.random(shape) >= call.rate
    if call.recompute and not call.mask:  # from the same state, which leaves the generator where it was
        generator.bit_generator.state = before
        keep = generator.random(shape) >= call.rate
    with adapter.rejections(ValueError):  # what does not broadcast to exactly this shape
        np.broadcast_to(keep, x.shape)
    scale = 1 / (1 - call.rate) if call.rate < 1 else 0

    def masked(values):  # in double, then rounded once
        with np.errstate(all="ignore"):
            return np.where(keep, values.astype("d") * scale, 0).astype(values.dtype)

    def backward(upstream):
        return {"grad_input": adapter.Tensor.of(masked(upstream.numpy()))}

    output = masked(x)
    if call.in_place:
        x[...] = output
    reply = {"output": adapter.Tensor.of(output), "mask": adapter.Tensor.of(keep), "input_after": adapter.Tensor.of(x)}
    return {**reply, **(backward(call.grad_output) if call.grad_output else {}), "backward": backward}


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


def save_state():
    return json.dumps([generator.bit_generator.state for generator in generators])


def restore_state(text):
    restored = [np.random.default_rng() for generator in generators]
    with adapter.rejections(ValueError, TypeError, KeyError):
        states = json.loads(text)
        if not isinstance(states, list) or len(states) != len(restored):
            raise ValueError("state must be one that this adapter saved")
        for generator, state in zip(restored, states):
            generator.bit_generator.state = state
    generators[:] = restored


capabilities = ["backward", "seed", "mask_output", "mask_input", "noise_shape", "permuted_input"]
capabilities += ["retain", "state", "instances", "input_after", "in_place", "recompute"]
choices = {"seed_scope": "instance", "unseeded_stream": "fresh", "integer_input": "reject"}
implementation = {"name": "numpy example", "version": np.__version__, "language": "Python"}
operations = {"dropout": dropout, "spatial_dropout": spatial_dropout, "stochastic_depth": stochastic_depth}
dtypes = ["float16", "float32", "float64"]
adapter.serve(implementation, operations, dtypes, capabilities, choices, (save_state, restore_state))
