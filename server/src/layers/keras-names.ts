import type { Span } from "../../../core/protocol/span.ts";

/** A layer of Keras or TensorFlow.js as code makes it. */
export interface KerasLayer {
  /** `Dense` */
  readonly className: string;
  /** What the code calls it. */
  readonly name: string | undefined;
  /** The code gives it a name that cannot be read. */
  readonly hasUnknownName: boolean;
  readonly span: Span;
}

interface Order {
  /** In the order in which they are made. */
  readonly layers: readonly KerasLayer[];
  /** No layer is made elsewhere, only in some cases, or more than once. */
  readonly isCertain: boolean;
  /** Files number or name the layers otherwise than in the order in which they are made. */
  readonly isNested: boolean;
}

/** `BatchNormalization` to `batch_normalization`, `Conv2D` to `conv2d`, as Keras does. */
function snakeCase(className: string): string {
  return className
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

/**
 * The layers that a tensor's name may mean. Names come in three forms: by the layer's name,
 * `dense_1/kernel` or `model_weights/dense_1/…`; in the files of Keras 3 by class and position whatever
 * the layers are called, `layers/dense_1/vars/0`; in TensorFlow.js `dense_Dense2/kernel`. Numbers in
 * names count all that a process has made, so only their order in `all` names tells which is which.
 */
export function layerNamed(
  steps: readonly string[],
  all: readonly (readonly string[])[],
  order: Order,
): readonly KerasLayer[] {
  if (steps.at(-2) === "vars") {
    return steps[0] === "layers" && steps.length === 4 ? byPosition(steps[1] ?? "", order) : [];
  }
  const token = layerToken(steps);
  if (token === undefined || !VARIABLE.test(steps.at(-1) ?? "")) return [];
  const named = order.layers.filter(({ name }) => name === token);
  return named.length > 0 ? named : byRank(token, all, order);
}

/** What tensors of Keras' layers are called, with the output's number that older releases add. */
const VARIABLE =
  /^(?:(?:depthwise_|pointwise_|recurrent_)?kernel|(?:\w+_)?bias|embeddings|gamma|beta|alpha|moving_(?:mean|variance))(?::\d+)?$/;

/** What a layer is called in the name of one of its tensors: the last step but the tensor's own and its cell's. */
function layerToken(steps: readonly string[]): string | undefined {
  const inner = steps.slice(0, -1).filter((step) => !/_cell(?:_\d+)?$/.test(step));
  return inner.at(-1);
}

interface Automatic {
  readonly stem: string;
  readonly number: number;
}

/** `dense_3`, and `dense_Dense3` of TensorFlow.js. */
function automatic(token: string): Automatic {
  const script = /^(\w+)_([A-Z][A-Za-z\d]*?)(\d+)$/.exec(token);
  const [, start = "", className = "", count = ""] = script ?? [];
  if (script !== null && snakeCase(className) === start) {
    return { stem: start, number: Number(count) };
  }
  const [, stem = token, number = "0"] = /^(.*\D)_(\d+)$/.exec(token) ?? [];
  return { stem, number: Number(number) };
}

/** The layer that was made as the how-manieth without a name of its own. */
function byRank(
  token: string,
  all: readonly (readonly string[])[],
  { layers, isCertain }: Order,
): readonly KerasLayer[] {
  const { stem, number } = automatic(token);
  const own = layers.filter(
    ({ className, name }) => snakeCase(className) === stem && name === undefined,
  );
  if (!isCertain || own.some(({ hasUnknownName }) => hasUnknownName)) return [];
  const names = new Set(layers.flatMap(({ name }) => name ?? []));
  const numbers = new Set(
    [...all.flatMap((steps) => layerToken(steps) ?? []), token]
      .filter((other) => !names.has(other))
      .map(automatic)
      .filter((other) => other.stem === stem)
      .map((other) => other.number),
  );
  const rank = [...numbers].sort((a, b) => a - b).indexOf(number);
  // Another count of layers: another model.
  return numbers.size === own.length ? own.slice(rank, rank + 1) : [];
}

/** Of a stack or a chain the position is that in the code. */
function byPosition(token: string, { layers, isCertain, isNested }: Order): readonly KerasLayer[] {
  const { stem, number } = automatic(token);
  const own = layers.filter(({ className }) => snakeCase(className) === stem);
  if (!isCertain || (isNested && own.length > 1)) return [];
  return own.slice(number, number + 1);
}
