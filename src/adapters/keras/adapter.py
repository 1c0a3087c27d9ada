"""Keras 3: its own layers answer, on the TensorFlow backend and the CPU, the gradient by a tape.

Run, with a Python that has keras and tensorflow:

    certify -- python3 src/adapters/keras/adapter.py
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
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras
import tensorflow as tf

DTYPES = {"float16": tf.float16, "bfloat16": tf.bfloat16, "float32": tf.float32, "float64": tf.float64}

streams = [keras.random.SeedGenerator() for instance in range(16)]  # shared: layers come and go with their rates


def from_wire(tensor):
    if not tensor.data:  # decode_raw refuses an empty string
        return tf.zeros(tensor.shape, DTYPES[tensor.dtype])
    return tf.reshape(tf.io.decode_raw(bytes(tensor.data), DTYPES[tensor.dtype]), tensor.shape)


def to_wire(tensor):
    return adapter.Tensor(tensor.dtype.name, tuple(tensor.shape), tensor.numpy().tobytes())


def seeded(call):
    if call.seed is not None:
        streams[call.instance].state.assign(keras.random.SeedGenerator(call.seed).state)


def sharing_the_stream(layer, instance):
    """Gives the layer the instance's stream. A layer has a generator of its own, if its rate is above 0."""
    if getattr(layer, "seed_generator", None) is not None:
        layer.seed_generator.state = streams[instance].state
    return layer


def scope(call):
    """Layers made in this scope compute again what their backward pass needs, if the call asks for it."""
    return keras.RematScope(mode="full") if call.recompute else contextlib.nullcontext()


def replied(call, tape, output, sources, buffer=None):
    """`sources` are tensors or variables, by the name of the field for their gradient."""

    def backward(upstream):
        given = {"output_gradients": from_wire(upstream), "unconnected_gradients": "zero"}
        gradients = tape.gradient(output, list(sources.values()), **given)
        return {
            name: to_wire(tf.transpose(each) if name.startswith("grad_weight") else each)
            for name, each in zip(sources, gradients)
        }

    after = None if buffer is None else to_wire(buffer)
    reply = {"output": to_wire(output), "input_after": after, "backward": backward}
    return reply if call.grad_output is None else {**reply, **backward(call.grad_output)}


def answer(call, layer, **options):
    """Each call makes its own layer, since the rate belongs to the layer. The stream goes on from call to call."""
    x = from_wire(call.input)
    seeded(call)
    with adapter.rejections(ValueError), scope(call):  # an invalid rate
        made = sharing_the_stream(layer(call.rate, dtype=call.input.dtype, **options), call.instance)
    with tf.GradientTape() as tape:
        tape.watch(x)
        # AlphaDropout and GaussianDropout accept rate 1, and then divide by 1 - rate in training
        with adapter.rejections(ZeroDivisionError, tf.errors.InvalidArgumentError):
            output = made(x, training=call.training)
    return replied(call, tape, output, {"grad_input": x}, x)


def alpha_dropout(call):
    return answer(call, keras.layers.AlphaDropout, noise_shape=call.noise_shape)


def gaussian_dropout(call):
    return answer(call, keras.layers.GaussianDropout)


@functools.lru_cache(maxsize=256)
def simple_rnn(units, inputs, rate, recurrent_rate, dtype, instance, recompute):
    """A layer for each pair of rates, since rates belong to a layer, and for each thing that it keeps between calls."""
    with adapter.rejections(ValueError, TypeError):  # an invalid rate
        layer = keras.layers.SimpleRNN(
            units,
            return_sequences=True,
            recurrent_initializer="zeros",  # the call brings the weights; the default does not support bfloat16
            dropout=rate,
            recurrent_dropout=recurrent_rate,
            dtype=dtype,
        )
    layer.cell.seed_generator = streams[instance]  # one stream for all layers
    layer.build((None, None, inputs))
    return layer


def rnn(call):
    seeded(call)
    units, inputs = call.bias.shape[0], call.input.shape[2]
    with scope(call):
        layer = simple_rnn(
            units, inputs, call.rate, call.recurrent_rate, call.input.dtype, call.instance, call.recompute
        )
    cell = layer.cell
    cell.kernel.assign(tf.transpose(from_wire(call.weight_input)))
    cell.recurrent_kernel.assign(tf.transpose(from_wire(call.weight_recurrent)))
    cell.bias.assign(from_wire(call.bias))
    x = from_wire(call.input)
    with tf.GradientTape() as tape:
        tape.watch(x)
        with adapter.rejections(ValueError, tf.errors.InvalidArgumentError, where=lambda error: "rate" in str(error)):
            output = tf.transpose(layer(tf.transpose(x, [1, 0, 2]), training=call.training), [1, 0, 2])
    weights = {"grad_weight_input": cell.kernel.value, "grad_weight_recurrent": cell.recurrent_kernel.value}
    return replied(call, tape, output, {"grad_input": x, **weights, "grad_bias": cell.bias.value}, x)


