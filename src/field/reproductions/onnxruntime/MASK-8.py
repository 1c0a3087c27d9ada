import numpy as np, onnx.parser, onnxruntime

model = onnx.parser.parse_model("""<ir_version: 8, opset_import: ["": 13]> g (float[N] x, double r, bool t)
    => (float[N] y, bool[N] m) { y, m = Dropout(x, r, t) }""")
session = onnxruntime.InferenceSession(model.SerializeToString())
feeds = {"x": np.ones(8, np.float32), "r": np.array(0.5), "t": np.array(True)}
share = np.mean([session.run(None, feeds)[1] for _ in range(2000)], axis=0)
print(share)  # the first element is kept always or never, the others every other time
assert share[0] in (0, 1)
