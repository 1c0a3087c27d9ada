"""The worked example: inverted dropout in numpy. Run: certify -- python3 src/adapters/numpy/adapter.py"""

import json
import math
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
import dropout_adapter as adapter  # before the library under test: it reserves standard output for replies
import numpy as np

generators = [np.random.default_rng() for instance in range(16)]
CHUNK = 1 << 24  # elements at once, so that a large tensor in double needs little memory


def check_and_seed(call):
    if not 0 <= call.rate <= 1:  # also refuses NaN
        raise adapter.Rejected(f"rate ({call.rate}) must be in [0, 1]")
    seeded(call)


def seeded(call):
    if call.seed is not None:
        generators[call.instance] = np.random.default_rng(call.seed)


def drawn(call, draw):
    """The result of `draw` on the call's generator. For a backward pass that recomputes, it is drawn a second time from
    the same state, so that the generator ends as after one draw."""
    generator = generators[call.instance]
    before = generator.bit_generator.state if call.recompute else None
    made = draw(generator)
    if call.recompute:
        generator.bit_generator.state = before
        made = draw(generator)
    return made


def replied(call, fields, backward, buffer=None):
    """`backward` maps an upstream gradient to the fields with the gradients; `buffer` is the input's buffer."""
    after = None if buffer is None else adapter.Tensor.of(buffer)
    gradients = backward(call.grad_output) if call.grad_output or call.gradients else {}
    return {**fields, "input_after": after, "backward": backward, **gradients}


def elementwise(call, x, forward, backward, **fields):
    """For an operation that may work in its input's buffer. Both functions map an array to one of its type."""
    output = forward(x)
    if call.in_place:
        x[...] = output
    fields["output"] = adapter.Tensor.of(output)
    return replied(call, fields, lambda upstream: {"grad_input": adapter.Tensor.of(backward(upstream.numpy()))}, x)


def unchanged(values):
    return values


def dropout(call, shape=None):
    """`shape` is the mask's where that is neither the input's nor the noise shape; axes of extent 1 share a mask."""
    if call.input.dtype.startswith("int"):
        raise adapter.Rejected(f"dtype ({call.input.dtype}) must be a floating one")
    check_and_seed(call)
    x = call.input.numpy()
    x = x.transpose(call.permutation) if call.permutation else x
    if not call.training:
        return whole_or_slices(call, x, unchanged)
    if shape is None:
        shape = x.shape if call.noise_shape is None else call.noise_shape  # [] is a shape, too
    keep = call.mask.numpy().reshape(shape) if call.mask else drawn(call, lambda generator: kept(generator, call, shape))
    with adapter.rejections(ValueError):  # a mask that does not broadcast to exactly this shape
        broadcast = np.broadcast_to(keep, x.shape)
    scale = 1 / (1 - call.rate) if call.rate < 1 else 0

    def masked(values):  # in double, then rounded once
        result = values if call.slices else np.empty(values.shape, values.dtype)  # no room for two large ones
        with np.errstate(all="ignore"):
            for part in parts(values.shape):
                result[part] = np.where(broadcast[part], values[part].astype("d") * scale, 0)
        return result

    return whole_or_slices(call, x, masked, keep)


def kept(generator, call, shape):
    keep = np.empty(shape, bool)
    flat = keep.reshape(-1)
    for start in range(0, flat.size, CHUNK):
        part = flat[start : start + CHUNK]
        part[:] = generator.random(part.size) >= call.rate
    return keep


