#!/usr/bin/env node
// Checks a dropout against the golden vectors: node check_golden.mjs GOLDEN_DIRECTORY
//
// Node alone, nothing to install. Words are BigInts, since a number cannot hold 64 bits.
// To check your own, replace `dropout`.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

// ---- The implementation under test: inverted dropout with a given mask, in all declared ways. ----

class Rejected extends Error {}

// x * mask / (1 - rate), for the output and, with the upstream gradient for x, for the gradient.
function dropout(x, mask, rate, training, choices, type) {
  if (!(rate >= 0 && rate <= 1)) throw new Rejected(`rate (${rate}) must be in [0, 1]`);
  const classic = choices.scaling === "classic";
  if (!training) return classic ? x.map((word) => scaled(word, 1 - rate, type)) : x;
  if (rate === 1 && choices.rate_one === "reject") throw new Rejected("rate (1) must be below 1");
  const scale = classic || rate === 1 ? 1 : 1 / (1 - rate);
  return x.map((word, i) => (mask[i] ? scaled(word, scale, type) : dropped(word, choices, type)));
}

function dropped(word, choices, type) {
  const finite = magnitude(word, type) < type.infinity;
  return finite || choices.dropped_nonfinite === "zero" ? 0n : type.infinity + 1n;
}

function scaled(word, scale, type) {
  return scale === 1 ? word : encode(decode(word, type) * scale, type);
}

// ---- Words and numbers. ----

const TYPES = { float16: [16, 10], bfloat16: [16, 7], float32: [32, 23], float64: [64, 52] };
for (const [name, [bits, fraction]] of Object.entries(TYPES)) {
  const sign = 1n << BigInt(bits - 1);
  const bias = 2 ** (bits - fraction - 2) - 1;
  TYPES[name] = { sign, fraction, smallest: 1 - bias, infinity: sign - (1n << BigInt(fraction)) };
}

const magnitude = (word, type) => word & (type.sign - 1n);
const isNaNWord = (word, type) => magnitude(word, type) > type.infinity;
const view = new DataView(new ArrayBuffer(8));

function decode(word, type) {
  if (type === TYPES.float64) {
    view.setBigUint64(0, word);
    return view.getFloat64(0);
  }
  if (isNaNWord(word, type)) return NaN;
  const size = magnitude(word, type);
  const field = Number(size >> BigInt(type.fraction));
  const fraction = Number(size & ((1n << BigInt(type.fraction)) - 1n));
  const significand = field === 0 ? fraction : fraction + 2 ** type.fraction;
  const exponent = type.smallest - type.fraction + Math.max(field - 1, 0);
  const value = size === type.infinity ? Infinity : significand * 2 ** exponent;
  return word & type.sign ? -value : value;
}

// To nearest, ties to even; exact in double precision, since it only scales by powers of two.
function encode(value, type) {
  if (type === TYPES.float64) {
    view.setFloat64(0, value);
    return view.getBigUint64(0);
  }
  if (Number.isNaN(value)) return type.infinity + 1n;
  const sign = value < 0 || Object.is(value, -0) ? type.sign : 0n;
  const size = Math.abs(value);
  if (size === Infinity) return sign | type.infinity;
  let exponent = type.smallest;
  while (2 ** (exponent + 1) <= size) exponent++;
  const units = size / 2 ** (exponent - type.fraction);
  let whole = Math.floor(units);
  if (units - whole > 0.5 || (units - whole === 0.5 && whole % 2 === 1)) whole++;
  const word = (BigInt(exponent - type.smallest) << BigInt(type.fraction)) + BigInt(whole);
  return sign | (word > type.infinity ? type.infinity : word);
}

// Words in the order of their numbers, so that a distance in ulp is a difference.
const order = (word, type) => (word & type.sign ? -magnitude(word, type) : word);
const words = (field) => field.bits.map((hex) => BigInt("0x" + hex));

function holds(relation, expected, got, type) {
  if (relation === "bits") return got === expected;
  if (relation === "zero") return magnitude(got, type) === 0n;
  if (relation === "nan") return isNaNWord(got, type);
  if (!relation.startsWith("ulp:")) throw new Error(`unknown relation ${relation}`);
  const distance = order(got, type) - order(expected, type);
  const limit = BigInt(relation.slice(4));
  return !isNaNWord(got, type) && distance <= limit && -distance <= limit;
}

// ---- Shapes: row-major, broadcast as in NumPy. ----

function stridesOf(shape) {
  const strides = [];
  let step = 1;
  for (const extent of [...shape].reverse()) {
    strides.unshift(step);
    step *= extent;
  }
  return strides;
}

// The offsets that strides give to the positions of a shape, in row-major order.
function offsets(shape, strides) {
  let result = [0];
  shape.forEach((extent, axis) => {
    result = result.flatMap((base) => Array.from({ length: extent }, (_, i) => base + i * strides[axis]));
  });
  return result;
}

