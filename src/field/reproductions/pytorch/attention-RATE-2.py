import torch

x = torch.ones(1, 1, 4)  # also: attention-RATE-4
for rate in (-1.0, float("nan"), -float("inf")):
    print(torch.nn.functional.scaled_dot_product_attention(x, x, x, dropout_p=rate))  # taken, where an error is expected
