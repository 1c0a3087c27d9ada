import tensorflow as tf

share = float(tf.reduce_mean(tf.cast(tf.nn.dropout(tf.ones(10**6, tf.bfloat16), 0.01) == 0, tf.float64)))
print(share)  # .0155 in the place of .01: uniform numbers in bfloat16 are multiples of 1/128
assert abs(share - 0.01) > 0.002
