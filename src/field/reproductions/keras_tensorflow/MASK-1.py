import keras, tensorflow as tf

layer = keras.layers.Dropout(0.01, dtype="bfloat16")
share = float(tf.reduce_mean(tf.cast(layer(tf.ones(10**6, tf.bfloat16), training=True) == 0, tf.float64)))
print(share)  # .0155 in the place of .01: uniform numbers in bfloat16 are multiples of 1/128
assert abs(share - 0.01) > 0.002
