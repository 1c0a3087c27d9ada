"""The loop that Python adapters share: wire protocol 1.1 over standard input and output.

Import this module before the library under test. From then on file descriptor 1 leads to standard error, so that
banners and progress bars reach the log and only replies reach the suite. The library cannot read standard input either.

    import dropout_adapter as adapter

    def dropout(call):
        output = ...                        # call.input, call.rate, call.training, call.seed, ...
        return {"output": adapter.Tensor(call.input.dtype, call.input.shape, output)}

    adapter.serve({"name": "...", "version": "...", "language": "Python"}, {"dropout": dropout}, dtypes=["float32"])

Python 3.8 or later; the standard library only, and numpy where an adapter uses Tensor.numpy() or Tensor.of().
"""

import base64
import binascii
import contextlib
import json
import math
import os
import sys
import traceback

PROTOCOL = "1.1"
WIDTHS = {"float16": 2, "bfloat16": 2, "float32": 4, "float64": 8, "bool": 1, "int32": 4, "int64": 8}

# Otherwise a library's idle threads would spin on the cores that the suite needs in the meantime.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

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
    """Turns these exceptions into rejections of the call. Put it around the library's call and nothing else: an
    exception of the adapter itself is an internal error and must not look like the rejection of a bad argument."""
    try:
        yield
    except types as error:
        if not where(error):
            raise
        raise Rejected(str(error)) from error


