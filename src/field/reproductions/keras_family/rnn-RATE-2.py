import keras, tensorflow as tf

for rate in (-1.0, 2.0, float("nan"), float("inf")):
    layer = keras.layers.SimpleRNN(3, dropout=rate, kernel_initializer="identity")
    # accepted, where an error is expected; also: rnn-RATE-3 rnn-RATE-4 rnn-RATE-5
    print(rate, layer(tf.ones([1, 2, 3]), training=True))
