import type { Argument, CallExpression, Expression } from "../syntax/python/ast.ts";
import { type KnownNumber, knownNumber, numberArgument } from "./call-arguments.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** One norm of `kernel_regularizer=l2(0.1)`; Keras adds k·Σ|w| or k·Σw² to the loss. */
export interface LayerPenalty {
  readonly norm: "l1" | "l2";
  /** What Keras takes without a number included; `undefined` where it is not known. */
  readonly coefficient: KnownNumber | undefined;
  readonly layer: CallExpression;
  readonly argument: Argument;
}

const WEIGHTS = /^(?:kernel|depthwise|pointwise|recurrent|embeddings)_regularizer$/;
/** `l2()` and `"l2"` are this strong. */
const KERAS_DEFAULT = 0.01;

const OFFSETS = /^(?:bias|gamma|beta)_regularizer$/;

/** Penalties on the weights of Keras layers, in source order. */
export function layerPenalties(program: PythonProgram): readonly LayerPenalty[] {
  return penaltiesUnder(WEIGHTS, program);
}

/** Penalties on the biases of Keras layers and on the scales and offsets of norms, in source order. */
export function offsetPenalties(program: PythonProgram): readonly LayerPenalty[] {
  return penaltiesUnder(OFFSETS, program);
}

function penaltiesUnder(keyword: RegExp, program: PythonProgram): readonly LayerPenalty[] {
  return programIndex(program).calls.flatMap(({ call }) =>
    call.arguments.flatMap((argument) =>
      argument.name !== undefined && keyword.test(argument.name)
        ? penaltiesOf(argument.value, argument, call, program)
        : [],
    ),
  );
}

function penaltiesOf(
  node: Expression,
  argument: Argument,
  layer: CallExpression,
  program: PythonProgram,
): LayerPenalty[] {
  const of = (norm: LayerPenalty["norm"], coefficient: KnownNumber | undefined): LayerPenalty => ({
    norm,
    coefficient,
    layer,
    argument,
  });
  const { span } = argument;
  const byDefault = { kind: "constant", value: KERAS_DEFAULT, span, origin: node.span } as const;
  if (node.kind === "string") {
    return node.value === "l1" || node.value === "l2" ? [of(node.value, byDefault)] : [];
  }
  const definition = node.kind === "name" ? program.definition(node) : undefined;
  const made = definition?.kind === "assigned" ? definition.value : node;
  if (made.kind !== "call") return [];
  const name = program.qualifiedName(made.callee) ?? "";
  const form = /^keras\.regularizers\.(l1_l2|L1L2|[lL][12])$/.exec(name)?.[1]?.toLowerCase();
  if (form === undefined) return [];
  if (form === "l1" || form === "l2") {
    const number = numberArgument(made, form, 0, program);
    const coefficient = number.kind === "absent" ? byDefault : knownNumber(number);
    return [of(form, coefficient)];
  }
  return (["l1", "l2"] as const).flatMap((norm, position) => {
    const number = numberArgument(made, norm, position, program);
    const isDefault = number.kind === "absent" && form === "l1_l2";
    if (number.kind === "absent" && !isDefault) return [];
    return [of(norm, isDefault ? byDefault : knownNumber(number))];
  });
}
