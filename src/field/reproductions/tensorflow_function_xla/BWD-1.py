import tensorflow as tf

x = tf.ones(4, tf.float16)
with tf.GradientTape() as tape:
    tape.watch(x)
    drop = tf.function(tf.nn.experimental.stateless_dropout, jit_compile=True)
    output = drop(x, 1 - 2**-24, tf.constant([1, 2]))
gradient = tape.gradient(output, x)
print(output, gradient)  # all dropped, and a gradient of NaN: 0 times the scale, which is infinite in float16
assert tf.reduce_all(tf.math.is_nan(gradient))
