// The loop that adapters in JavaScript share: wire protocol 1.1 over standard input and output. It needs Node 18 or
// later, and nothing to install.
//
// Import this module before the library under test: modules run in the order in which they are imported. From then on
// process.stdout and console lead to standard error, so that banners reach the log and only replies reach the suite.
//
//     import * as adapter from "../javascript/dropout_adapter.mjs";
//
//     function dropout(call) {
//       const output = ...; // call.input.numbers(), call.rate, call.training, call.seed, ...
//       return { output: adapter.Tensor.of(call.input.dtype, call.input.shape, output) };
//     }
//
//     adapter.serve({ name: "...", version: "...", language: "JavaScript" }, { dropout }, { dtypes: ["float32"] });

import { Console } from "node:console";
import { writeSync } from "node:fs";

Object.defineProperty(process, "stdout", { get: () => process.stderr });
globalThis.console = new Console(process.stderr);

const PROTOCOL = "1.1";
const ARRAYS = { float32: Float32Array, float64: Float64Array, bool: Uint8Array };

/** The implementation rejected the call as invalid. */
export class Rejected extends Error {}

/** The call cannot be expressed in the implementation. */
export class Unsupported extends Error {}

/**
 * The result of `call`. If it throws an exception for which `where` holds, the call was rejected. Put this around the
 * library's call and nothing else: an exception of the adapter itself must not look like the rejection of an argument.
 */
export function rejecting(where, call) {
  try {
    return call();
  } catch (error) {
    throw where(error) ? new Rejected(error.message) : error;
  }
}

/** A tensor: dtype and shape as in the protocol; data is a Buffer, row-major and little-endian. */
export class Tensor {
  constructor(dtype, shape, data) {
    this.dtype = dtype;
    this.shape = shape;
    this.data = data;
  }

  /** A tensor of these numbers; for float32 they are rounded. */
  static of(dtype, shape, numbers) {
    const array = ARRAYS[dtype].from(numbers);
    const size = shape.reduce((product, extent) => product * extent, 1);
    if (array.length !== size) throw new Error(`numbers (${array.length}) must fit ${dtype} [${shape}]: ${size}`);
    return new Tensor(dtype, shape, Buffer.from(array.buffer));
  }

  /** A copy of the elements as a typed array; a bool is 0 or 1. */
  numbers() {
    const array = new ARRAYS[this.dtype](this.data.length / ARRAYS[this.dtype].BYTES_PER_ELEMENT);
    new Uint8Array(array.buffer).set(this.data);
    return array;
  }

  /** One bit an element, the lowest bit of a byte first, set where the element is not zero. */
  kept() {
    const numbers = this.numbers();
    const kept = Buffer.alloc(Math.ceil(numbers.length / 8));
    for (let i = 0; i < numbers.length; i++) if (numbers[i] !== 0) kept[i >> 3] |= 1 << (i & 7); // NaN is not zero
    return kept;
  }

  toJSON() {
    return { dtype: this.dtype, shape: this.shape, data: this.data.toString("base64") };
  }
}

function decoded(name, value) {
  if (name === "rate" || name === "recurrent_rate") return Number(value); // also reads "NaN" and "Infinity"
  const isTensor = value !== null && typeof value === "object" && "dtype" in value && "shape" in value;
  if (!isTensor) return value;
  const { dtype, shape, data, tile } = value;
  if (tile === undefined) return new Tensor(dtype, shape, Buffer.from(data, "base64"));
  const size = shape.reduce((product, extent) => product * extent, ARRAYS[dtype].BYTES_PER_ELEMENT);
  return new Tensor(dtype, shape, size === 0 ? Buffer.alloc(0) : Buffer.alloc(size, tile, "base64")); // repeated
}

async function answer(request, operations) {
  const error = (type, message) => ({ id: request.id, error: { type, message: message || type } });
  try {
    if (!(request.op in operations)) throw new Unsupported(`operation ${request.op}`);
    const fields = await operations[request.op](request);
    if (request.reply === "kept") return { id: request.id, kept: fields.output.kept().toString("base64") };
    return { id: request.id, ...fields };
  } catch (failure) {
    if (failure instanceof Rejected) return error("invalid_argument", failure.message);
    if (failure instanceof Unsupported) return error("unsupported", failure.message);
    writeSync(2, `${failure?.stack ?? failure}\n`);
    return error("internal", String(failure));
  }
}

function send(reply) {
  let line = Buffer.from(JSON.stringify(reply) + "\n");
  while (line.length > 0) line = line.subarray(writeSync(1, line));
}

async function* lines(input) {
  let parts = [];
  for await (const chunk of input) {
    let from = 0;
    for (let to; (to = chunk.indexOf(10, from)) >= 0; from = to + 1) {
      yield Buffer.concat([...parts, chunk.subarray(from, to)]).toString("utf8");
      parts = [];
    }
    parts.push(chunk.subarray(from));
  }
}

/**
 * Answers requests until the end of input. `operations` maps the name of each operation to a function, async or not. It
 * takes the request, tensors as Tensor, and returns the fields of the reply; an undefined field is left out. For the
 * capabilities `tiled_input` and `kept_bits` this loop does the work, and an adapter only declares them: tiles come as
 * whole tensors, and kept bits are taken from the output. If a function throws Rejected, the reply is
 * `invalid_argument`, for Unsupported it is `unsupported`, and for everything else `internal`.
 *
 * `own` maps the name of an operation to its own declarations, which replace those for all operations.
 */
export async function serve(implementation, operations, { dtypes, capabilities = [], choices = {}, own = {} }) {
  const names = Object.keys(operations).map((name) => (name in own ? { name, ...own[name] } : name));
  const hello = { id: 0, protocol: PROTOCOL, implementation, operations: names, dtypes, capabilities, choices };
  for await (const line of lines(process.stdin)) {
    const request = JSON.parse(line, decoded);
    send(request.op === "hello" ? hello : await answer(request, operations));
  }
}