function cells(shape, target) {
  const missing = target.length - shape.length;
  if (missing < 0) throw new Rejected("the mask must broadcast to the input");
  const padded = [...Array(missing).fill(1), ...shape];
  if (padded.some((extent, axis) => extent !== 1 && extent !== target[axis])) {
    throw new Rejected("the mask must broadcast to the input");
  }
  const strides = stridesOf(padded).map((stride, axis) => (padded[axis] === 1 ? 0 : stride));
  return offsets(target, strides);
}

// ---- The generator. ----

const WORD = 0xffffffffn;

function philox(counter, key) {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const p = 0xd2511f53n * c0;
    const q = 0xcd9e8d57n * c2;
    [c0, c1, c2, c3] = [(q >> 32n) ^ c1 ^ k0, q & WORD, (p >> 32n) ^ c3 ^ k1, p & WORD];
    k0 = (k0 + 0x9e3779b9n) & WORD;
    k1 = (k1 + 0xbb67ae85n) & WORD;
  }
  return [c0, c1, c2, c3];
}

function drawWords(seed, draw, count) {
  const halves = (value) => [value & WORD, value >> 32n];
  return Array.from({ length: count }, (_, i) => {
    const block = BigInt(Math.floor(i / 4));
    return philox([...halves(block), ...halves(draw)], halves(seed))[i % 4];
  });
}

// Both sides are exact; the same as comparing with the ceiling.
const keep = (word, rate) => (Number(word) >= rate * 2 ** 32 ? 1n : 0n);

// ---- The vectors. ----

// What this implementation gives for a call: fields of words.
function answer(call, choices) {
  if (call.op === "philox_block") return { words: philox(words(call.counter), words(call.key)) };
  if (call.op === "philox_words") return { words: drawWords(words(call.seed)[0], words(call.draw)[0], 6) };
  const rate = decode(BigInt("0x" + call.rate.bits), TYPES.float64);
  if (call.op === "words_to_mask") return { mask: words(call.words).map((word) => keep(word, rate)) };
  if (call.op !== "dropout") throw new Error(`unknown op ${call.op}`);
  const type = TYPES[call.input.dtype];
  let x = words(call.input);
  let shape = call.input.shape;
  if (call.permutation) {
    const strides = stridesOf(shape);
    const buffer = x;
    shape = call.permutation.map((axis) => call.input.shape[axis]);
    x = offsets(shape, call.permutation.map((axis) => strides[axis])).map((at) => buffer[at]);
  }
  const maskShape = call.noise_shape ?? shape;
  const spread = cells(maskShape, shape);
  let mask = x.map(() => 1n); // evaluation, or a call to be rejected: no mask is used
  if (call.mask) mask = words(call.mask);
  else if (call.seed !== undefined) {
    const size = maskShape.reduce((product, extent) => product * extent, 1);
    mask = drawWords(BigInt(call.seed), 0n, size).map((word) => keep(word, rate));
  }
  const kept = spread.map((cell) => mask[cell]);
  const got = { mask, output: dropout(x, kept, rate, call.training, choices, type) };
  if (call.grad_output) {
    got.grad_input = dropout(words(call.grad_output), kept, rate, call.training, choices, type);
  }
  return got;
}

const DEFAULTS = { scaling: "inverted", rate_one: "zeros", dropped_nonfinite: "zero" };

function* failures(vector) {
  for (const expected of vector.expected) {
    let got;
    try {
      got = answer(vector.call, { ...DEFAULTS, ...expected.when });
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      if (expected.relation !== "rejected") yield `rejected: ${error.message}`;
      continue;
    }
    if (expected.relation === "rejected") yield "expected a rejection";
    for (const name of ["words", "mask", "output", "grad_input"].filter((field) => field in expected)) {
      const field = expected[name];
      if (got[name].length !== field.bits.length) {
        yield `${name}: expected ${field.bits.length} words, got ${got[name].length}`;
        continue;
      }
      for (const [i, word] of words(field).entries()) {
        if (!holds(field.relation[i], word, got[name][i], TYPES[field.dtype])) {
          yield `${name}[${i}]: expected ${field.bits[i]} (${field.relation[i]}), got ${got[name][i].toString(16)}`;
        }
      }
    }
  }
}

const directory = process.argv[2] ?? "golden";
let checked = 0;
let failed = 0;
for (const name of readdirSync(directory).filter((file) => file.endsWith(".json")).sort()) {
  const document = JSON.parse(readFileSync(join(directory, name), "utf8"));
  if (document.format !== "dropout-golden/1") throw new Error(`${name}: format ${document.format} is unknown`);
  for (const vector of document.vectors) {
    const wrong = [...failures(vector)];
    checked++;
    if (wrong.length > 0) failed++;
    wrong.forEach((line) => console.log(name, vector.id, vector.requirement, line));
  }
}
console.log(`${checked} vectors checked, ${failed} failed`);
process.exitCode = failed > 0 || checked === 0 ? 1 : 0;
