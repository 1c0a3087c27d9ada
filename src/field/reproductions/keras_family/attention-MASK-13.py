import keras, tensorflow as tf

layer = keras.layers.Attention(dropout=2**-12, dtype="float16")
x = tf.ones([1000, 1024, 1], tf.float16)
output, weights = layer([x[:, :1], x], training=True, return_attention_scores=True)
share = float(tf.reduce_mean(tf.cast(weights == 0, tf.float64)))
print(share)  # .00098 in the place of .00024: uniform numbers in float16 are multiples of 1/1024
assert share > 2 * 2**-12
