"""PyTorch: torch.nn.functional itself answers, the gradient by autograd, on the CPU.

Run, with a Python that has torch 1.13 or later (with numpy, large masks travel as bits):

    certify -- python3 src/adapters/pytorch/adapter.py
"""

import base64
import ctypes
import importlib.util
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
import dropout_adapter as adapter  # before torch: it reserves standard output for replies
import torch
from torch.utils.checkpoint import checkpoint

DTYPES = {
    "float16": torch.float16,
    "bfloat16": torch.bfloat16,
    "float32": torch.float32,
    "float64": torch.float64,
}


INTEGERS = {"int32": torch.int32, "int64": torch.int64}
layers = {}  # by kind and instance


def from_wire(tensor):
    dtype = {**DTYPES, **INTEGERS}[tensor.dtype]
    if not tensor.data:  # frombuffer refuses an empty buffer
        return torch.empty(tensor.shape, dtype=dtype)
    return torch.frombuffer(tensor.writable(), dtype=dtype).reshape(tensor.shape)


def to_wire(tensor):
    tensor = tensor.detach().contiguous()
    name = next(name for name, dtype in {**DTYPES, **INTEGERS}.items() if dtype == tensor.dtype)
    size = tensor.numel() * tensor.element_size()
    return adapter.Tensor(name, tensor.shape, ctypes.string_at(tensor.data_ptr(), size) if size else b"")


SLICES, MAX_ELEMENTS = adapter.large()
BETWEEN = ["state", "instances", "retain", "input_after", "in_place", "recompute"]
KEPT_BITS = ["kept_bits"] if importlib.util.find_spec("numpy") else []
WIDE = ["backward", "seed", "permuted_input", "tiled_input", *KEPT_BITS, *SLICES, *BETWEEN]


def has_dropout(dtype):
    try:
        torch.nn.functional.dropout(torch.ones(1, dtype=dtype), 0.5)
    except RuntimeError as error:  # torch 1.13 cannot draw float16 on the CPU
        print(f"{dtype} is not declared: {error}", file=sys.stderr)
        return False
    return True


def is_about_the_arguments(error):
    # the check in Python, `p < 0 or p > 1`, raises ValueError; a NaN passes that check, and the kernel raises
    # RuntimeError for it, as it does for an integer input
    return any(
        words in str(error)
        for words in ("dropout probability has to be between 0 and 1", "result type Float can't be cast")
    )


def layer(kind, call):
    module = layers.get((kind, call.instance))
    if module is None:
        module = layers[kind, call.instance] = kind()
    if (module.p, module.inplace) != (call.rate, call.in_place):
        module.p, module.inplace = call.rate, call.in_place
    return module if module.training == call.training else module.train(call.training)


def seeded(call):
    """Seeds the generator directly. torch.manual_seed does the same, but without an accelerator each call of it also
    keeps a traceback for every kind that there could be: that takes a millisecond, and memory that is never freed."""
    if call.seed is not None:
        torch.default_generator.manual_seed(call.seed)


def answer(call, forward):
    x = from_wire(call.input)
    if call.permutation is not None:
        x = x.permute(call.permutation)
    differentiated = call.grad_output is not None or call.retain
    if differentiated:
        x.requires_grad_()
    seeded(call)
    buffer = x.clone() if differentiated and call.in_place else x  # autograd forbids writing to a leaf
    with adapter.rejections(ValueError, RuntimeError, where=is_about_the_arguments):
        output = checkpoint(forward, buffer, use_reentrant=False) if call.recompute else forward(buffer)

    if call.slices is not None:
        flat = output.reshape(-1)
        return {"slices": [to_wire(flat[start:end]) for start, end in call.slices]}
    if call.reply == "kept":
        return {"output": to_wire(output)}

    def backward(upstream):
        (gradient,) = torch.autograd.grad(output, x, from_wire(upstream))
        return {"grad_input": to_wire(gradient)}

    reply = {"output": to_wire(output), "input_after": to_wire(buffer), "backward": backward}
    return reply if call.grad_output is None else {**reply, **backward(call.grad_output)}


def dropout(call):
    return answer(call, layer(torch.nn.Dropout, call))


SPATIAL = {3: torch.nn.Dropout1d, 4: torch.nn.Dropout2d, 5: torch.nn.Dropout3d}


