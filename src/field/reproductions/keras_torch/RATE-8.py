import keras
import torch

x = torch.ones(4, requires_grad=True)
try:
    keras.layers.Dropout(1.0)(x, training=True).sum().backward()
except RuntimeError as error:
    print(error)  # element 0 of tensors does not require grad
else:
    raise SystemExit("the gradient was computed")
