"""Flax: flax.linen.Dropout answers as it is, with whole channels and whole examples by its broadcast_dims; on the CPU.

Run, with a Python that has flax:

    certify -- python3 src/adapters/flax/adapter.py

A key is an argument, so there is no stream. The rate belongs to the module, so jax.jit would compile again for every
rate. This adapter therefore runs eagerly, where JAX compiles each operation for each shape and type; ../jax uses jit.
"""

import os
import secrets
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
import dropout_adapter as adapter  # before flax: it reserves standard output for replies

os.environ.setdefault("JAX_PLATFORMS", "cpu")
import flax
import jax

jax.config.update("jax_enable_x64", True)
SEED_BITS = 53


def answer(call, shared=()):
    """`shared` are the axes along which elements share their mask."""
    seed = secrets.randbits(SEED_BITS) if call.seed is None else call.seed
    module = flax.linen.Dropout(call.rate, broadcast_dims=shared, deterministic=not call.training)

    def drop(x):
        return module.apply({}, x, rngs={"dropout": jax.random.key(seed)})

    x = jax.numpy.asarray(call.input.numpy())
    if call.grad_output is None:
        return {"output": adapter.Tensor.of(drop(x))}
    output, backward = jax.vjp(drop, x)
    (gradient,) = backward(jax.numpy.asarray(call.grad_output.numpy()))
    return {"output": adapter.Tensor.of(output), "grad_input": adapter.Tensor.of(gradient)}


def spatial_dropout(call):
    return answer(call, [axis for axis in range(1, len(call.input.shape)) if axis != call.channel_axis])


def stochastic_depth(call):
    return answer(call, list(range(1, len(call.input.shape))))


adapter.serve(
    {
        "name": "Flax",
        "version": flax.__version__,
        "language": "Python",
        "homepage": "https://flax.readthedocs.io",
        "issues": "https://github.com/google/flax/issues",
        "notes": f"flax.linen.Dropout, eagerly, on JAX {jax.__version__} and the CPU",
    },
    {"dropout": answer, "spatial_dropout": spatial_dropout, "stochastic_depth": stochastic_depth},
    dtypes=["float16", "float32", "float64"],
    capabilities=["backward", "seed", "few_shapes", "tiled_input"],
    choices={"seed_bits": SEED_BITS, "stream": "none"},
)
