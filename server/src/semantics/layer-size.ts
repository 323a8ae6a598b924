import type { CallExpression, Expression } from "../syntax/python/ast.ts";
import { argumentOf, constantNumber } from "./call-arguments.ts";
import type { PythonProgram } from "./python-program.ts";

/** Inputs that a Keras layer has at least when it does not say: hidden layers rarely have fewer. */
const FEWEST_INPUTS = 16;

/**
 * Number of weights of a layer, biases left out; for Keras layers, whose inputs are not written, a
 * number that it hardly falls below. `undefined` where the sizes are not in sight.
 */
export function layerSize(call: CallExpression, program: PythonProgram): number | undefined {
  const name = program.qualifiedName(call.callee) ?? "";
  const size = (keyword: string, position: number) => {
    const argument = argumentOf(call, keyword, position);
    return argument && constantNumber(argument.value, program);
  };
  const kind = name.slice(name.lastIndexOf(".") + 1);
  if (name.startsWith("torch.nn.")) return torchSize(kind, size, call, program);
  if (!name.startsWith("keras.layers.")) return undefined;
  if (kind === "Dense") return times(size("units", 0), FEWEST_INPUTS);
  if (kind === "Embedding") return times(size("input_dim", 0), size("output_dim", 1));
  const kernel = /^Conv([123])D$/.exec(kind)?.[1];
  if (kernel === undefined) return undefined;
  const width = kernelSize(call, 1, Number(kernel), program);
  return times(size("filters", 0), width, FEWEST_INPUTS);
}

type Size = (keyword: string, position: number) => number | undefined;

function torchSize(
  kind: string,
  size: Size,
  call: CallExpression,
  program: PythonProgram,
): number | undefined {
  if (kind === "Linear") return times(size("in_features", 0), size("out_features", 1));
  if (kind === "Embedding") return times(size("num_embeddings", 0), size("embedding_dim", 1));
  const gates = { RNN: 1, GRU: 3, LSTM: 4 }[kind];
  if (gates !== undefined) {
    const [inputs, hidden] = [size("input_size", 0), size("hidden_size", 1)];
    return inputs === undefined ? undefined : times(gates, hidden, inputs + (hidden ?? 0));
  }
  const kernel = /^Conv([123])d$/.exec(kind)?.[1];
  if (kernel === undefined) return undefined;
  const width = kernelSize(call, 2, Number(kernel), program);
  return times(size("in_channels", 0), size("out_channels", 1), width);
}

function times(...sizes: readonly (number | undefined)[]): number | undefined {
  return sizes.reduce<number | undefined>(
    (product, size) => (product === undefined || size === undefined ? undefined : product * size),
    1,
  );
}

/** Entries of a kernel that is given as one width or as a width for each direction. */
function kernelSize(
  call: CallExpression,
  position: number,
  dimensions: number,
  program: PythonProgram,
): number | undefined {
  const given: Expression | undefined = argumentOf(call, "kernel_size", position)?.value;
  if (given === undefined) return undefined;
  if (given.kind === "tuple" || given.kind === "list") {
    return times(...given.elements.map((element) => constantNumber(element, program)));
  }
  const width = constantNumber(given, program);
  return width === undefined ? undefined : width ** dimensions;
}

/** Weights of all layers whose size is in sight. */
export function totalSize(layers: readonly CallExpression[], program: PythonProgram): number {
  return layers.reduce((total, layer) => total + (layerSize(layer, program) ?? 0), 0);
}
