import keras, tensorflow as tf

x = tf.ones(4, tf.float16)
with tf.GradientTape() as tape:
    tape.watch(x)
    output = keras.layers.Dropout(1 - 2**-24, seed=1, dtype="float16")(x, training=True)
gradient = tape.gradient(output, x)
print(output, gradient)  # all dropped, and a gradient of NaN: 0 times the scale, which is infinite in float16
assert tf.reduce_all(tf.math.is_nan(gradient))  # also: spatial_dropout-BWD-1
