"""JAX under jax.jit: jax.random.bernoulli and a division, the gradient by jax.vjp, on the CPU.

Run, with a Python that has jax:

    certify -- python3 src/adapters/jax/adapter.py

JAX has no dropout of its own; this is the one that Flax, Equinox and Haiku have. A key is data. A seed makes a key, and
there is no stream: a call without a seed uses a fresh key, like a user who splits one. The rate is data too, so that
it is not compiled again for each. It is checked before the compiled function, as in Haiku, since code inside cannot
raise.
"""

import os
import secrets
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
import dropout_adapter as adapter  # before jax: it reserves standard output for replies

os.environ.setdefault("JAX_PLATFORMS", "cpu")
import jax
import jax.numpy as jnp
import numpy

jax.config.update("jax_enable_x64", True)
SEED_BITS = 53


def dropped(x, key, rate):
    keep = 1 - rate
    kept = jax.random.bernoulli(key, keep, x.shape)
    return jnp.where(kept, x / jnp.where(keep > 0, keep, 1).astype(x.dtype), 0)


@jax.jit
def trained(x, key, rate):
    return dropped(x, key, rate)


@jax.jit
def trained_backward(x, key, rate, upstream):
    output, backward = jax.vjp(lambda x: dropped(x, key, rate), x)
    return output, *backward(upstream)


@jax.jit
def evaluated(x):
    return x


@jax.jit
def evaluated_backward(x, upstream):
    output, backward = jax.vjp(lambda x: x, x)
    return output, *backward(upstream)


def answer(call):
    if not 0 <= call.rate <= 1:  # also refuses NaN
        raise adapter.Rejected(f"rate ({call.rate}) must be in [0, 1]")
    x = call.input.numpy()
    seed = secrets.randbits(SEED_BITS) if call.seed is None else call.seed
    more = () if call.grad_output is None else (call.grad_output.numpy(),)
    if not call.training:
        results = evaluated_backward(x, *more) if more else (evaluated(x),)
    else:
        key, rate = jax.random.key(seed), numpy.float64(call.rate)
        results = trained_backward(x, key, rate, *more) if more else (trained(x, key, rate),)
    names = ("output", "grad_input")
    return {name: adapter.Tensor.of(numpy.asarray(result)) for name, result in zip(names, results)}


adapter.serve(
    {
        "name": "JAX, jitted",
        "version": jax.__version__,
        "language": "Python",
        "homepage": "https://docs.jax.dev",
        "issues": "https://github.com/jax-ml/jax/issues",
        "notes": "jax.random.bernoulli under jax.jit on the CPU",
    },
    {"dropout": answer},
    dtypes=["float32", "float64"],
    capabilities=["backward", "seed", "few_shapes", "tiled_input"],
    choices={"rate_one": "zeros", "dropped_nonfinite": "zero", "seed_bits": SEED_BITS, "stream": "none"},
)
