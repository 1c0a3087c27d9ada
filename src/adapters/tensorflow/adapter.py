"""TensorFlow: tf.nn.dropout itself answers, the gradient by a tape, eagerly and on the CPU; it has no evaluation.

Run, with a Python that has tensorflow:

    certify -- python3 src/adapters/tensorflow/adapter.py
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
import dropout_adapter as adapter  # before tensorflow: it reserves standard output for replies

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # else every fault would quote its banner from standard error
import tensorflow as tf

DTYPES = {"float16": tf.float16, "bfloat16": tf.bfloat16, "float32": tf.float32, "float64": tf.float64}


def from_wire(tensor):
    if not tensor.data:  # decode_raw refuses an empty string
        return tf.zeros(tensor.shape, DTYPES[tensor.dtype])
    return tf.reshape(tf.io.decode_raw(bytes(tensor.data), DTYPES[tensor.dtype]), tensor.shape)


def to_wire(tensor):
    return adapter.Tensor(tensor.dtype.name, tuple(tensor.shape), tensor.numpy().tobytes())


def dropout(call):
    x = from_wire(call.input)
    if call.seed is not None:
        tf.random.set_seed(call.seed)
    with tf.GradientTape() as tape, adapter.rejections(ValueError, tf.errors.InvalidArgumentError):
        tape.watch(x)
        output = tf.nn.dropout(x, call.rate, noise_shape=call.noise_shape)
    if call.reply == "kept":
        return {"output": to_wire(output)}

    def backward(upstream):
        gradient = tape.gradient(output, x, output_gradients=from_wire(upstream))
        return {"grad_input": to_wire(gradient)}

    reply = {"output": to_wire(output), "input_after": to_wire(x), "backward": backward}
    return reply if call.grad_output is None else {**reply, **backward(call.grad_output)}


adapter.serve(
    {
        "name": "TensorFlow",
        "version": tf.__version__,
        "language": "Python",
        "homepage": "https://www.tensorflow.org",
        "issues": "https://github.com/tensorflow/tensorflow/issues",
        "notes": "tf.nn.dropout, eagerly, on the CPU",
    },
    {"dropout": dropout},
    dtypes=list(DTYPES),
    capabilities=["backward", "seed", "noise_shape", "tiled_input", "kept_bits", "retain", "input_after"],
    choices={"rate_one": "reject", "modes": "training", "unseeded_stream": "fresh"},
)
