import tensorflow as tf

drop = tf.function(tf.nn.experimental.stateless_dropout)
rate = tf.constant(1 - 2**-8, tf.bfloat16)  # bfloat16 holds it
kept = int(tf.math.count_nonzero(drop(tf.ones([10**6], tf.bfloat16), rate, tf.constant([1, 2]))))
print(kept)  # 0 in the place of about 3,906: uniform numbers in bfloat16 are multiples of 1/128
assert kept == 0
