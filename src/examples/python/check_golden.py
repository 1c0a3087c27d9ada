#!/usr/bin/env python3
"""Checks a dropout against the golden vectors: python3 check_golden.py GOLDEN_DIRECTORY

Needs only the standard library. If numpy is there, it does the arithmetic of float16, float32 and float64.
To check your own dropout, replace `dropout`, which is told the choices, and let `HAS` list what yours has.
"""

import json
import pathlib
import re
import struct
import sys
from itertools import combinations, product
from math import prod

try:
    import numpy
except ImportError:
    numpy = None

# ---- The implementation under test: inverted dropout with a given mask, for each declared choice. ----


def dropout(x, mask, rate, training, choices, dtype):
    """x * mask / (1 - rate): the output; with the upstream gradient as x, the gradient."""
    if not 0 <= rate <= 1:
        raise ValueError(f"rate ({rate}) must be in [0, 1]")
    classic = choices["scaling"] == "classic"
    if not training:
        return [scaled(v, 1 - rate, dtype) for v in x] if classic else x
    if rate == 1 and choices["rate_one"] == "reject":
        raise ValueError("rate (1) must be below 1")
    scale = 1.0 if classic or rate == 1 else 1 / (1 - rate)
    return [drop(v, choices, dtype) if not m else scaled(v, scale, dtype) for v, m in zip(x, mask)]


def drop(word, choices, dtype):
    finite = word & ~sign(dtype) & mask_of(dtype) < infinity(dtype)
    return 0 if finite or choices["dropped_nonfinite"] == "zero" else infinity(dtype) + 1


def scaled(word, scale, dtype):
    if scale == 1:
        return word
    if numpy is not None and dtype in ("float16", "float32", "float64"):
        with numpy.errstate(all="ignore"):
            floating = getattr(numpy, dtype)
            x = numpy.array([word], dtype=f"uint{8 * BYTES[dtype]}").view(floating).astype(numpy.float64)
            return int((x * scale).astype(floating).view(f"uint{8 * BYTES[dtype]}")[0])
    return encode(decode(word, dtype) * scale, dtype)


# ---- Words and numbers. ----

BYTES = {"float16": 2, "bfloat16": 2, "float32": 4, "float64": 8}
FRACTION = {"float16": 10, "bfloat16": 7, "float32": 23, "float64": 52}
CODES = {"float16": "eH", "float32": "fI", "float64": "dQ"}


def sign(dtype):
    return 1 << 8 * BYTES[dtype] - 1


def mask_of(dtype):
    return 2 * sign(dtype) - 1


def infinity(dtype):
    return sign(dtype) - (1 << FRACTION[dtype])


def is_nan(word, dtype):
    return word & ~sign(dtype) > infinity(dtype)


def decode(word, dtype):
    if dtype == "bfloat16":
        word, dtype = word << 16, "float32"
    floating, integer = CODES[dtype]
    return struct.unpack("<" + floating, struct.pack("<" + integer, word))[0]


def encode(value, dtype):
    if dtype == "bfloat16":  # to nearest, ties to even, on the upper half of float32
        if value != value:
            return infinity(dtype) + 1
        wide = encode(value, "float32")
        return wide + 0x7FFF + (wide >> 16 & 1) >> 16
    floating, integer = CODES[dtype]
    try:
        return struct.unpack("<" + integer, struct.pack("<" + floating, value))[0]
    except OverflowError:
        return infinity(dtype) | (sign(dtype) if value < 0 else 0)


def order(word, dtype):
    """Integers in the order of the numbers that words stand for: a distance in ulp is a difference of two."""
    return -(word & ~sign(dtype)) if word & sign(dtype) else word


def spread(items, field):
    """One item for each element: a tile is repeated until the shape is filled."""
    return [items[i % len(items)] for i in range(prod(field["shape"]))]


def words(field):
    return spread([int(word, 16) for word in field["bits"]], field)


def holds(relation, expected, got, dtype):
    if relation == "bits":
        return got == expected
    if relation == "zero":
        return got & ~sign(dtype) == 0
    if relation == "nan":
        return is_nan(got, dtype)
    if relation.startswith("ulp:"):
        return not is_nan(got, dtype) and abs(order(got, dtype) - order(expected, dtype)) <= int(relation[4:])
    raise ValueError(f"unknown relation {relation}")


# ---- Shapes: row-major, broadcast as in NumPy. ----


def cells(shape, target):
    """For each element of target, the index of the element of shape that is broadcast there."""
    shape = [1] * (len(target) - len(shape)) + list(shape) if len(shape) <= len(target) else None
    if shape is None or any(n not in (1, t) for n, t in zip(shape, target)):
        raise ValueError("the mask must broadcast to the input")
    strides, step = [], 1
    for n in reversed(shape):
        strides.insert(0, 0 if n == 1 else step)
        step *= n
    return [sum(i * s for i, s in zip(at, strides)) for at in product(*map(range, target))]


def transposed(x, shape, axes):
    strides, step = [], 1
    for n in reversed(shape):
        strides.insert(0, step)
        step *= n
    target = [shape[axis] for axis in axes]
    own = [strides[axis] for axis in axes]
    return [x[sum(i * s for i, s in zip(at, own))] for at in product(*map(range, target))], target


# ---- The generator. ----


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        p, q = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [q >> 32 ^ c[1] ^ k[0], q & 0xFFFFFFFF, p >> 32 ^ c[3] ^ k[1], p & 0xFFFFFFFF]
        k = [k[0] + 0x9E3779B9 & 0xFFFFFFFF, k[1] + 0xBB67AE85 & 0xFFFFFFFF]
    return c


