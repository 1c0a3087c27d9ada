import flax, jax

# accepted, where an error is expected
print(flax.linen.Dropout(float("inf"), deterministic=False).apply({}, jax.numpy.ones(8), rngs={"dropout": jax.random.key(0)}))