def parts(shape):
    """Indices of the parts to work on: a small tensor as a whole, a large one some rows at a time."""
    if math.prod(shape) <= CHUNK:
        return [...]
    rows = max(1, CHUNK * shape[0] // math.prod(shape))
    return [slice(start, start + rows) for start in range(0, shape[0], rows)]


def whole_or_slices(call, x, masked, mask=None):
    if call.slices is not None:
        flat = masked(x).reshape(-1)
        return {"slices": [adapter.Tensor.of(flat[start:end]) for start, end in call.slices]}
    if call.reply == "kept":
        return {"output": adapter.Tensor.of(masked(x))}
    return elementwise(call, x, masked, masked, mask=None if mask is None else adapter.Tensor.of(mask))


def spatial_dropout(call):
    shape = call.input.shape if call.permutation is None else [call.input.shape[axis] for axis in call.permutation]
    reply = dropout(call, [extent if axis in (0, call.channel_axis) else 1 for axis, extent in enumerate(shape)])
    return with_mask(reply, (shape[0], shape[call.channel_axis]))


def stochastic_depth(call):
    examples = call.input.shape[0]
    return with_mask(dropout(call, [examples] + [1] * (len(call.input.shape) - 1)), (examples,))


def alpha_dropout(call):
    check_and_seed(call)
    x, p, alpha = call.input.numpy(), call.rate, -1.7580993408473766
    if not call.training:
        return elementwise(call, x, unchanged, unchanged)
    shape = x.shape if call.noise_shape is None else call.noise_shape
    keep = call.mask.numpy() if call.mask else drawn(call, lambda generator: generator.random(shape) >= p)
    with adapter.rejections(ValueError):  # a mask that does not broadcast to exactly this shape
        np.broadcast_to(keep, x.shape)
    a = ((1 - p) * (1 + p * alpha**2)) ** -0.5 if p < 1 else 0
    b = -a * p * alpha

    def mapped(values, dropped, shift):  # in double, then rounded once
        with np.errstate(all="ignore"):
            wide = np.where(keep, a * values.astype("d"), dropped) + shift
            return (wide if p < 1 else np.zeros(x.shape)).astype(x.dtype)

    mask = adapter.Tensor.of(keep)
    return elementwise(call, x, lambda v: mapped(v, a * alpha, b), lambda dy: mapped(dy, 0, 0), mask=mask)


def gaussian_dropout(call):
    check_and_seed(call)
    x = call.input.numpy()
    if not call.training:
        return elementwise(call, x, unchanged, unchanged)
    if call.rate == 1:
        noise = np.zeros(x.shape, x.dtype)
    elif call.noise:
        noise = call.noise.numpy()
    else:
        deviation = np.sqrt(call.rate / (1 - call.rate))
        noise = drawn(call, lambda generator: generator.normal(1, deviation, x.shape)).astype(x.dtype)

    def noisy(values):
        with np.errstate(all="ignore"):
            return values * noise

    return elementwise(call, x, noisy, noisy, noise=adapter.Tensor.of(noise))


def with_mask(reply, shape):
    mask = reply.get("mask")
    return reply if mask is None else {**reply, "mask": adapter.Tensor("bool", shape, mask.data)}


def factors(call, rate, given, shape):
    """The mask and the factors that it stands for: 1/(1 - rate) or 0, and 1 in evaluation, which has no mask."""
    if not 0 <= rate <= 1:  # also refuses NaN
        raise adapter.Rejected(f"rate ({rate}) must be in [0, 1]")
    if not call.training:
        return None, np.ones(shape)
    keep = given.numpy() if given else drawn(call, lambda generator: generator.random(shape) >= rate)
    return adapter.Tensor.of(keep), keep * (1 / (1 - rate) if rate < 1 else 0)


def tensors(dtype, arrays):
    return {name: adapter.Tensor.of(array.astype(dtype)) for name, array in arrays.items()}


def dropconnect(call):
    seeded(call)
    buffer = call.input.numpy()
    x, weight, bias = (tensor.numpy().astype("d") for tensor in (call.input, call.weight, call.bias))
    mask, factor = factors(call, call.rate, call.mask, weight.shape)

    def backward(upstream):
        dy = upstream.numpy().astype("d")
        dweight = factor * (dy.T @ x)
        gradients = {"grad_input": dy @ (factor * weight), "grad_weight": dweight, "grad_bias": dy.sum(0)}
        return tensors(buffer.dtype, gradients)

    output = x @ (factor * weight).T + bias
    return replied(call, {"mask": mask, **tensors(buffer.dtype, {"output": output})}, backward, buffer)


def rnn(call):
    seeded(call)
    buffer = call.input.numpy()
    given = (call.input, call.weight_input, call.weight_recurrent, call.bias)
    x, weight, recurrent, bias = (tensor.numpy().astype("d") for tensor in given)
    mask, factor = factors(call, call.rate, call.mask, x.shape[1:])
    recurrent_mask, back = factors(call, call.recurrent_rate, call.recurrent_mask, (x.shape[1], len(bias)))
    h = [np.zeros(back.shape)]
    for step in x:
        h.append(np.tanh(factor * step @ weight.T + back * h[-1] @ recurrent.T + bias))

    def backward(upstream):
        dy = upstream.numpy().astype("d")
        dx, dw, du, returned = np.zeros(x.shape), 0, 0, 0
        dbias = np.zeros(bias.shape)
        for t in reversed(range(len(x))):
            da = (dy[t] + returned) * (1 - h[t + 1] ** 2)
            dx[t] = factor * (da @ weight)
            dw = dw + da.T @ (factor * x[t])
            du = du + da.T @ (back * h[t])
            dbias += da.sum(0)
            returned = back * (da @ recurrent)
        gradients = {"grad_input": dx, "grad_weight_input": dw, "grad_weight_recurrent": du, "grad_bias": dbias}
        return tensors(buffer.dtype, gradients)

    fields = {"mask": mask, "recurrent_mask": recurrent_mask, **tensors(buffer.dtype, {"output": np.stack(h[1:])})}
    return replied(call, fields, backward, buffer)


def softmax(scores):
    exponentials = np.exp(scores - scores.max(-1, keepdims=True))
    return exponentials / exponentials.sum(-1, keepdims=True)


def attention(call):
    seeded(call)
    dtype = call.query.numpy().dtype
    query, key, value = (tensor.numpy().astype("d") for tensor in (call.query, call.key, call.value))
    p = softmax(query @ key.transpose(0, 2, 1) * call.scale)
    mask, factor = factors(call, call.rate, call.mask, p.shape)

    def backward(upstream):
        dy = upstream.numpy().astype("d")
        dp = factor * (dy @ value.transpose(0, 2, 1))
        dz = p * (dp - (p * dp).sum(-1, keepdims=True)) * call.scale
        dvalue = (factor * p).transpose(0, 2, 1) @ dy
        gradients = {"grad_query": dz @ key, "grad_key": dz.transpose(0, 2, 1) @ query, "grad_value": dvalue}
        return tensors(dtype, gradients)

    return replied(call, {"mask": mask, **tensors(dtype, {"output": factor * p @ value})}, backward)


def network(call):
    seeded(call)
    buffer = call.input.numpy()
    x = buffer.astype("d")
    masks, factor, taken, given = [], {}, [], list(call.masks or [])

    def tensor(array):
        return adapter.Tensor.of(array.astype(buffer.dtype))

    for k, layer in enumerate(call.layers):
        taken.append(x)
        if "dense" in layer:
            x = x @ layer["dense"]["weight"].numpy().astype("d").T + layer["dense"]["bias"].numpy()
        elif "relu" in layer:
            x = np.maximum(x, 0)
        else:
            mask, factor[k] = factors(call, layer["dropout"]["rate"], given.pop(0) if given else None, x.shape)
            masks.append(mask)
            x = factor[k] * x
    rows, target = np.arange(len(x)), np.array(call.target)
    p = softmax(x)

    def backward(_):
        dy, gradients = p.copy(), []
        dy[rows, target] -= 1
        dy /= len(dy)
        for k, layer in reversed(list(enumerate(call.layers))):
            if "dense" in layer:
                gradients.append({"weight": tensor(dy.T @ taken[k]), "bias": tensor(dy.sum(0))})
                dy = dy @ layer["dense"]["weight"].numpy()
            else:
                gradients.append({})
                dy = dy * (taken[k] > 0 if "relu" in layer else factor[k])
        return {"gradients": gradients[::-1], "grad_input": tensor(dy)}

    fields = {
        "loss": float(-np.log(p[rows, target]).mean().astype(buffer.dtype)),
        "activations": [tensor(array) for array in [*taken[1:], x]],
        "masks": masks if call.training else None,
    }
    return replied(call, fields, backward, buffer)


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


slices, max_elements = adapter.large()
common = ["backward", "seed", "mask_output", "mask_input", "state", "instances", "retain", "recompute"]
with_input = [*common, "input_after"]
wide = [*with_input, "in_place", "permuted_input", "tiled_input", "kept_bits", *slices]
noise = [*(name for name in with_input if not name.startswith("mask")), "in_place", "noise_output", "noise_input"]
choices = {"seed_scope": "instance", "unseeded_stream": "fresh", "integer_input": "reject"}
implementation = {"name": "numpy example", "version": np.__version__, "language": "Python"}
operations = {
    "dropout": dropout,
    "spatial_dropout": spatial_dropout,
    "stochastic_depth": stochastic_depth,
    "alpha_dropout": alpha_dropout,
    "gaussian_dropout": gaussian_dropout,
    "dropconnect": dropconnect,
    "rnn": rnn,
    "attention": attention,
    "network": network,
}
own = {
    "dropout": {"capabilities": [*wide, "noise_shape"]},
    "spatial_dropout": {"capabilities": wide},
    "stochastic_depth": {"capabilities": [name for name in wide if name != "permuted_input"]},
    "alpha_dropout": {"capabilities": [*with_input, "in_place", "noise_shape"]},
    "gaussian_dropout": {"capabilities": noise},
    **{name: {"capabilities": with_input} for name in ("dropconnect", "rnn", "network")},
}
dtypes = ["float16", "float32", "float64"]
states = (save_state, restore_state)
adapter.serve(implementation, operations, dtypes, common, choices, own, max_elements, states)
