"""Inverted dropout with nothing but Python's standard library. Run: certify -- python3 src/adapters/plain/adapter.py"""

import platform
import random
import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
import dropout_adapter as adapter

generator = random.Random()


def numbers(tensor):
    return struct.unpack(f"<{len(tensor.data) // adapter.WIDTHS[tensor.dtype]}{code(tensor)}", tensor.data)


def code(tensor):
    return {"float32": "f", "float64": "d", "bool": "?"}[tensor.dtype]


def packed(value, code, largest={"f": 3.4028235677973366e38}):
    # rounding to nearest gives an infinity beyond the largest value, but struct refuses such a double
    if abs(value) >= largest.get(code, float("inf")):
        value = float("inf") if value > 0 else float("-inf")
    return struct.pack("<" + code, value)


def dropout(call):
    if not 0 <= call.rate <= 1:  # also refuses NaN
        raise adapter.Rejected(f"rate ({call.rate}) must be in [0, 1]")
    if call.seed is not None:
        generator.seed(call.seed)
    if not call.training:
        return {"output": call.input, "grad_input": call.grad_output}
    kept = numbers(call.mask) if call.mask else [generator.random() >= call.rate for _ in numbers(call.input)]
    if call.rate == 1:  # nothing is kept, even where a given mask keeps
        kept = [False] * len(kept)

    def masked(tensor):  # in double, rounded once; a dropped element becomes 0, even a NaN
        zero = bytes(adapter.WIDTHS[tensor.dtype])
        elements = zip(numbers(tensor), kept)
        data = b"".join(packed(value / (1 - call.rate), code(tensor)) if keep else zero for value, keep in elements)
        return adapter.Tensor(tensor.dtype, tensor.shape, data)

    return {
        "output": masked(call.input),
        "mask": adapter.Tensor("bool", call.input.shape, bytes(kept)),
        "grad_input": masked(call.grad_output) if call.grad_output else None,
    }


adapter.serve(
    {"name": "plain Python example", "version": platform.python_version(), "language": "Python"},
    {"dropout": dropout},
    dtypes=["float32", "float64"],
    capabilities=["backward", "seed", "mask_output", "mask_input", "tiled_input", "kept_bits"],
)
