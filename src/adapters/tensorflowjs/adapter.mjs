// TensorFlow.js on its own backend in plain JavaScript: tf.dropout answers, the gradient by tf.valueAndGrad.
//
// Run, with @tensorflow/tfjs installed by npm in a directory of its own:
//
//     certify -- node src/adapters/tensorflowjs/adapter.mjs DIRECTORY [--layer]
//
// With --layer it is tf.layers.dropout. Neither has a stream: a seed is an argument, and the same seed gives the same
// mask. The operation tf.dropout has no evaluation; the layer has one.

import * as adapter from "../javascript/dropout_adapter.mjs"; // before tfjs: it reserves standard output for replies
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [directory = ".", ...options] = process.argv.slice(2);
const tf = createRequire(join(resolve(directory), "package.json"))("@tensorflow/tfjs");
const layer = options.includes("--layer");

function drop(x, { rate, noise_shape, seed, training }) {
  if (!layer) return tf.dropout(x, rate, noise_shape, seed);
  return tf.layers.dropout({ rate, noiseShape: noise_shape, seed }).apply(x, { training });
}

// the second message is about a noise shape that does not fit
const isRejection = ({ message }) => /^rate must be a float|^Operands could not be broadcast/.test(message);

function dropout(call) {
  const result = tf.tidy(() => {
    const tensor = (wire) => tf.tensor(wire.numbers(), wire.shape, wire.dtype);
    const x = tensor(call.input);
    return adapter.rejecting(isRejection, () =>
      call.grad_output
        ? tf.valueAndGrad((x) => drop(x, call))(x, tensor(call.grad_output))
        : { value: drop(x, call).clone() },
    );
  });
  const reply = (t) => t && adapter.Tensor.of(t.dtype, t.shape, t.dataSync());
  const fields = { output: reply(result.value), grad_input: reply(result.grad) };
  tf.dispose(result);
  return fields;
}

await tf.setBackend("cpu");
adapter.serve(
  {
    name: layer ? "TensorFlow.js, layer" : "TensorFlow.js",
    version: tf.version.tfjs,
    language: "JavaScript",
    homepage: "https://www.tensorflow.org/js",
    issues: "https://github.com/tensorflow/tfjs/issues",
    notes: (layer ? "tf.layers.dropout" : "tf.dropout") + ", the backend cpu",
  },
  { dropout },
  {
    dtypes: ["float32"],
    capabilities: ["backward", "seed", "tiled_input", "kept_bits", ...(layer ? [] : ["noise_shape"])],
    choices: {
      rate_one: "reject",
      dropped_nonfinite: "nan",
      stream: "none",
      modes: layer ? "both" : "training",
    },
  },
);