class Tensor:
    """dtype and shape as in the protocol. data are bytes, row-major and little-endian; a tile of them is repeated."""

    def __init__(self, dtype, shape, data, tiled=False):
        self.dtype = dtype
        self.shape = tuple(shape)
        self.data = data
        expected = math.prod(self.shape) * WIDTHS[dtype]
        if tiled:
            self.data = self._repeated(expected)
        if len(self.data) != expected:
            raise AssertionError(f"data ({len(data)} bytes) must fit {dtype} {self.shape}: {expected} bytes")

    def _repeated(self, size):
        filled = min(len(self.data), size)
        whole = bytearray(size)
        whole[:filled] = self.data[:filled]
        view = memoryview(whole)
        while filled < size:  # doubles the filled part each time, without a second copy
            more = min(filled, size - filled)
            view[filled : filled + more] = view[:more]
            filled += more
        return whole

    def writable(self):
        """The data in a buffer that may be written to; call it once."""
        return self.data if isinstance(self.data, bytearray) else bytearray(self.data)

    @classmethod
    def decode(cls, json_tensor):
        dtype, shape = json_tensor["dtype"], json_tensor["shape"]
        tiled = "tile" in json_tensor
        return cls(dtype, shape, base64.b64decode(json_tensor["tile" if tiled else "data"], validate=True), tiled)

    def numpy(self):
        """A writable numpy array; bfloat16, which numpy does not have, as its bit patterns in uint16."""
        import numpy

        other = {"bfloat16": "<u2", "bool": "?", "int32": "<i4", "int64": "<i8"}
        name = other.get(self.dtype, "<f" + str(WIDTHS[self.dtype]))
        return numpy.frombuffer(self.writable(), dtype=name).reshape(self.shape)

    def kept(self):
        """One bit an element, the lowest bit of a byte first, set where the element is not zero."""
        width = WIDTHS[self.dtype]
        try:
            import numpy
        except ImportError:
            magnitude = (1 << 8 * width - 1) - 1  # without the sign: -0 is 0
            patterns = memoryview(self.data).cast({1: "B", 2: "H", 4: "I", 8: "Q"}[width])
            kept = bytearray((len(patterns) + 7) // 8)
            for i, pattern in enumerate(patterns):
                if pattern & magnitude:
                    kept[i >> 3] |= 1 << (i & 7)
            return kept
        patterns = numpy.frombuffer(self.data, dtype="<u" + str(width))  # numpy compares float16 slowly
        return numpy.packbits(patterns << 1 != 0, bitorder="little").tobytes()

    @classmethod
    def of(cls, array, dtype=None):
        """From a numpy array. Only bfloat16 needs `dtype`; its array holds bit patterns or the type of ml_dtypes."""
        import numpy

        array = numpy.asarray(array)
        name = dtype or array.dtype.name
        if name not in WIDTHS or array.dtype.itemsize != WIDTHS[name]:
            raise TypeError(f"an array of {array.dtype} is no {name} tensor")
        if array.dtype.byteorder == ">":
            array = array.astype(array.dtype.newbyteorder("<"))
        return cls(name, array.shape, array.tobytes())


def large():
    """The capabilities and the `max_elements` of an adapter that can answer in slices. There are none unless the
    environment variable DROPOUT_MAX_ELEMENTS tells for how many elements there are memory and time."""
    most = os.environ.get("DROPOUT_MAX_ELEMENTS")
    return (["slices"], int(most)) if most else ([], None)


class Call:
    """One request. A field that it does not carry is None. Fields of newer versions are attributes like all others."""

    rate = recurrent_rate = training = input = grad_output = seed = noise_shape = mask = permutation = None
    reply = slices = noise = channel_axis = weight = bias = weight_input = weight_recurrent = recurrent_mask = None
    layers = target = query = key = value = scale = masks = gradients = None
    instance = 0
    retain = in_place = recompute = False

    def __init__(self, fields):
        for name, value in fields.items():
            setattr(self, name, _decoded(name, value))


def _decoded(name, value):
    if name in ("rate", "recurrent_rate"):
        return float(value)  # also reads "NaN", "Infinity" and "-Infinity"
    if isinstance(value, dict):
        if value.keys() >= {"dtype", "shape"}:
            return Tensor.decode(value)
        return {key: _decoded(key, element) for key, element in value.items()}
    if name in ("layers", "masks"):
        return [_decoded(name[:-1], element) for element in value]
    return value


def _line(reply):
    """The reply as one line, in encoded pieces. Tensors do not go through json.dumps: it checks each character of a
    string for something to escape, and base64 has nothing to escape."""
    pieces = []
    _write(reply, pieces)
    pieces.append(b"\n")
    return pieces


def _write(value, pieces):
    if isinstance(value, Tensor):
        pieces.append(b'{"dtype":"%b","shape":%b,"data":' % (value.dtype.encode(), str(list(value.shape)).encode()))
        _write(value.data, pieces)
        pieces.append(b"}")
    elif isinstance(value, (bytes, bytearray, memoryview)):
        pieces += (b'"', binascii.b2a_base64(value, newline=False), b'"')
    elif isinstance(value, dict):
        separator = b"{"
        for key, element in value.items():
            if element is not None:
                pieces.append(b"%b%b:" % (separator, json.dumps(key).encode()))
                _write(element, pieces)
                separator = b","
        pieces.append(b"{}" if separator == b"{" else b"}")
    elif isinstance(value, (list, tuple)):
        separator = b"["
        for element in value:
            pieces.append(separator)
            _write(element, pieces)
            separator = b","
        pieces.append(b"[]" if separator == b"[" else b"]")
    elif isinstance(value, float) and not math.isfinite(value):
        pieces.append(b'"NaN"' if value != value else b'"Infinity"' if value > 0 else b'"-Infinity"')
    else:
        pieces.append(json.dumps(value).encode("ascii"))


_retained = {}  # the function for the backward pass, by the id of the retained call


def _between(request, states):
    """Answers a request between calls."""
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
        call = Call(request)
        fields = dict(operations[request["op"]](call))
        backward = fields.pop("backward", None)
        line = _line({"id": request["id"], **({"kept": fields["output"].kept()} if call.reply == "kept" else fields)})
        if call.retain:
            _retained[request["id"]] = backward
        return line
    except Rejected as rejection:
        return error("invalid_argument", rejection)
    except NotImplementedError as unsupported:
        return error("unsupported", unsupported)
    except Exception as failure:
        traceback.print_exc()
        return error("internal", f"{type(failure).__name__}: {failure}")


def serve(implementation, operations, dtypes, capabilities=(), choices=None, own=None, max_elements=None, states=None):
    """Answers requests until the end of input.

    `operations` maps the name of each operation to a function that takes a Call and returns the fields of the reply,
    tensors as Tensor; a field that is None is left out. For the capabilities `tiled_input` and `kept_bits` the loop
    does the work, so that an adapter only declares them: tiles come as whole tensors, and kept bits are taken from the
    output. With `slices` the adapter has to cut out the slices itself, from tensors of up to `max_elements`. If a
    function raises Rejected the reply is `invalid_argument`, for NotImplementedError it is `unsupported`, and for
    everything else `internal`, with the traceback on standard error.

    `own` maps the name of an operation to its own declarations, `dtypes`, `capabilities` or `choices`, which replace
    those for all operations.

    Where `retain` is declared and a call has `call.retain`, the function's result also holds `backward`: a function of
    the upstream gradient that returns the gradients as fields. Where `state` is declared, `states` is a pair of
    functions: one returns the state as a string, the other restores it and raises Rejected for an invalid state.
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
    if max_elements is not None:
        hello["max_elements"] = max_elements
    for line in _requests:
        request = json.loads(line)
        reply = _line(hello) if request["op"] == "hello" else _answer(request, operations, states)
        sys.stderr.flush()  # before the reply, whose reader looks there for the traceback
        _replies.writelines(reply)
        _replies.flush()
