import keras, tensorflow as tf

x = tf.ones([1, 1, 64])
with keras.RematScope(mode="full"):
    layer = keras.layers.SimpleRNN(64, activation=None, dropout=0.5, kernel_initializer="identity", seed=1)
with tf.GradientTape() as tape:
    tape.watch(x)
    output = layer(x, training=True)
gradient = tape.gradient(output, x)
assert tf.reduce_any((output[0] != 0) != (gradient[0, 0] != 0)), "the same mask"
