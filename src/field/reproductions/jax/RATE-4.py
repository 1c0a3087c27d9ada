import jax

# accepted, where an error is expected
print(jax.jit(lambda rate: jax.random.bernoulli(jax.random.key(0), 1 - rate, [8]))(float("nan")))
