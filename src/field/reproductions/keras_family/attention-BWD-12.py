import keras, tensorflow as tf

value = tf.eye(8)[None]  # so that the output is the probabilities
with keras.RematScope(mode="full"):
    layer = keras.layers.Attention(dropout=0.5, seed=1)
with tf.GradientTape() as tape:
    tape.watch(value)
    output = layer([tf.ones([1, 8, 8]), value, tf.ones([1, 8, 8])], training=True)
gradient = tape.gradient(output, value)  # each row is the sum of a column of the probabilities, eight times
assert tf.reduce_any(tf.abs(gradient[0, :, 0] - tf.reduce_sum(output[0], 0)) > 0.01), "the same mask"
