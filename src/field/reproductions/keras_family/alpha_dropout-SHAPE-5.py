import keras, tensorflow as tf

output = keras.layers.AlphaDropout(0.5, noise_shape=[4, 3])(tf.ones([1, 3]), training=True)
print(output.shape)  # (4, 3), where an error is expected
assert output.shape == (4, 3)
