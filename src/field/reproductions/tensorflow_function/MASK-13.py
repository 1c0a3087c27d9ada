import tensorflow as tf

drop = tf.function(tf.nn.experimental.stateless_dropout)
dropped = 10**6 - int(tf.math.count_nonzero(drop(tf.ones([10**6], tf.float16), 2**-12, tf.constant([1, 2]))))
print(dropped)  # about 977 in the place of 244: uniform numbers in float16 are multiples of 1/1024
assert dropped > 2 * 244
