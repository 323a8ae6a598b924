import type { CallExpression, Expression } from "../syntax/python/ast.ts";
import { lastName } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** Methods that give the same rows back: in another form, order or grouping, or some of them. */
const CARRYING_METHODS = new Set(
  (
    "ravel flatten reshape squeeze unsqueeze transpose copy clone astype float double long to cuda cpu view " +
    "to_numpy as_matrix tolist toarray todense to_frame numpy drop dropna fillna reset_index set_index sort_values " +
    "sort_index head tail sample filter rename assign query apply get select_dtypes batch unbatch shuffle prefetch cache map " +
    "repeat take skip select with_format with_transform set_format rename_column remove_columns items"
  ).split(" "),
);

/** Methods of estimators whose output is a function of the first argument. */
const TRANSFORMING = new Set(["transform", "fit_transform", "inverse_transform"]);

/** Functions and classes that hold their first argument. */
const CARRYING_FUNCTIONS =
  /^(?:numpy\.(?:array|asarray|ascontiguousarray|ravel|reshape|squeeze|expand_dims|transpose|float32|float64|atleast_2d|log|log1p|sqrt|nan_to_num|c_|hstack|column_stack)|torch\.(?:tensor|as_tensor|from_numpy|\w*Tensor|utils\.data\.(?:DataLoader|TensorDataset|Subset))|pandas\.(?:DataFrame|Series|get_dummies)|jax\.numpy\.(?:array|asarray)|tensorflow\.(?:constant|cast|convert_to_tensor|data\.Dataset\.from_tensor_slices|data\.Dataset\.zip)|keras\.utils\.(?:to_categorical|normalize)|tqdm(?:\.\w+)*|enumerate|iter|list|scipy\.sparse\.csr_matrix|xgboost\.DMatrix|lightgbm\.Dataset|catboost\.Pool)$/;
const BUILT_IN = new Set(["enumerate", "iter", "list", "tqdm", "DataLoader"]);

/**
 * One step back from a value to the data that it holds: the array behind `scaler.transform(x)`,
 * `x / 255`, `x.values`, `DataLoader(x)`. `undefined` where the value starts something of its own.
 */
export function dataSource(node: Expression, program: PythonProgram): Expression | undefined {
  switch (node.kind) {
    case "attribute":
      return isPlainAttribute(node.value, program) ? node.value : undefined;
    case "subscript":
      return sourceOfSubscript(node);
    case "call":
      return sourceOfCall(node, program);
    case "binary":
      return node.left.kind === "number" ? node.right : node.left;
    case "tuple":
      return node.elements[0];
    default:
      return undefined;
  }
}

/** `np.c_[x, y]` and `x[…]` alike. */
function sourceOfSubscript(node: Extract<Expression, { kind: "subscript" }>) {
  const isStack = node.value.kind === "attribute" && node.value.attribute === "c_";
  return isStack ? node.indices[0] : node.value;
}

/** False for `self.x` and for what modules hold. */
function isPlainAttribute(value: Expression, program: PythonProgram): boolean {
  if (value.kind === "name" && value.id === "self") return false;
  return program.qualifiedName(value) === undefined;
}

function sourceOfCall(call: CallExpression, program: PythonProgram): Expression | undefined {
  const name = program.qualifiedName(call.callee);
  const [first] = call.arguments;
  const plain = first?.splat === "none" ? first.value : undefined;
  const id = lastName(call.callee) ?? "";
  if (name !== undefined) {
    if (!CARRYING_FUNCTIONS.test(name)) return undefined;
    return plain?.kind === "list" ? plain.elements[0] : plain;
  }
  if (call.callee.kind !== "attribute") {
    return call.callee.kind === "name" && BUILT_IN.has(id) && program.isUnbound(call.callee)
      ? plain
      : undefined;
  }
  if (TRANSFORMING.has(id)) return plain ?? undefined;
  return CARRYING_METHODS.has(id) ? call.callee.value : undefined;
}
