// Inverted dropout in JavaScript with nothing but Node. Run: certify -- node src/adapters/javascript/adapter.mjs

import * as adapter from "./dropout_adapter.mjs";

const TWO_32 = 2 ** 32;

/** Doty-Humphrey's sfc32: uniform numbers in [0, 1) with 32 bits. */
function generator(seed) {
  let [a, b, c, counter] = [seed >>> 0, Math.floor(seed / TWO_32), 0x9e3779b9, 1];
  const next = () => {
    const word = (a + b + counter++) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + word) | 0;
    return word / TWO_32;
  };
  for (let round = 0; round < 16; round++) next(); // until every bit of the seed has reached the whole state
  return next;
}

let uniform = generator(Math.floor(Math.random() * 2 ** 53));

function dropout({ rate, training, seed, input, mask, grad_output }) {
  if (!(rate >= 0 && rate <= 1)) throw new adapter.Rejected(`rate (${rate}) must be in [0, 1]`); // also refuses NaN
  if (seed !== undefined) uniform = generator(seed);
  if (!training) return { output: input, grad_input: grad_output };
  const drawn = mask ? mask.numbers() : Uint8Array.from(input.numbers(), () => uniform() >= rate);
  const keep = rate === 1 ? drawn.fill(0) : drawn; // nothing is kept, even where a given mask keeps
  const masked = (tensor) => {
    const numbers = tensor.numbers();
    for (let i = 0; i < numbers.length; i++) numbers[i] = keep[i] ? numbers[i] / (1 - rate) : 0;
    return adapter.Tensor.of(tensor.dtype, tensor.shape, numbers);
  };
  return {
    output: masked(input),
    grad_input: grad_output && masked(grad_output),
    mask: adapter.Tensor.of("bool", input.shape, keep),
  };
}

adapter.serve(
  { name: "plain JavaScript example", version: process.version, language: "JavaScript" },
  { dropout },
  {
    dtypes: ["float32", "float64"],
    capabilities: ["backward", "seed", "mask_output", "mask_input", "tiled_input", "kept_bits"],
  },
);
