import jax, keras

layer = keras.layers.Dropout(1 - 2**-24, seed=1, dtype="float16")
ones = jax.numpy.ones(4, jax.numpy.float16)
output, backward = jax.vjp(lambda x: layer(x, training=True), ones)
(gradient,) = backward(ones)
print(output, gradient)  # all dropped, and a gradient of NaN: 0 times 1/keep, which is infinite in float16
assert jax.numpy.isnan(gradient).all()  # also: spatial_dropout-BWD-1