def attention(call):
    seeded(call)
    query, key, value = (from_wire(tensor) for tensor in (call.query, call.key, call.value))
    with adapter.rejections(ValueError, TypeError), scope(call):  # an invalid rate
        layer = keras.layers.Attention(use_scale=True, dropout=call.rate, dtype=call.query.dtype)
    layer.build([query.shape, value.shape, key.shape])
    layer.scale.assign(tf.constant(call.scale, query.dtype))
    sharing_the_stream(layer, call.instance)
    with tf.GradientTape() as tape:
        tape.watch([query, key, value])
        with adapter.rejections(ValueError, tf.errors.InvalidArgumentError, where=lambda error: "rate" in str(error)):
            output = layer([query, value, key], training=call.training)
    return replied(call, tape, output, {"grad_query": query, "grad_key": key, "grad_value": value})


def new(dtype, instance, kind, *arguments):
    if kind == "relu":
        return keras.layers.ReLU(dtype=dtype)
    if kind == "dropout":
        return sharing_the_stream(keras.layers.Dropout(*arguments, dtype=dtype), instance)
    units, inputs = arguments
    dense = keras.layers.Dense(units, kernel_initializer="zeros", dtype=dtype)
    dense.build((None, inputs))
    return dense


@functools.lru_cache(maxsize=1024)
def at(position, *of):
    """A layer of a network. It serves all calls with such a layer there: to make one takes longer than to use it."""
    return new(*of)


def made(position, layer, call):
    (kind, numbers), = layer.items()
    weight = from_wire(numbers["weight"]) if kind == "dense" else None
    arguments = {"relu": lambda: (), "dropout": lambda: (numbers["rate"],), "dense": lambda: tuple(weight.shape)}[kind]()
    of = call.input.dtype, call.instance, kind, *arguments
    result = new(*of) if call.recompute else at(position, *of)  # a layer that recomputes reads its weights again
    if kind == "dense":
        result.set_weights([tf.transpose(weight), from_wire(numbers["bias"])])
    return result


def network(call):
    seeded(call)
    x = given = from_wire(call.input)
    activations = []
    with adapter.rejections(ValueError, TypeError), scope(call):  # an invalid rate
        layers = [made(position, layer, call) for position, layer in enumerate(call.layers)]
    with tf.GradientTape() as tape:
        tape.watch(x)
        with adapter.rejections(ValueError, tf.errors.InvalidArgumentError, where=lambda error: "rate" in str(error)):
            for layer in layers:
                x = layer(x, training=call.training) if isinstance(layer, keras.layers.Dropout) else layer(x)
                activations.append(x)
        entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True, dtype=call.input.dtype)
        loss = entropy(tf.constant(call.target), x)

    def backward(_):
        dense = [layer for layer in layers if isinstance(layer, keras.layers.Dense)]
        sources = [given, *(variable.value for layer in dense for variable in (layer.kernel, layer.bias))]
        dx, *rest = tape.gradient(loss, sources, unconnected_gradients="zero")
        pairs = iter({"weight": to_wire(tf.transpose(dw)), "bias": to_wire(db)} for dw, db in zip(rest[::2], rest[1::2]))
        gradients = [next(pairs) if layer in dense else {} for layer in layers]
        return {"gradients": gradients, "grad_input": to_wire(dx)}

    reply = {"loss": float(loss), "activations": [to_wire(each) for each in activations]}
    reply = {**reply, "input_after": to_wire(given), "backward": backward}
    return {**reply, **backward(None)} if call.gradients else reply


def save_state():
    return json.dumps([stream.state.numpy().tolist() for stream in streams])


def restore_state(text):
    with adapter.rejections(ValueError, TypeError):
        states = json.loads(text)
        if not isinstance(states, list) or [len(state) for state in states] != [2] * len(streams):
            raise ValueError("state must be one that this adapter saved")
        states = [tf.constant(state, streams[0].state.dtype) for state in states]
    for stream, state in zip(streams, states):
        stream.state.assign(state)


BETWEEN = ["backward", "seed", "state", "instances", "retain", "recompute", "tiled_input"]
REJECTING = {"rate_one": "reject"}

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
    capabilities=[*BETWEEN, "input_after"],
    choices={"seed_scope": "instance", "unseeded_stream": "fresh"},
    own={
        "alpha_dropout": {"capabilities": [*BETWEEN, "input_after", "noise_shape"], "choices": REJECTING},
        "gaussian_dropout": {"choices": REJECTING},
        "attention": {"capabilities": BETWEEN},
    },
    states=(save_state, restore_state),
)
os._exit(0)  # every reply was flushed, and a normal exit of TensorFlow can take more than 10 s
