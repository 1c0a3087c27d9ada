import keras, tensorflow as tf

x = tf.ones([1, 64])
with keras.RematScope(mode="full"):
    layers = [keras.layers.Dropout(0.5, seed=1), keras.layers.Dense(1, kernel_initializer="ones")]
with tf.GradientTape() as tape:
    tape.watch(x)
    dropped = layers[0](x, training=True)
    output = layers[1](dropped)
assert tf.reduce_any((dropped != 0) != (tape.gradient(output, x) != 0)), "the same mask"
