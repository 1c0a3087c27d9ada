"""Keras 3: its own layers answer, on the TensorFlow backend and the CPU, the gradient by a tape.

Run, with a Python that has keras and tensorflow:

    certify -- python3 src/adapters/keras/adapter.py
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
import dropout_adapter as adapter  # before keras: it keeps standard output for replies

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # its banner would be the tail of standard error in every fault
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras
import tensorflow as tf

DTYPES = {"float16": tf.float16, "bfloat16": tf.bfloat16, "float32": tf.float32, "float64": tf.float64}

stream = keras.random.SeedGenerator()  # of all calls: layers come and go with their rates


def from_wire(tensor):
    if not tensor.data:  # decode_raw takes no empty string
        return tf.zeros(tensor.shape, DTYPES[tensor.dtype])
    return tf.reshape(tf.io.decode_raw(tensor.data, DTYPES[tensor.dtype]), tensor.shape)


def to_wire(tensor):
    return adapter.Tensor(tensor.dtype.name, tuple(tensor.shape), tensor.numpy().tobytes())


def answer(call, layer, **options):
    """A rate belongs to a layer, so that each call has its own; its generator goes on where the last one was left."""
    x = from_wire(call.input)
    if call.seed is not None:
        stream.state.assign(keras.random.SeedGenerator(call.seed).state)
    with adapter.rejections(ValueError):  # what is no rate
        made = layer(call.rate, dtype=call.input.dtype, **options)
    if call.rate > 0:
        made.seed_generator.state.assign(stream.state)
    with tf.GradientTape() as tape:
        tape.watch(x)
        # AlphaDropout and GaussianDropout take rate 1 and divide by 1 - rate in training
        with adapter.rejections(ZeroDivisionError, tf.errors.InvalidArgumentError):
            output = made(x, training=call.training)
    if call.rate > 0:
        stream.state.assign(made.seed_generator.state)
    if call.grad_output is None:
        return {"output": to_wire(output)}
    gradient = tape.gradient(output, x, output_gradients=from_wire(call.grad_output))
    return {"output": to_wire(output), "grad_input": to_wire(gradient)}


def alpha_dropout(call):
    return answer(call, keras.layers.AlphaDropout, noise_shape=call.noise_shape)


def gaussian_dropout(call):
    return answer(call, keras.layers.GaussianDropout)


adapter.serve(
    {
        "name": "Keras",
        "version": keras.__version__,
        "language": "Python",
        "homepage": "https://keras.io",
        "issues": "https://github.com/keras-team/keras/issues",
        "notes": f"the layers themselves, eagerly, on TensorFlow {tf.__version__} and the CPU",
    },
    {"alpha_dropout": alpha_dropout, "gaussian_dropout": gaussian_dropout},
    dtypes=list(DTYPES),
    capabilities=["backward", "seed", "noise_shape"],
    choices={"rate_one": "reject"},
)
