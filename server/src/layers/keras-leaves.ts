import type { CallExpression } from "../syntax/python/ast.ts";

/** Names of what a Keras layer keeps, in its variables' paths and in its files. */
const VARIABLES =
  /^(?:\w+\.)*(?:vars\.\d+|(?:depthwise_|pointwise_|recurrent_)?kernel(?::0)?|(?:\w+_)?(?:bias|embeddings|gamma|beta|moving_mean|moving_variance|scale)(?::0)?|alpha(?::0)?)$/;
const NOTHING =
  /^keras\.layers\.(?:\w*Dropout\w*|Activation|ReLU|LeakyReLU|ELU|Softmax|Flatten|Reshape|Permute|\w*Pooling\w*|ZeroPadding\w*|Cropping\w*|UpSampling\w*|Input|InputLayer|Add|Concatenate|Multiply|Average|Maximum|Dot|Lambda|Masking|Rescaling|Resizing|Gaussian\w+)$/;

/** What a layer of Keras or TensorFlow.js keeps; `undefined` for other classes. */
export function kerasLeaves(className: string, _call: CallExpression): RegExp | undefined {
  if (NOTHING.test(className)) return /^(?!)$/;
  return /^keras\.layers\.\w+$/.test(className) ? VARIABLES : undefined;
}
