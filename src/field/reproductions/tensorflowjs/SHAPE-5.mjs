import assert from "node:assert";
import { createRequire } from "node:module";
const tf = createRequire(process.argv[2] + "/package.json")("@tensorflow/tfjs");
await tf.setBackend("cpu");
console.log(tf.dropout(tf.ones([1]), 0.5, [4]).shape); // [4]: larger than the input
assert.deepEqual(tf.dropout(tf.ones([1]), 0.5, [4]).shape, [4]);
