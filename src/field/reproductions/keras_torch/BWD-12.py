import keras, torch

x = torch.ones(64, requires_grad=True)
with keras.RematScope(mode="full"):
    layer = keras.layers.Dropout(0.5, seed=1)
output = layer(x, training=True)
output.sum().backward()
print(output, x.grad)  # the backward pass recomputes with another mask; also: spatial_dropout-BWD-12
assert not torch.equal(output != 0, x.grad != 0)
