"""Keras 3: Dropout and SpatialDropout1D, 2D and 3D answer themselves, on any backend, on the CPU.

Run, with a Python that has keras and the backend:

    KERAS_BACKEND=torch certify -- python3 src/adapters/keras/masked.py

KERAS_BACKEND is tensorflow, torch or jax. OPERATIONS holds the operations by name.
"""

import contextlib
import functools
import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
import dropout_adapter as adapter  # before keras: it reserves standard output for replies

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # else every fault would quote its banner from standard error
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("JAX_ENABLE_X64", "1")
import keras
import ml_dtypes
import numpy

BACKEND = keras.backend.backend()
if BACKEND == "tensorflow":
    import tensorflow as tf
elif BACKEND == "torch":
    import torch
else:
    import jax

SEED_BITS = 31  # the state's elements are int32 or uint32, depending on the backend

seeds = [None] * 16  # by instance; on torch, a layer without a seed draws from torch's own generator
generators = [keras.random.SeedGenerator() for seed in seeds]


def from_wire(tensor):
    array = tensor.numpy()
    if tensor.dtype != "bfloat16":
        return keras.ops.convert_to_tensor(array, dtype=tensor.dtype)
    if BACKEND == "torch":  # its convert_to_tensor changes the bits of a NaN
        return torch.from_numpy(array.view(numpy.int16)).view(torch.bfloat16)
    return keras.ops.convert_to_tensor(array.view(ml_dtypes.bfloat16), dtype=tensor.dtype)


def to_wire(tensor):
    dtype = keras.backend.standardize_dtype(tensor.dtype)
    if BACKEND == "torch" and dtype == "bfloat16":  # torch cannot make a numpy array of it
        return adapter.Tensor.of(tensor.detach().contiguous().view(torch.int16).numpy(), dtype)
    return adapter.Tensor.of(tensor.numpy() if BACKEND == "tensorflow" else keras.ops.convert_to_numpy(tensor), dtype)


def differentiated(drop, x):
    """The output, and a function from the upstream gradient to the input's, both as the backend's users get them."""
    if BACKEND == "tensorflow":
        with tf.GradientTape() as tape:
            tape.watch(x)
            output = drop(x)
        return output, lambda dy: tape.gradient(output, x, output_gradients=dy, unconnected_gradients="zero")
    if BACKEND == "torch":
        output = drop(x.requires_grad_())
        return output, lambda dy: torch.autograd.grad(output, x, dy)[0]
    output, backward = jax.vjp(drop, x)
    return output, lambda dy: backward(dy)[0]


def seeded(call):
    if call.seed is not None:
        seeds[call.instance] = call.seed
        generators[call.instance].state.assign(keras.random.SeedGenerator(call.seed).state)


def answer(call, make, swapped=False):
    """Each call makes its own layer, since the rate belongs to the layer. The layers of an instance share the state of
    its generator. With `swapped` the layer sees the last two axes in the other order."""
    seeded(call)
    scope = keras.RematScope(mode="full") if call.recompute else contextlib.nullcontext()
    with adapter.rejections(ValueError, where=lambda error: "`rate`" in str(error)), scope:
        layer = make(call.rate, seed=seeds[call.instance], dtype=call.input.dtype)
    if call.rate > 0:
        layer.seed_generator.state = generators[call.instance].state

    def drop(x):
        if swapped:
            return keras.ops.swapaxes(layer(keras.ops.swapaxes(x, -1, -2), training=call.training), -1, -2)
        return layer(x, training=call.training)

    x = from_wire(call.input)
    if call.grad_output is None and not call.retain:
        return {"output": to_wire(drop(x)), "input_after": to_wire(x)}
    output, gradient = differentiated(drop, x)

    def backward(upstream):
        # on torch the output at rate 1 is not connected to the input, and the backward pass raises an error
        with adapter.rejections(RuntimeError, where=lambda error: "does not require grad" in str(error)):
            return {"grad_input": to_wire(gradient(from_wire(upstream)))}

    reply = {"output": to_wire(output), "input_after": to_wire(x), "backward": backward}
    return reply if call.grad_output is None else {**reply, **backward(call.grad_output)}


def dropout(call):
    return answer(call, functools.partial(keras.layers.Dropout, noise_shape=call.noise_shape))


def spatial_dropout(call):
    rank = len(call.input.shape)
    if rank == 3:  # the layer only supports channels last
        return answer(call, keras.layers.SpatialDropout1D, swapped=call.channel_axis == 1)
    if rank not in (4, 5):
        raise adapter.Unsupported(f"spatial dropout of rank {rank}")
    layer = keras.layers.SpatialDropout2D if rank == 4 else keras.layers.SpatialDropout3D
    order = "channels_first" if call.channel_axis == 1 else "channels_last"
    return answer(call, functools.partial(layer, data_format=order))


def save_state():
    states = [keras.ops.convert_to_numpy(generator.state).tolist() for generator in generators]
    return json.dumps([seeds, states, torch.get_rng_state().tolist() if BACKEND == "torch" else []])


def restore_state(text):
    with adapter.rejections(ValueError, TypeError, OverflowError, RuntimeError):
        saved, states, own = json.loads(text)
        states = numpy.array(states, "uint32")
        if len(saved) != len(seeds) or states.shape != (len(seeds), 2):
            raise ValueError("state must be one that this adapter saved")
        if BACKEND == "torch":
            torch.set_rng_state(torch.tensor(own, dtype=torch.uint8))
    seeds[:] = saved
    for generator, state in zip(generators, states):
        generator.state.assign(state.astype(generator.state.dtype))


OPERATIONS = {"dropout": dropout, "spatial_dropout": spatial_dropout}
CAPABILITIES = ["backward", "seed", "state", "instances", "retain", "input_after", "tiled_input"]
# on JAX, recomputing only works for traced code, and each shape is compiled
CAPABILITIES += ["few_shapes"] if BACKEND == "jax" else ["recompute", "kept_bits"]

if __name__ == "__main__":
    adapter.serve(
        {
            "name": f"Keras on {BACKEND}",
            "version": keras.__version__,
            "language": "Python",
            "homepage": "https://keras.io",
            "issues": "https://github.com/keras-team/keras/issues",
            "notes": f"the layers themselves, eagerly, on {BACKEND} and the CPU",
        },
        OPERATIONS,
        dtypes=["float16", "bfloat16", "float32", "float64"],
        capabilities=CAPABILITIES,
        choices={"seed_bits": SEED_BITS, "seed_scope": "instance", "unseeded_stream": "fresh"},
        states=(save_state, restore_state),
    )
    os._exit(0)  # every reply was flushed, and a normal exit of torch and TensorFlow can take more than 10 s
