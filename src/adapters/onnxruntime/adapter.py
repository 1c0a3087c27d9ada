"""ONNX Runtime: its CPU kernel of the operator Dropout answers, in training and evaluation.

Run, with a Python that has onnxruntime and onnx:

    certify -- python3 src/adapters/onnxruntime/adapter.py
"""

import functools
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
import dropout_adapter as adapter  # before onnxruntime: it reserves standard output for replies
import numpy as np
import onnxruntime
from onnx import TensorProto, helper

DTYPES = {"float16": TensorProto.FLOAT16, "float32": TensorProto.FLOAT, "float64": TensorProto.DOUBLE}


@functools.lru_cache(maxsize=None)
def session(dtype):
    """A model of one node, whose rate and mode are inputs."""
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        [helper.make_node("Dropout", ["x", "ratio", "training"], ["output", "mask"])],
        "dropout",
        [value("x", DTYPES[dtype], None), value("ratio", TensorProto.DOUBLE, []), value("training", TensorProto.BOOL, [])],
        [value("output", DTYPES[dtype], None), value("mask", TensorProto.BOOL, None)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4  # a rejected rate is a normal answer and needs no message on standard error
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def is_about_the_rate(error):
    return "ratio must be in the range" in str(error)


def dropout(call):
    if call.seed is not None:
        onnxruntime.set_seed(call.seed)
    feeds = {
        "x": call.input.numpy(),
        "ratio": np.asarray(call.rate, np.float64),
        "training": np.asarray(call.training),
    }
    with adapter.rejections(onnxruntime.capi.onnxruntime_pybind11_state.Fail, where=is_about_the_rate):
        output, mask = session(call.input.dtype).run(None, feeds)
    return {"output": adapter.Tensor.of(output), "mask": adapter.Tensor.of(mask)}


adapter.serve(
    {
        "name": "ONNX Runtime",
        "version": onnxruntime.__version__,
        "language": "Python",
        "homepage": "https://onnxruntime.ai",
        "issues": "https://github.com/microsoft/onnxruntime/issues",
        "notes": "operator Dropout, CPUExecutionProvider, ratio in double",
    },
    {"dropout": dropout},
    dtypes=list(DTYPES),
    capabilities=["seed", "mask_output", "tiled_input", "kept_bits"],
    choices={"rate_one": "reject", "dropped_nonfinite": "nan"},
)
