import keras, tensorflow as tf

layer = keras.layers.Dropout(2**-12, dtype="float16")
share = float(tf.reduce_mean(tf.cast(layer(tf.ones(10**6, tf.float16), training=True) == 0, tf.float64)))
print(share)  # .00098 in the place of .00024: uniform numbers in float16 are multiples of 1/1024
assert share > 2 * 2**-12
