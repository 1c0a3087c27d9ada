import numpy as np, onnx.parser, onnxruntime

model = onnx.parser.parse_model("""<ir_version: 8, opset_import: ["": 13]> g (float[N] x, double r, bool t)
    => (float[N] y, bool[N] m) { y, m = Dropout(x, r, t) }""")
feeds = {"x": np.ones(128, np.float32), "r": np.array(0.5), "t": np.array(True)}
session = onnxruntime.InferenceSession(model.SerializeToString())
onnxruntime.set_seed(0)
masks = [session.run(None, feeds)[1] for _ in range(2)]
print(np.array_equal(*masks))  # True: the seeds 0 and 1 of its generators are one
assert np.array_equal(*masks)
