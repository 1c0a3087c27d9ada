import keras, tensorflow as tf

layer = keras.layers.SimpleRNN(4, dropout=0.5, seed=1)
before = layer.cell.seed_generator.state.numpy()
layer(tf.ones([1, 2, 3]), training=False)
print(before, layer.cell.seed_generator.state.numpy())  # [1 0] [1 1]: the evaluation drew
assert (before != layer.cell.seed_generator.state.numpy()).any()
