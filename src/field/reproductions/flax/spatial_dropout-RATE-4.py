import flax, jax

module = flax.linen.Dropout(float("nan"), broadcast_dims=[1], deterministic=False)  # accepted, where an error is expected
print(module.apply({}, jax.numpy.ones([2, 3, 4]), rngs={"dropout": jax.random.key(0)}))
