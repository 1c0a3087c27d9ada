#!/usr/bin/env node
// Checks a dropout against the golden vectors: node check_golden.mjs GOLDEN_DIRECTORY
//
// Needs only Node. Words are BigInts, since a number cannot hold 64 bits.
// To check your own dropout, replace `dropout`.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

// ---- The implementation under test: inverted dropout with a given mask, for each declared choice. ----

class Rejected extends Error {}

// x * mask / (1 - rate): the output; with the upstream gradient as x, the gradient.
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

// Rounds to nearest, ties to even. Doubles are exact here, since they are only scaled by powers of two.
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

// Integers in the order of the numbers that words stand for: a distance in ulp is a difference of two.
const order = (word, type) => (word & type.sign ? -magnitude(word, type) : word);
const sizeOf = (shape) => shape.reduce((product, extent) => product * extent, 1);
// One item for each element: a tile is repeated until the shape is filled.
const spread = (items, field) => Array.from({ length: sizeOf(field.shape) }, (_, i) => items[i % items.length]);
const words = (field) => spread(field.bits.map((hex) => BigInt("0x" + hex)), field);

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

// The offset of each position of a shape by these strides, in row-major order.
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

// Both sides are exact; comparing with the ceiling gives the same.
const keep = (word, rate) => (Number(word) >= rate * 2 ** 32 ? 1n : 0n);

// The masks that a seed gives, draw after draw. Before a seed is set, the masks are arbitrary.
class Stream {
  #seed;
  #draws = 0n;

  set(seed) {
    this.#seed = BigInt(seed);
    this.#draws = 0n;
  }

  draw(size, rate) {
    if (this.#seed === undefined) return Array(size).fill(1n);
    return drawWords(this.#seed, this.#draws++, size).map((word) => keep(word, rate));
  }
}

// ---- The vectors. ----

// The answers of this implementation: the fields of each call's answer, as words.
function answers(call, choices) {
  switch (call.op) {
    case "philox_block":
      return [{ words: philox(words(call.counter), words(call.key)) }];
    case "philox_words":
      return [{ words: drawWords(words(call.seed)[0], words(call.draw)[0], 6) }];
    case "words_to_mask":
      return [{ mask: words(call.words).map((word) => keep(word, rateOf(call))) }];
    case "dropout":
      return [answer(call, choices, new Stream())];
    case "calls": {
      const stream = new Stream();
      return call.calls.map((one) => answer(one, choices, stream));
    }
    default:
      throw new Error(`unknown op ${call.op}`);
  }
}

const rateOf = (call) => decode(BigInt("0x" + call.rate.bits), TYPES.float64);

function answer(call, choices, stream) {
  const rate = rateOf(call);
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
  const cellOf = cells(maskShape, shape);
  if (call.seed !== undefined) stream.set(call.seed);
  let mask = Array(sizeOf(maskShape)).fill(1n); // evaluation uses no mask
  if (call.training) mask = call.mask ? words(call.mask) : stream.draw(sizeOf(maskShape), rate);
  const kept = cellOf.map((cell) => mask[cell]);
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
      got = answers(vector.call, { ...DEFAULTS, ...expected.when });
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      if (expected.relation !== "rejected") yield `rejected: ${error.message}`;
      continue;
    }
    if (expected.relation === "rejected") {
      yield "expected a rejection";
      continue;
    }
    for (const [index, wanted] of (expected.answers ?? [expected]).entries()) {
      for (const line of differences(wanted, got[index])) yield expected.answers ? `calls[${index}]: ${line}` : line;
    }
    for (const { field, calls } of expected.same ?? []) {
      const type = field === "mask" ? undefined : TYPES[vector.call.calls[0].input.dtype];
      const [first, ...others] = calls.map((index) => got[index][field]);
      if (!others.every((other) => alike(first, other, type))) yield `calls ${calls}: expected the same ${field}`;
    }
    for (const { calls } of expected.different ?? []) {
      const masks = calls.map((index) => got[index].mask.join());
      if (new Set(masks).size < masks.length) yield `calls ${calls}: expected different masks`;
    }
  }
}

function alike(one, other, type) {
  const same = (a, b) => a === b || (type !== undefined && isNaNWord(a, type) && isNaNWord(b, type));
  return one.length === other.length && one.every((word, i) => same(word, other[i]));
}

function* differences(expected, got) {
  for (const name of ["words", "mask", "output", "grad_input"].filter((field) => field in expected)) {
    const field = expected[name];
    const wanted = words(field);
    if (got[name].length !== wanted.length) {
      yield `${name}: expected ${wanted.length} words, got ${got[name].length}`;
      continue;
    }
    const relations = spread(field.relation, field);
    for (const [i, word] of wanted.entries()) {
      if (!holds(relations[i], word, got[name][i], TYPES[field.dtype])) {
        const hex = word.toString(16).padStart(field.bits[0].length, "0");
        yield `${name}[${i}]: expected ${hex} (${relations[i]}), got ${got[name][i].toString(16)}`;
      }
    }
  }
}

// What this implementation has. A vector that needs anything else is skipped.
const HAS = new Set(
  (
    "float16 bfloat16 float32 float64 evaluation backward seed stream mask_output mask_input noise_shape " +
    "permuted_input philox4x32_10 different_masks generator"
  ).split(" "),
);

// The operations that this reader knows. Vectors of others are skipped.
const OPS = new Set(["dropout", "calls", "philox_block", "philox_words", "words_to_mask"]);

const directory = process.argv[2] ?? "golden";
let checked = 0;
let failed = 0;
let skipped = 0;
for (const name of readdirSync(directory).filter((file) => file.endsWith(".json")).sort()) {
  const document = JSON.parse(readFileSync(join(directory, name), "utf8"));
  if (!/^dropout-golden\/1\.[0-9]+$/.test(document.format)) {
    throw new Error(`${name}: format ${document.format} is unknown`);
  }
  if (document.count !== document.vectors.length) {
    throw new Error(`${name}: ${document.vectors.length} vectors of ${document.count}`);
  }
  for (const vector of document.vectors) {
    if (!OPS.has(vector.call.op) || !vector.needs.every((need) => HAS.has(need))) {
      skipped++;
      continue;
    }
    const wrong = [...failures(vector)];
    checked++;
    if (wrong.length > 0) failed++;
    wrong.forEach((line) => console.log(name, vector.id, vector.requirement, line));
  }
}
console.log(`${checked} vectors checked, ${failed} failed` + (skipped > 0 ? `, ${skipped} not for this one` : ""));
process.exitCode = failed > 0 || checked === 0 ? 1 : 0;
