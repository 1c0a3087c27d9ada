import tensorflow as tf

print(tf.nn.dropout(tf.ones([1]), 0.5, noise_shape=[4]).shape)  # (4,): larger than the input
assert tf.nn.dropout(tf.ones([1]), 0.5, noise_shape=[4]).shape == (4,)
