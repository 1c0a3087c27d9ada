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


def seeded(call):
    if call.seed is not None:
        stream.state.assign(keras.random.SeedGenerator(call.seed).state)


def sharing_the_stream(layer):
    """A layer has a generator of its own, where its rate is above 0; here its state is that of all calls."""
    if getattr(layer, "seed_generator", None) is not None:
        layer.seed_generator.state = stream.state
    return layer


def attention(call):
    seeded(call)
    query, key, value = (from_wire(tensor) for tensor in (call.query, call.key, call.value))
    with adapter.rejections(ValueError, TypeError):  # what is no rate
        layer = keras.layers.Attention(use_scale=True, dropout=call.rate, dtype=call.query.dtype)
    layer.build([query.shape, value.shape, key.shape])
    layer.scale.assign(tf.constant(call.scale, query.dtype))
    sharing_the_stream(layer)
    with tf.GradientTape() as tape:
        tape.watch([query, key, value])
        with adapter.rejections(ValueError, tf.errors.InvalidArgumentError, where=lambda error: "rate" in str(error)):
            output = layer([query, value, key], training=call.training)
    if call.grad_output is None:
        return {"output": to_wire(output)}
    gradients = tape.gradient(output, [query, key, value], output_gradients=from_wire(call.grad_output))
    names = ("grad_query", "grad_key", "grad_value")
    return {"output": to_wire(output), **{name: to_wire(each) for name, each in zip(names, gradients)}}


def made(layer, dtype):
    if "relu" in layer:
        return keras.layers.ReLU(dtype=dtype)
    if "dropout" in layer:
        dropout = keras.layers.Dropout(layer["dropout"]["rate"], dtype=dtype)
        return sharing_the_stream(dropout)
    weight, bias = from_wire(layer["dense"]["weight"]), from_wire(layer["dense"]["bias"])
    dense = keras.layers.Dense(weight.shape[0], kernel_initializer="zeros", dtype=dtype)
    dense.build((None, weight.shape[1]))
    dense.set_weights([tf.transpose(weight), bias])
    return dense


def network(call):
    seeded(call)
    x = given = from_wire(call.input)
    activations = []
    with adapter.rejections(ValueError, TypeError):  # what is no rate
        layers = [made(layer, call.input.dtype) for layer in call.layers]
    with tf.GradientTape() as tape:
        tape.watch(x)
        with adapter.rejections(ValueError, tf.errors.InvalidArgumentError, where=lambda error: "rate" in str(error)):
            for layer in layers:
                x = layer(x, training=call.training) if isinstance(layer, keras.layers.Dropout) else layer(x)
                activations.append(x)
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, dtype=call.input.dtype)(tf.constant(call.target), x)
    reply = {"loss": float(loss), "activations": [to_wire(each) for each in activations]}
    if call.gradients:
        dense = [layer for layer in layers if isinstance(layer, keras.layers.Dense)]
        sources = [given, *(variable.value for layer in dense for variable in (layer.kernel, layer.bias))]
        reply_gradients = iter(tape.gradient(loss, sources, unconnected_gradients="zero"))
        reply["grad_input"] = to_wire(next(reply_gradients))
        reply["gradients"] = [
            {"weight": to_wire(tf.transpose(next(reply_gradients))), "bias": to_wire(next(reply_gradients))}
            if layer in dense
            else {}
            for layer in layers
        ]
    return reply


adapter.serve(
    {
        "name": "Keras",
        "version": keras.__version__,
        "language": "Python",
        "homepage": "https://keras.io",
        "issues": "https://github.com/keras-team/keras/issues",
        "notes": f"the layers themselves, eagerly, on TensorFlow {tf.__version__} and the CPU",
    },
    {"attention": attention, "network": network},
    dtypes=list(DTYPES),
    capabilities=["backward", "seed"],
)
