"""Keras 3: its own layers answer, on the TensorFlow backend and the CPU, the gradient by a tape.

Run, with a Python that has keras and tensorflow:

    certify -- python3 src/adapters/keras/adapter.py
"""

import functools
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


@functools.lru_cache(maxsize=256)
def simple_rnn(units, inputs, rate, recurrent_rate, dtype):
    """A layer of its own for each pair of rates, which belong to a layer, and for what it keeps from call to call."""
    with adapter.rejections(ValueError, TypeError):  # what is no rate
        layer = keras.layers.SimpleRNN(
            units,
            return_sequences=True,
            recurrent_initializer="zeros",  # the weights come with the call; the default knows no bfloat16
            dropout=rate,
            recurrent_dropout=recurrent_rate,
            dtype=dtype,
        )
    layer.cell.seed_generator = stream  # one stream for all layers
    layer.build((None, None, inputs))
    return layer


def rnn(call):
    if call.seed is not None:
        stream.state.assign(keras.random.SeedGenerator(call.seed).state)
    layer = simple_rnn(call.bias.shape[0], call.input.shape[2], call.rate, call.recurrent_rate, call.input.dtype)
    cell = layer.cell
    cell.kernel.assign(tf.transpose(from_wire(call.weight_input)))
    cell.recurrent_kernel.assign(tf.transpose(from_wire(call.weight_recurrent)))
    cell.bias.assign(from_wire(call.bias))
    x = from_wire(call.input)
    with tf.GradientTape() as tape:
        tape.watch(x)
        with adapter.rejections(ValueError, tf.errors.InvalidArgumentError, where=lambda error: "rate" in str(error)):
            output = tf.transpose(layer(tf.transpose(x, [1, 0, 2]), training=call.training), [1, 0, 2])
    if call.grad_output is None:
        return {"output": to_wire(output)}
    sources = [x, cell.kernel.value, cell.recurrent_kernel.value, cell.bias.value]
    dx, dw, du, dbias = tape.gradient(
        output, sources, output_gradients=from_wire(call.grad_output), unconnected_gradients="zero"
    )
    return {
        "output": to_wire(output),
        "grad_input": to_wire(dx),
        "grad_weight_input": to_wire(tf.transpose(dw)),
        "grad_weight_recurrent": to_wire(tf.transpose(du)),
        "grad_bias": to_wire(dbias),
    }


adapter.serve(
    {
        "name": "Keras",
        "version": keras.__version__,
        "language": "Python",
        "homepage": "https://keras.io",
        "issues": "https://github.com/keras-team/keras/issues",
        "notes": f"the layers themselves, eagerly, on TensorFlow {tf.__version__} and the CPU",
    },
    {"rnn": rnn},
    dtypes=list(DTYPES),
    capabilities=["backward", "seed"],
    choices={"rate_one": "reject"},
    own={"rnn": {"choices": {"rate_one": "zeros"}}},
)
