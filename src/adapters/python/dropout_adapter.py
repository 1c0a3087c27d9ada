"""The loop that Python adapters share: wire protocol 1.1 over standard input and output.

Import this module before the library under test. From then on file descriptor 1 leads to standard error, so that
banners and progress bars reach the log and only replies reach the suite; standard input is kept from the library too.

    import dropout_adapter as adapter

    def dropout(call):
        output = ...                        # call.input, call.rate, call.training, call.seed, ...
        return {"output": adapter.Tensor(call.input.dtype, call.input.shape, output)}

    adapter.serve({"name": "...", "version": "...", "language": "Python"}, {"dropout": dropout}, dtypes=["float32"])

Python 3.8 or later; the standard library only, and numpy where an adapter uses Tensor.numpy() or Tensor.of().
"""

import base64
import contextlib
import json
import math
import os
import sys
import traceback

PROTOCOL = "1.1"
_PLACE = "\0"
WIDTHS = {"float16": 2, "bfloat16": 2, "float32": 4, "float64": 8, "bool": 1, "int32": 4, "int64": 8}

_requests = os.fdopen(os.dup(0), "rb", 1 << 20)
_replies = os.fdopen(os.dup(1), "wb", 1 << 20)
_nothing = os.open(os.devnull, os.O_RDONLY)
os.dup2(_nothing, 0)
os.close(_nothing)
os.dup2(2, 1)
if os.name == "nt":
    import msvcrt

    msvcrt.setmode(_requests.fileno(), os.O_BINARY)
    msvcrt.setmode(_replies.fileno(), os.O_BINARY)


class Rejected(Exception):
    """The implementation rejected the call as invalid."""


class Unsupported(NotImplementedError):
    """The call cannot be expressed in the implementation."""


@contextlib.contextmanager
def rejections(*types, where=lambda error: True):
    """Takes these exceptions for rejections of the call. Put it around the library's call and nothing else: an
    exception of the adapter's own is an internal error, and must not pass for the rejection of a bad argument."""
    try:
        yield
    except types as error:
        if not where(error):
            raise
        raise Rejected(str(error)) from error


class Tensor:
    """dtype and shape as in the protocol; data are bytes, row-major and little-endian."""

    def __init__(self, dtype, shape, data):
        self.dtype = dtype
        self.shape = tuple(shape)
        self.data = data
        expected = math.prod(self.shape) * WIDTHS[dtype]
        if len(data) != expected:
            raise AssertionError(f"data ({len(data)} bytes) must fit {dtype} {self.shape}: {expected} bytes")

    @classmethod
    def decode(cls, json_tensor):
        data = base64.b64decode(json_tensor["data"], validate=True)
        return cls(json_tensor["dtype"], json_tensor["shape"], data)

    def numpy(self):
        """A writable numpy array; bfloat16, which numpy does not have, as its bit patterns in uint16."""
        import numpy

        other = {"bfloat16": "<u2", "bool": "?", "int32": "<i4", "int64": "<i8"}
        name = other.get(self.dtype, "<f" + str(WIDTHS[self.dtype]))
        return numpy.frombuffer(bytearray(self.data), dtype=name).reshape(self.shape)

    @classmethod
    def of(cls, array, dtype=None):
        """From a numpy array. `dtype` is needed for bfloat16 alone, given as bit patterns or as an ml_dtypes array."""
        import numpy

        array = numpy.asarray(array)
        name = dtype or array.dtype.name
        if name not in WIDTHS or array.dtype.itemsize != WIDTHS[name]:
            raise TypeError(f"an array of {array.dtype} is no {name} tensor")
        if array.dtype.byteorder == ">":
            array = array.astype(array.dtype.newbyteorder("<"))
        return cls(name, array.shape, array.tobytes())


class Call:
    """One request. What it does not carry is None; fields of newer versions are attributes like all others."""

    rate = recurrent_rate = training = input = grad_output = seed = noise_shape = mask = permutation = None
    instance = 0
    retain = in_place = recompute = False
    noise = channel_axis = weight = bias = weight_input = weight_recurrent = recurrent_mask = layers = target = None
    query = key = value = scale = masks = gradients = None

    def __init__(self, fields):
        for name, value in fields.items():
            setattr(self, name, _decoded(name, value))


