"""PyTorch: torch.nn.functional itself answers, the gradient by autograd, on the CPU.

Run, with a Python that has torch 1.13 or later (with numpy, large masks travel as bits):

    certify -- python3 src/adapters/pytorch/adapter.py
"""

import ctypes
import importlib.util
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
import dropout_adapter as adapter  # before torch: it keeps standard output for replies
import torch

DTYPES = {
    "float16": torch.float16,
    "bfloat16": torch.bfloat16,
    "float32": torch.float32,
    "float64": torch.float64,
}


def from_wire(tensor):
    dtype = DTYPES[tensor.dtype]
    if not tensor.data:  # frombuffer takes no empty buffer
        return torch.empty(tensor.shape, dtype=dtype)
    return torch.frombuffer(tensor.writable(), dtype=dtype).reshape(tensor.shape)


def to_wire(tensor):
    tensor = tensor.detach().contiguous()
    name = next(name for name, dtype in DTYPES.items() if dtype == tensor.dtype)
    size = tensor.numel() * tensor.element_size()
    return adapter.Tensor(name, tensor.shape, ctypes.string_at(tensor.data_ptr(), size) if size else b"")


SLICES, MAX_ELEMENTS = adapter.large()
KEPT_BITS = ["kept_bits"] if importlib.util.find_spec("numpy") else []


def has_dropout(dtype):
    try:
        torch.nn.functional.dropout(torch.ones(1, dtype=dtype), 0.5)
    except RuntimeError as error:  # 1.13 has no generator of float16 on the CPU
        print(f"{dtype} is not declared: {error}", file=sys.stderr)
        return False
    return True


def is_about_the_rate(error):
    # the check in Python, `p < 0 or p > 1`, raises ValueError; a NaN passes it and meets the kernel's RuntimeError
    return "dropout probability has to be between 0 and 1" in str(error)


def answer(call, drop):
    x = from_wire(call.input)
    if call.permutation is not None:
        x = x.permute(call.permutation)
    if call.grad_output is not None:
        x.requires_grad_()
    if call.seed is not None:
        torch.manual_seed(call.seed)
    with adapter.rejections(ValueError, RuntimeError, where=is_about_the_rate):
        output = drop(x, call.rate, call.training)
    if call.slices is not None:
        flat = output.reshape(-1)
        return {"slices": [to_wire(flat[start:end]) for start, end in call.slices]}
    if call.grad_output is None:
        return {"output": to_wire(output)}
    (gradient,) = torch.autograd.grad(output, x, from_wire(call.grad_output))
    return {"output": to_wire(output), "grad_input": to_wire(gradient)}


def dropout(call):
    return answer(call, torch.nn.functional.dropout)


SPATIAL = {
    3: torch.nn.functional.dropout1d,
    4: torch.nn.functional.dropout2d,
    5: torch.nn.functional.dropout3d,
}


def spatial_dropout(call):
    def drop(x, rate, training):
        if x.dim() not in SPATIAL:
            raise adapter.Unsupported(f"spatial dropout of rank {x.dim()}")
        if call.channel_axis == 1:
            return SPATIAL[x.dim()](x, rate, training)
        return SPATIAL[x.dim()](x.movedim(-1, 1), rate, training).movedim(1, -1)  # it knows channels first alone

    return answer(call, drop)


def alpha_dropout(call):
    return answer(call, torch.nn.functional.alpha_dropout)


def seeded(call):
    if call.seed is not None:
        torch.manual_seed(call.seed)


def attention(call):
    query, key, value = (from_wire(tensor) for tensor in (call.query, call.key, call.value))
    inputs = [tensor.requires_grad_(call.grad_output is not None) for tensor in (query, key, value)]
    seeded(call)
    with adapter.rejections(ValueError, RuntimeError, where=is_about_the_rate):
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
    # its own initialisation would draw from the generator that dropout draws from
    dense = torch.nn.utils.skip_init(torch.nn.Linear, *reversed(weight.shape), dtype=weight.dtype)
    dense.load_state_dict({"weight": weight, "bias": bias})
    return dense


def network(call):
    x = given = from_wire(call.input).requires_grad_()
    seeded(call)
    activations = []
    with adapter.rejections(ValueError, RuntimeError, where=is_about_the_rate):
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
    capabilities=["backward", "seed", "permuted_input", "tiled_input"] + KEPT_BITS + SLICES,
    choices={"rate_one": "zeros", "dropped_nonfinite": "nan"},
    # scaled_dot_product_attention takes dropout_p and no mode: it has no evaluation of its own
    own={"attention": {"choices": {"modes": "training"}}},
    max_elements=MAX_ELEMENTS,
)