def draw_words(seed, draw, count):
    def halves(value):
        return [value & 0xFFFFFFFF, value >> 32]

    return [philox(halves(i // 4) + halves(draw), halves(seed))[i % 4] for i in range(count)]


def keep(word, rate):
    return int(word >= rate * 2**32)  # both sides are exact; comparing with the ceiling gives the same


class Stream:
    """The masks that a seed gives, draw after draw. Before a seed is set, the masks are arbitrary."""

    def __init__(self):
        self.seed = self.draws = None

    def set(self, seed):
        self.seed, self.draws = seed, 0

    def draw(self, size, rate):
        if self.seed is None:
            return [1] * size
        self.draws += 1
        return [keep(word, rate) for word in draw_words(self.seed, self.draws - 1, size)]


# ---- The vectors. ----


def answers(call, choices):
    """The answers of this implementation: the fields of each call's answer, as words."""
    op = call["op"]
    if op == "philox_block":
        return [{"words": philox(words(call["counter"]), words(call["key"]))}]
    if op == "philox_words":
        return [{"words": draw_words(words(call["seed"])[0], words(call["draw"])[0], 6)}]
    if op == "words_to_mask":
        return [{"mask": [keep(word, rate_of(call)) for word in words(call["words"])]}]
    stream = Stream()
    return [answer(one, choices, stream) for one in (call["calls"] if op == "calls" else [call])]


def rate_of(call):
    return decode(int(call["rate"]["bits"], 16), "float64")


def answer(call, choices, stream):
    rate, dtype, training = rate_of(call), call["input"]["dtype"], call["training"]
    x, shape = words(call["input"]), call["input"]["shape"]
    if "permutation" in call:
        x, shape = transposed(x, shape, call["permutation"])
    mask_shape = call.get("noise_shape", shape)
    cell_of = cells(mask_shape, shape)
    if "seed" in call:
        stream.set(call["seed"])
    if not training:
        mask = [1] * prod(mask_shape)  # evaluation uses no mask
    elif "mask" in call:
        mask = words(call["mask"])
    else:
        mask = stream.draw(prod(mask_shape), rate)
    kept = [mask[cell] for cell in cell_of]
    got = {"mask": mask, "output": dropout(x, kept, rate, training, choices, dtype)}
    if "grad_output" in call:
        got["grad_input"] = dropout(words(call["grad_output"]), kept, rate, training, choices, dtype)
    return got


DEFAULTS = {"scaling": "inverted", "rate_one": "zeros", "dropped_nonfinite": "zero"}


def failures(vector):
    for expected in vector["expected"]:
        try:
            got = answers(vector["call"], {**DEFAULTS, **expected["when"]})
        except ValueError as rejection:
            if expected.get("relation") != "rejected":
                yield f"rejected: {rejection}"
            continue
        if expected.get("relation") == "rejected":
            yield "expected a rejection"
            continue
        for index, wanted in enumerate(expected.get("answers", [expected])):
            where = f"calls[{index}]: " if "answers" in expected else ""
            yield from (where + line for line in differences(wanted, got[index]))
        for same in expected.get("same", []):
            fields = [got[index][same["field"]] for index in same["calls"]]
            dtype = "bool" if same["field"] == "mask" else vector["call"]["calls"][0]["input"]["dtype"]
            if any(not alike(field, fields[0], dtype) for field in fields):
                yield f"calls {same['calls']}: expected the same {same['field']}"
        for different in expected.get("different", []):
            masks = [got[index]["mask"] for index in different["calls"]]
            if any(one == other for one, other in combinations(masks, 2)):
                yield f"calls {different['calls']}: expected different masks"


def alike(one, other, dtype):
    return len(one) == len(other) and all(
        a == b or dtype != "bool" and is_nan(a, dtype) and is_nan(b, dtype) for a, b in zip(one, other)
    )


def differences(expected, got):
    for name in ("words", "mask", "output", "grad_input"):
        if name in expected:
            field = expected[name]
            wanted = words(field)
            if len(got[name]) != len(wanted):
                yield f"{name}: expected {len(wanted)} words, got {len(got[name])}"
                continue
            for i, (word, relation) in enumerate(zip(wanted, spread(field["relation"], field))):
                if not holds(relation, word, got[name][i], field["dtype"]):
                    yield f"{name}[{i}]: expected {word:0{len(field['bits'][0])}x} ({relation}), got {got[name][i]:x}"


# What this implementation has. A vector that needs anything else is skipped.
HAS = set(
    "float16 bfloat16 float32 float64 evaluation backward seed stream mask_output mask_input noise_shape permuted_input"
    " philox4x32_10 different_masks generator".split()
)

# The operations that this reader knows. Vectors of others are skipped.
OPS = {"dropout", "calls", "philox_block", "philox_words", "words_to_mask"}


def main(directory):
    checked = failed = skipped = 0
    for path in sorted(pathlib.Path(directory).glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        if not re.fullmatch(r"dropout-golden/1\.[0-9]+", document["format"]):
            raise SystemExit(f"{path.name}: format {document['format']} is unknown")
        if document["count"] != len(document["vectors"]):
            raise SystemExit(f"{path.name}: {len(document['vectors'])} vectors of {document['count']}")
        for vector in document["vectors"]:
            if vector["call"]["op"] not in OPS or not HAS.issuperset(vector["needs"]):
                skipped += 1
                continue
            wrong = list(failures(vector))
            checked += 1
            failed += bool(wrong)
            for line in wrong:
                print(path.name, vector["id"], vector["requirement"], line)
    print(f"{checked} vectors checked, {failed} failed" + (f", {skipped} not for this one" if skipped else ""))
    return 1 if failed or not checked else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "golden"))
