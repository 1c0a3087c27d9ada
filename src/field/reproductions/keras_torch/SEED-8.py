import keras
import torch

layers = [keras.layers.Dropout(0.5, seed=seed) for seed in (1, 2)]
first, second = ([layer(torch.ones(64), training=True) for _ in range(3)] for layer in layers)
print(torch.equal(first[1], second[0]), torch.equal(first[2], second[1]))  # True True: the masks of seed 2 follow
assert torch.equal(first[1], second[0]) and torch.equal(first[2], second[1])
