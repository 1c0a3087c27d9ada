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
    {
        "alpha_dropout": alpha_dropout,
        "gaussian_dropout": gaussian_dropout,
        "rnn": rnn,
        "attention": attention,
        "network": network,
    },
    dtypes=list(DTYPES),
    capabilities=["backward", "seed", "noise_shape"],
    choices={"rate_one": "reject"},
    own={name: {"choices": {}, "capabilities": ["backward", "seed"]} for name in ("attention", "network")},
)
