"""A well-behaved adapter that declares everything, gives back what it got, and writes down what was said."""

import json
import sys

transcript = open(sys.argv[1], "w") if len(sys.argv) > 1 else None
for line in sys.stdin:
    request = json.loads(line)
    if request["op"] == "hello":
        reply = {
            "id": 0,
            "protocol": "1.1",
            "implementation": {
                "name": "echo",
                "version": "1.2",
                "language": "Python",
                "homepage": "https://example.org",
                "issues": "https://example.org/issues",
                "notes": "gives back what it got",
            },
            "operations": ["dropout", {"name": "rnn", "dtypes": ["float32"], "capabilities": ["backward"]}],
            "dtypes": ["float16", "bfloat16", "float32", "float64"],
            "capabilities": ["backward", "seed", "mask_output", "mask_input", "noise_shape", "permuted_input",
                             "input_after"],
            "choices": {
                "rate_one": "reject",
                "dropped_nonfinite": "nan",
                "scaling": "classic",
                "rate_resolution": 0.25,
                "integer_input": "reject",
                "strided_mask": "logical",
                "seed_scope": "instance",
                "unseeded_stream": "fresh",
            },
        }
    else:
        reply = {"id": request["id"], "output": request["input"], "input_after": request["input"]}
        if request["training"]:
            reply["mask"] = request.get("mask", {"dtype": "bool", "shape": [], "data": "AQ=="})
        if "grad_output" in request:
            reply["grad_input"] = request["grad_output"]
    line = json.dumps(reply)
    print(line, flush=True)
    if transcript:
        transcript.write(json.dumps(request) + "\n" + line + "\n")
        transcript.flush()
