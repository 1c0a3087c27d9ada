"""The worked example: inverted dropout in numpy. Run: certify -- python3 src/adapters/numpy/adapter.py"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
import dropout_adapter as adapter  # before the library under test: it keeps standard output for replies
import numpy as np

generator = np.random.default_rng()


def dropout(call):
    global generator
    if not 0 <= call.rate <= 1:  # NaN too
        raise adapter.Rejected(f"rate ({call.rate}) must be in [0, 1]")
    if call.seed is not None:
        generator = np.random.default_rng(call.seed)
    x = call.input.numpy()
    x = x.transpose(call.permutation) if call.permutation else x
    if not call.training:
        return {"output": adapter.Tensor.of(x), "grad_input": call.grad_output}
    shape = x.shape if call.noise_shape is None else call.noise_shape  # [] is a shape
    keep = call.mask.numpy() if call.mask else generator.random(shape) >= call.rate
    with adapter.rejections(ValueError):  # what does not broadcast to exactly this shape
        np.broadcast_to(keep, x.shape)
    scale = 1 / (1 - call.rate) if call.rate < 1 else 0

    def masked(values):  # in double, then rounded once
        with np.errstate(all="ignore"):
            return adapter.Tensor.of(np.where(keep, values.astype("d") * scale, 0).astype(values.dtype))

    gradient = masked(call.grad_output.numpy()) if call.grad_output else None
    return {"output": masked(x), "grad_input": gradient, "mask": adapter.Tensor.of(keep)}


capabilities = ["backward", "seed", "mask_output", "mask_input", "noise_shape", "permuted_input"]
implementation = {"name": "numpy example", "version": np.__version__, "language": "Python"}
adapter.serve(implementation, {"dropout": dropout}, ["float16", "float32", "float64"], capabilities)
