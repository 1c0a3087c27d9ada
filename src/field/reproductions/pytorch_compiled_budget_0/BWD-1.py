import torch, torch._functorch.config

torch._functorch.config.activation_memory_budget = 0
drop = torch.compile(lambda x: torch.relu(torch.nn.functional.dropout(torch.relu(x))))
x = torch.ones(4096, requires_grad=True)
output = drop(x)
output.sum().backward()
differing = int(((output != 0) != (x.grad != 0)).sum())
print(differing, "of 4096 gradients have another mask than the output")
assert differing > 1000
