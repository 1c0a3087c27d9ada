"""PyTorch under torch.compile: dropout as Inductor compiles it, the gradient by autograd, on the CPU.

Run, with a Python that has torch 2.4 or later and a C++ compiler in the path:

    certify -- python3 src/adapters/pytorch_compiled/adapter.py [--budget 0] [--constant-rate]

`--budget` is torch._functorch.config.activation_memory_budget: with 0 everything that the backward pass needs is
computed again, with 1 all of it is kept.

torch.nn.functional.dropout is compiled again for every rate. So the function here is what Inductor makes of it: the
comparison of a draw with the rate, times the input, times the scale, where rate and scale are data. `--constant-rate`
takes torch.nn.functional.dropout itself, for a few calls: `certify --only BWD-1`.
"""

import argparse
import ctypes
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
import dropout_adapter as adapter  # before torch: it reserves standard output for replies
import torch
import torch._dynamo
import torch._functorch.config
import torch._inductor.config

arguments = argparse.ArgumentParser(description="torch.compile behind the wire protocol")
arguments.add_argument("--budget", type=float, default=torch._functorch.config.activation_memory_budget)
arguments.add_argument("--constant-rate", action="store_true")
options = arguments.parse_args()

torch._functorch.config.activation_memory_budget = options.budget
torch._inductor.config.compile_threads = 1  # a pool of compilers would go on for seconds after the end of input
torch._dynamo.config.recompile_limit = 1 << 16  # beyond the limit dynamo runs the function uncompiled
torch._dynamo.config.accumulated_recompile_limit = 1 << 16
torch._dynamo.config.fail_on_recompile_limit_hit = True

DTYPES = {"float32": torch.float32, "float64": torch.float64}


@torch.compile(dynamic=False, fullgraph=True)
def trained(x, rate, scale):
    return (torch.rand_like(x) >= rate) * x * scale


@torch.compile(dynamic=False, fullgraph=True)
def trained_at(x, rate):
    return torch.nn.functional.dropout(x, rate, True)


@torch.compile(dynamic=False, fullgraph=True)
def evaluated(x):
    return torch.nn.functional.dropout(x, 0.5, False)


def from_wire(tensor):
    dtype = DTYPES[tensor.dtype]
    if not tensor.data:  # frombuffer refuses an empty buffer
        return torch.empty(tensor.shape, dtype=dtype)
    return torch.frombuffer(tensor.writable(), dtype=dtype).reshape(tensor.shape)


def to_wire(tensor):
    tensor = tensor.detach().contiguous()
    name = next(name for name, dtype in DTYPES.items() if dtype == tensor.dtype)
    size = tensor.numel() * tensor.element_size()
    return adapter.Tensor(name, tensor.shape, ctypes.string_at(tensor.data_ptr(), size) if size else b"")


def is_about_the_rate(error):
    return "dropout probability has to be between 0 and 1" in str(error)


def require_rate(rate):
    """Runs PyTorch's own check of the rate, on an empty tensor, so that nothing is drawn."""
    with adapter.rejections(ValueError, RuntimeError, where=is_about_the_rate):
        torch.nn.functional.dropout(torch.empty(0), rate, True)


def compiled(x, rate, training):
    if not training:
        return evaluated(x)
    if options.constant_rate:
        return trained_at(x, rate)
    number = {"dtype": x.dtype}
    scale = 1 / (1 - rate) if rate < 1 else 1
    return trained(x, torch.tensor(rate, **number), torch.tensor(scale, **number))


def dropout(call):
    require_rate(call.rate)
    x = from_wire(call.input)
    if call.permutation is not None:
        x = x.permute(call.permutation)
    if call.grad_output is not None:
        x.requires_grad_()
    if call.seed is not None:
        torch.default_generator.manual_seed(call.seed)  # torch.manual_seed takes a millisecond without an accelerator
    output = compiled(x, call.rate, call.training)
    if call.grad_output is None:
        return {"output": to_wire(output)}
    (gradient,) = torch.autograd.grad(output, x, from_wire(call.grad_output))
    return {"output": to_wire(output), "grad_input": to_wire(gradient)}


adapter.serve(
    {
        "name": "PyTorch, compiled",
        "version": str(torch.__version__),
        "language": "Python",
        "homepage": "https://pytorch.org",
        "issues": "https://github.com/pytorch/pytorch/issues",
        "notes": f"torch.compile on the CPU, activation_memory_budget {options.budget:g}, "
        + ("torch.nn.functional.dropout" if options.constant_rate else "the rate as data"),
    },
    {"dropout": dropout},
    dtypes=list(DTYPES),
    capabilities=["backward", "seed", "permuted_input", "few_shapes", "tiled_input"],
    choices={"rate_one": "zeros", "dropped_nonfinite": "nan"},
)
os._exit(0)  # every reply was flushed, and a normal exit with compiled code can take seconds