def _decoded(name, value):
    if name in ("rate", "recurrent_rate"):
        return float(value)  # which reads "NaN", "Infinity" and "-Infinity" too
    if isinstance(value, dict):
        if value.keys() >= {"dtype", "shape", "data"}:
            return Tensor.decode(value)
        return {key: _decoded(key, element) for key, element in value.items()}
    if name in ("layers", "masks"):
        return [_decoded(name[:-1], element) for element in value]
    return value


def _line(reply):
    """The reply as a line. json.dumps looks at each character of a string for something to escape, and base64 has
    nothing, so that the data of tensors is put in afterwards."""
    data = []

    def plain(value):
        if isinstance(value, Tensor):
            data.append(base64.b64encode(value.data))
            return {"dtype": value.dtype, "shape": list(value.shape), "data": _PLACE}
        if isinstance(value, dict):
            return {key: plain(element) for key, element in value.items() if element is not None}
        if isinstance(value, (list, tuple)):
            return [plain(element) for element in value]
        if isinstance(value, float) and not math.isfinite(value):
            return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
        return value

    text = json.dumps(plain(reply), allow_nan=False, separators=(",", ":")).encode("ascii")
    first, *rest = text.split(json.dumps(_PLACE).encode("ascii"))
    return b"".join([first, *(b'"%b"%b' % pair for pair in zip(data, rest)), b"\n"])


_retained = {}  # by the id of a retained call, what runs its backward pass


def _between(request, states):
    """What is asked between calls."""
    if request["op"] in ("backward", "release"):
        if request["of"] not in _retained:
            raise Rejected(f"of ({request['of']}) must be a call that is retained")
        backward = _retained.pop(request["of"])
        if request["op"] == "release":
            return {}
        return backward(Tensor.decode(request["grad_output"]) if "grad_output" in request else None)
    save, restore = states
    if request["op"] == "save_state":
        return {"state": save()}
    restore(request["state"])
    return {}


def _answer(request, operations, states):
    def error(kind, message):
        return _line({"id": request["id"], "error": {"type": kind, "message": str(message) or kind}})

    try:
        if request["op"] in ("backward", "release", "save_state", "restore_state"):
            return _line({"id": request["id"], **_between(request, states)})
        if request["op"] not in operations:
            raise Unsupported(f"operation {request['op']}")
        reply = dict(operations[request["op"]](Call(request)))
        backward = reply.pop("backward", None)
        line = _line({"id": request["id"], **reply})
        if request.get("retain"):
            _retained[request["id"]] = backward
        return line
    except Rejected as rejection:
        return error("invalid_argument", rejection)
    except NotImplementedError as unsupported:
        return error("unsupported", unsupported)
    except Exception as failure:
        traceback.print_exc()
        return error("internal", f"{type(failure).__name__}: {failure}")


def serve(implementation, operations, dtypes, capabilities=(), choices=None, states=None, own=None):
    """Answers requests until the end of input.

    `operations` maps the name of each operation to a function that takes a Call and returns the fields of the reply,
    tensors as Tensor; a field that is None is left out. Of what a function raises, Rejected becomes
    `invalid_argument`, NotImplementedError `unsupported`, and everything else `internal` with its traceback on
    standard error.

    Where `retain` is declared, what the function returns for a call with `call.retain` holds `backward` too: a function
    of the upstream gradient that returns the gradients, as fields. Where `state` is declared, `states` is a pair of
    functions: one returns the state as a string, the other restores it and raises Rejected for what is no state.

    `own` maps the name of an operation to what it declares of its own, `dtypes`, `capabilities` or `choices`, in the
    place of what is declared for all.
    """
    own = own or {}
    hello = {
        "id": 0,
        "protocol": PROTOCOL,
        "implementation": implementation,
        "operations": [{"name": name, **own[name]} if name in own else name for name in operations],
        "dtypes": list(dtypes),
        "capabilities": list(capabilities),
        "choices": dict(choices or {}),
    }
    for line in _requests:
        request = json.loads(line)
        reply = _line(hello) if request["op"] == "hello" else _answer(request, operations, states)
        sys.stderr.flush()  # before the reply: whoever reads an error in it looks there for the traceback
        _replies.write(reply)
        _replies.flush()
