import type { CallExpression, Expression } from "../syntax/python/ast.ts";
import { lastName } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";
import { isModelName, isWeightName } from "./training-names.ts";
import { type TrainingValue, type Weights, weightsValue } from "./training-term.ts";

const ofModel = (node: Expression): Weights => ({
  coverage: "model",
  node,
  evidence: "parameters",
  isFiltered: false,
});

const collection = (value: TrainingValue): TrainingValue => ({
  kind: "collection",
  items: [value],
});

/** Calls that give the weights of a model: `net.parameters()`, `net.state_dict()`. */
export function weightsCall(
  call: CallExpression,
  program: PythonProgram,
): TrainingValue | undefined {
  const { callee } = call;
  if (callee.kind !== "attribute") return undefined;
  const model = callee.value;
  switch (callee.attribute) {
    case "parameters":
    case "named_parameters":
    case "trainable_parameters":
      return collection(weightsValue(ofModel(model)));
    case "state_dict":
    case "get_weights": {
      const blocker = {
        name: `.${callee.attribute}()`,
        inner: call.span,
        outer: call.span,
        statement: undefined,
      };
      return collection(weightsValue(ofModel(model), blocker));
    }
    case "trainable_variables":
      return program.qualifiedName(callee)?.startsWith("tensorflow.") === true
        ? collection(weightsValue(ofModel(model)))
        : undefined;
    default:
      return undefined;
  }
}

const COLLECTIONS = new Set(["trainable_variables", "trainable_weights", "trainable_params"]);
const TENSORS = new Set([
  "weight",
  "kernel",
  "weight_ih_l0",
  "weight_hh_l0",
  "coef_",
  "in_proj_weight",
]);

/** `net.fc.weight`, `model.trainable_variables`, `self.W1`. */
export function weightsAttribute(
  node: Extract<Expression, { kind: "attribute" }>,
  program: PythonProgram,
): TrainingValue | undefined {
  if (program.qualifiedName(node) !== undefined) return undefined;
  const { attribute, value } = node;
  if (COLLECTIONS.has(attribute)) return collection(weightsValue(ofModel(value)));
  if (TENSORS.has(attribute)) return weightsValue(tensor(node, "parameters", program));
  const owner = lastName(value) ?? "";
  const isOwn = value.kind === "name" && (owner === "self" || isModelName(owner));
  return isOwn && isWeightName(attribute) && attribute !== "parameters"
    ? weightsValue(tensor(node, "name", program))
    : undefined;
}

/** One array, or one of each layer where the layer is the target of a loop. */
function tensor(
  node: Extract<Expression, { kind: "attribute" }>,
  evidence: Weights["evidence"],
  program: PythonProgram,
): Weights {
  const layer = node.value;
  const definition = layer.kind === "name" ? program.definition(layer) : undefined;
  const isEach = definition?.kind === "iterated";
  return { coverage: isEach ? "model" : "tensor", node, evidence, isFiltered: isEach };
}
