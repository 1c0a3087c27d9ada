import tensorflow as tf

drop = tf.function(tf.nn.experimental.stateless_dropout)
print(drop(tf.ones([8]), float("nan"), tf.constant([1, 2])))  # accepted, where an error is expected
