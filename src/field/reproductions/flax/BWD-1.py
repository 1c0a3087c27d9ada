import flax, jax

module = flax.linen.Dropout(1 - 2**-24, deterministic=False)
ones = jax.numpy.ones(4, jax.numpy.float16)
output, backward = jax.vjp(lambda x: module.apply({}, x, rngs={"dropout": jax.random.key(0)}), ones)
(gradient,) = backward(ones)
print(output, gradient)  # all dropped, and a gradient of NaN: 0 times 1/keep, which is infinite in float16
assert jax.numpy.isnan(gradient).all()  # also: spatial_dropout-BWD-1 stochastic_depth-BWD-1
