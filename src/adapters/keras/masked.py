"""Keras 3: Dropout and SpatialDropout1D, 2D and 3D answer themselves, on whichever backend, on the CPU.

Run, with a Python that has keras and the backend:

    KERAS_BACKEND=torch certify -- python3 src/adapters/keras/masked.py

KERAS_BACKEND is tensorflow, torch or jax. OPERATIONS holds the operations by name.
"""

import functools
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
import dropout_adapter as adapter  # before keras: it keeps standard output for replies

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # its banner would be the tail of standard error in every fault
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("JAX_ENABLE_X64", "1")
import keras
import ml_dtypes
import numpy

BACKEND = keras.backend.backend()
SEED_BITS = 31  # of a state whose element is an int32 or a uint32, by the backend

seed = state = None  # of the generator, for all calls: layers come and go with their rates


def from_wire(tensor):
    array = tensor.numpy()
    if tensor.dtype == "bfloat16":
        array = array.view(ml_dtypes.bfloat16)
    return keras.ops.convert_to_tensor(array, dtype=tensor.dtype)


def to_wire(tensor):
    dtype = keras.backend.standardize_dtype(tensor.dtype)
    if BACKEND == "torch" and dtype == "bfloat16":  # torch makes no numpy array of it
        import torch

        return adapter.Tensor.of(tensor.detach().contiguous().view(torch.int16).numpy(), dtype)
    return adapter.Tensor.of(keras.ops.convert_to_numpy(tensor), dtype)


def with_gradient(drop, x, upstream):
    """Output and gradient, as the backend's users get them."""
    if BACKEND == "tensorflow":
        import tensorflow as tf

        with tf.GradientTape() as tape:
            tape.watch(x)
            output = drop(x)
        return output, tape.gradient(output, x, output_gradients=upstream, unconnected_gradients="zero")
    if BACKEND == "torch":
        import torch

        output = drop(x.requires_grad_())
        # at rate 1 its output is not connected to its input, and the backward pass is refused
        with adapter.rejections(RuntimeError, where=lambda error: "does not require grad" in str(error)):
            return output, *torch.autograd.grad(output, x, upstream)
    import jax

    output, backward = jax.vjp(drop, x)
    return output, *backward(upstream)


def answer(call, make, swapped=False):
    """A rate belongs to a layer, so that each call has its own; its generator goes on where the last one was left.
    With `swapped` the layer gets the last two axes in the other order."""
    global seed, state
    if call.seed is not None:
        seed, state = call.seed, None
    with adapter.rejections(ValueError, where=lambda error: "`rate`" in str(error)):
        layer = make(call.rate, seed=seed, dtype=call.input.dtype)
    if call.rate > 0 and state is not None:
        layer.seed_generator.state.assign(state)

    def drop(x):
        if swapped:
            return keras.ops.swapaxes(layer(keras.ops.swapaxes(x, -1, -2), training=call.training), -1, -2)
        return layer(x, training=call.training)

    x = from_wire(call.input)
    if call.grad_output is None:
        reply = {"output": to_wire(drop(x))}
    else:
        output, gradient = with_gradient(drop, x, from_wire(call.grad_output))
        reply = {"output": to_wire(output), "grad_input": to_wire(gradient)}
    if call.rate > 0:
        state = numpy.array(keras.ops.convert_to_numpy(layer.seed_generator.state))
    return reply


def dropout(call):
    return answer(call, functools.partial(keras.layers.Dropout, noise_shape=call.noise_shape))


def spatial_dropout(call):
    rank = len(call.input.shape)
    if rank == 3:  # it knows channels last alone
        return answer(call, keras.layers.SpatialDropout1D, swapped=call.channel_axis == 1)
    if rank not in (4, 5):
        raise adapter.Unsupported(f"spatial dropout of rank {rank}")
    layer = keras.layers.SpatialDropout2D if rank == 4 else keras.layers.SpatialDropout3D
    order = "channels_first" if call.channel_axis == 1 else "channels_last"
    return answer(call, functools.partial(layer, data_format=order))


OPERATIONS = {"dropout": dropout, "spatial_dropout": spatial_dropout}
CAPABILITIES = ["backward", "seed"] + (["few_shapes"] if BACKEND == "jax" else [])  # it compiles for each shape

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
        choices={"seed_bits": SEED_BITS},
    )
