import keras, tensorflow as tf

x = tf.ones([1, 4, 2])
for rate in (-1.0, float("nan")):  # also: attention-RATE-4
    layer = keras.layers.Attention(dropout=rate)
    layer([x, x], training=True)  # accepted, where an error is expected
