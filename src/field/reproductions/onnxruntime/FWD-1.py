import numpy as np, onnx.parser, onnxruntime

model = onnx.parser.parse_model("""<ir_version: 8, opset_import: ["": 13]> g (double[N] x, double r, bool t)
    => (double[N] y, bool[N] m) { y, m = Dropout(x, r, t) }""")
session = onnxruntime.InferenceSession(model.SerializeToString())
rate = float(np.float32(0.2))  # a rate that float32 holds
y, kept = session.run(None, {"x": np.full(99, 3.0), "r": np.array(rate), "t": np.array(True)})
print(set(y[kept]), 3 / (1 - rate))  # 1 - rate is rounded to float32
assert abs(y[kept][0] / (3 / (1 - rate)) - 1) > 1e-9
