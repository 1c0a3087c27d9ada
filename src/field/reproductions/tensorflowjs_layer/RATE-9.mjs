import { createRequire } from "node:module";
const tf = createRequire(process.argv[2] + "/package.json")("@tensorflow/tfjs");
await tf.setBackend("cpu");
const rate = 1;
tf.layers.dropout({ rate }).apply(tf.ones([8]), { training: true }).print(); // its input, where tf.dropout throws