def spatial_dropout(call):
    rank = len(call.input.shape)
    if rank not in SPATIAL:
        raise adapter.Unsupported(f"spatial dropout of rank {rank}")
    drop = layer(SPATIAL[rank], call)
    if call.channel_axis == 1:
        return answer(call, drop)
    return answer(call, lambda x: drop(x.movedim(-1, 1)).movedim(1, -1))  # PyTorch only supports channels first


def alpha_dropout(call):
    return answer(call, layer(torch.nn.AlphaDropout, call))


def attention(call):
    query, key, value = (from_wire(tensor) for tensor in (call.query, call.key, call.value))
    inputs = [tensor.requires_grad_(call.grad_output is not None) for tensor in (query, key, value)]
    seeded(call)
    with adapter.rejections(ValueError, RuntimeError, where=is_about_the_arguments):
        output = torch.nn.functional.scaled_dot_product_attention(*inputs, dropout_p=call.rate, scale=call.scale)
    if call.grad_output is None:
        return {"output": to_wire(output)}
    gradients = torch.autograd.grad(output, inputs, from_wire(call.grad_output))
    names = ("grad_query", "grad_key", "grad_value")
    return {"output": to_wire(output), **{name: to_wire(each) for name, each in zip(names, gradients)}}


def module(layer):
    if "relu" in layer:
        return torch.nn.ReLU()
    if "dropout" in layer:
        return torch.nn.Dropout(layer["dropout"]["rate"])
    weight, bias = from_wire(layer["dense"]["weight"]), from_wire(layer["dense"]["bias"])
    # the usual initialisation would draw from the generator that dropout draws from
    dense = torch.nn.utils.skip_init(torch.nn.Linear, *reversed(weight.shape), dtype=weight.dtype)
    dense.load_state_dict({"weight": weight, "bias": bias})
    return dense


def network(call):
    x = given = from_wire(call.input).requires_grad_()
    seeded(call)
    activations = []
    with adapter.rejections(ValueError, RuntimeError, where=is_about_the_arguments):
        modules = torch.nn.Sequential(*map(module, call.layers)).train(call.training)
        for each in modules:
            x = each(x)
            activations.append(x)
    loss = torch.nn.functional.cross_entropy(x, torch.tensor(call.target))
    reply = {"loss": loss.item(), "activations": [to_wire(each) for each in activations]}
    if call.gradients:
        loss.backward()
        reply["gradients"] = [
            {name: to_wire(parameter.grad) for name, parameter in each.named_parameters()} for each in modules
        ]
        reply["grad_input"] = to_wire(given.grad)
    return reply


def save_state():
    return base64.b64encode(bytes(torch.get_rng_state().tolist())).decode("ascii")


def restore_state(text):
    with adapter.rejections(ValueError, RuntimeError):  # invalid base64, or not a state
        torch.set_rng_state(torch.tensor(list(base64.b64decode(text, validate=True)), dtype=torch.uint8))


adapter.serve(
    {
        "name": "PyTorch",
        "version": str(torch.__version__),
        "language": "Python",
        "homepage": "https://pytorch.org",
        "issues": "https://github.com/pytorch/pytorch/issues",
        "notes": f"torch.nn.functional.dropout on the CPU, {torch.get_num_threads()} threads",
    },
    {
        "dropout": dropout,
        "spatial_dropout": spatial_dropout,
        "alpha_dropout": alpha_dropout,
        "attention": attention,
        "network": network,
    },
    dtypes=[name for name, dtype in DTYPES.items() if has_dropout(dtype)],
    capabilities=["backward", "seed", "state", "instances"],
    # all layers draw from one generator, which the system seeds once in each process
    choices={
        "rate_one": "zeros",
        "dropped_nonfinite": "nan",
        "seed_scope": "global",
        "unseeded_stream": "fresh",
        "integer_input": "reject",
    },
    own={
        "dropout": {"capabilities": WIDE},
        "spatial_dropout": {"capabilities": WIDE},
        "alpha_dropout": {"capabilities": ["backward", "seed", *BETWEEN]},
        # scaled_dot_product_attention takes dropout_p but no mode, so it has no evaluation of its own
        "attention": {"choices": {"modes": "training"}},
    },
    max_elements=MAX_ELEMENTS,
    states=(save_state, restore_state),
)
