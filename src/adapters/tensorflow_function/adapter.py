"""TensorFlow under tf.function: tf.nn.experimental.stateless_dropout as a graph, the gradient by a tape, on the CPU.

Run, with a Python that has tensorflow:

    certify -- python3 src/adapters/tensorflow_function/adapter.py [--xla]

With --xla it is compiled by XLA. A seed is an argument, so there is no stream, and there is no evaluation. The rate is
data too, so that not every rate needs a new graph. A graph cannot check data; so a rate out of range is passed as a
constant, which TensorFlow checks when it makes the graph.
"""

import os
import secrets
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
import dropout_adapter as adapter  # before tensorflow: it reserves standard output for replies

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # else every fault would quote its banner from standard error
import tensorflow as tf

tf.get_logger().setLevel("ERROR")  # else it warns that each shape makes a new graph, which is intended
XLA = "--xla" in sys.argv[1:]
DTYPES = {"float16": tf.float16, "bfloat16": tf.bfloat16, "float32": tf.float32, "float64": tf.float64}
SEED_BITS = 53


@tf.function(jit_compile=XLA)
def trained(x, rate, seed):
    return tf.nn.experimental.stateless_dropout(x, rate, seed)


@tf.function(jit_compile=XLA)
def trained_backward(x, rate, seed, upstream):
    with tf.GradientTape() as tape:
        tape.watch(x)
        output = tf.nn.experimental.stateless_dropout(x, rate, seed)
    return output, tape.gradient(output, x, output_gradients=upstream)


def from_wire(tensor):
    if not tensor.data:  # decode_raw refuses an empty string
        return tf.zeros(tensor.shape, DTYPES[tensor.dtype])
    return tf.reshape(tf.io.decode_raw(bytes(tensor.data), DTYPES[tensor.dtype]), tensor.shape)


def to_wire(tensor):
    return adapter.Tensor(tensor.dtype.name, tuple(tensor.shape), tensor.numpy().tobytes())


def dropout(call):
    x = from_wire(call.input)
    number = secrets.randbits(SEED_BITS) if call.seed is None else call.seed
    rate = tf.constant(call.rate, x.dtype) if 0 <= call.rate < 1 else call.rate
    seed = tf.constant([number, 0], tf.int64)
    with adapter.rejections(ValueError):
        if call.grad_output is None:
            return {"output": to_wire(trained(x, rate, seed))}
        output, gradient = trained_backward(x, rate, seed, from_wire(call.grad_output))
    return {"output": to_wire(output), "grad_input": to_wire(gradient)}


adapter.serve(
    {
        "name": "TensorFlow, XLA" if XLA else "TensorFlow, tf.function",
        "version": tf.__version__,
        "language": "Python",
        "homepage": "https://www.tensorflow.org",
        "issues": "https://github.com/tensorflow/tensorflow/issues",
        "notes": "tf.nn.experimental.stateless_dropout under tf.function"
        + ("(jit_compile=True)" if XLA else "")
        + " on the CPU, the rate as data",
    },
    {"dropout": dropout},
    dtypes=list(DTYPES),
    capabilities=["backward", "seed", "few_shapes", "tiled_input"],
    choices={"rate_one": "reject", "seed_bits": SEED_BITS, "stream": "none", "modes": "training"},
)
os._exit(0)  # every reply was flushed, and a normal exit of TensorFlow can take more than 10 s
