import torch

x = torch.ones(8)
y = torch.nn.AlphaDropout(0.5, inplace=True)(x)
print(x, y)  # the input is as it was: the module takes inplace and does not hand it on
assert torch.equal(x, torch.ones(8)) and not torch.equal(x, y)
