import tensorflow as tf

print(tf.nn.dropout(tf.ones(8), float("nan")))  # accepted, where an error is expected
