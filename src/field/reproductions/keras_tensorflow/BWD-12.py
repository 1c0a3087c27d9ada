import keras, tensorflow as tf

x = tf.ones(64)
with keras.RematScope(mode="full"):
    layer = keras.layers.Dropout(0.5, seed=1)
with tf.GradientTape() as tape:
    tape.watch(x)
    output = layer(x, training=True)
gradient = tape.gradient(output, x)
assert tf.reduce_any((output != 0) != (gradient != 0)), "the same mask"  # also: spatial_dropout-BWD-12
