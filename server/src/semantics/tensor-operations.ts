import type { CallExpression, Expression } from "../syntax/python/ast.ts";
import { argumentOf, constantNumber } from "./call-arguments.ts";
import type { PythonProgram } from "./python-program.ts";

/** What a call does to a tensor, whatever library it comes from. */
export type TensorOperation =
  | "abs"
  | "square"
  | "power"
  | "sqrt"
  | "sum"
  | "mean"
  | "norm"
  | "global norm"
  | "dot"
  | "half square"
  | "join"
  /** Another view or copy of the same entries. */
  | "same"
  /** The same entries, cut off from the gradient. */
  | "cut"
  | "map"
  | "fold"
  | "leaves";

/** A call as an operation on its first operand. */
export interface OperationCall {
  readonly operation: TensorOperation;
  readonly name: string;
  readonly operand: Expression;
  readonly call: CallExpression;
  /** How many positional arguments stand for the operand: 0 for methods. */
  readonly offset: 0 | 1;
}

const words = (text: string): readonly string[] => text.split(" ");

const BY_NAME = new Map<string, TensorOperation>(
  (
    [
      ["abs", words("abs absolute fabs abs_")],
      ["square", words("square")],
      ["power", words("pow power float_power pow_")],
      ["sqrt", words("sqrt")],
      ["sum", words("sum reduce_sum add_n fsum nansum")],
      ["mean", words("mean reduce_mean average nanmean")],
      ["norm", words("norm vector_norm matrix_norm")],
      ["global norm", words("global_norm")],
      ["dot", words("dot vdot inner matmul mm mv")],
      ["half square", words("l2_loss")],
      ["join", words("cat concat concatenate stack hstack vstack parameters_to_vector")],
      [
        "same",
        words(
          "view reshape flatten ravel to cuda cpu float double half type contiguous clone squeeze unsqueeze transpose t copy asarray array cast convert_to_tensor as_tensor squeeze_ type_as view_as astype requires_grad_ list tuple sorted reversed enumerate filter abs_view values items read",
        ),
      ],
      ["cut", words("detach item numpy tolist stop_gradient tensor detach_ get_value")],
      ["map", words("map tree_map tree_util_map")],
      ["fold", words("reduce tree_reduce")],
      ["leaves", words("leaves tree_leaves flatten_pytree ravel_pytree tree_flatten")],
    ] satisfies readonly (readonly [TensorOperation, readonly string[]])[]
  ).flatMap(([operation, names]) => names.map((name) => [name, operation] as const)),
);

const LIBRARY =
  /^(?:numpy|torch|jax|tensorflow|keras|cupy|autograd\.numpy|scipy\.linalg|optax|math|functools|mxnet|paddle|mlx)\./;
const BUILT_IN = new Set("abs sum map pow list tuple sorted reversed enumerate float".split(" "));
/** Names that mean something else as a method, or as a function of a library. */
const METHODS_ONLY = new Set(
  "read view to cuda cpu float double half type contiguous clone t detach item numpy tolist values items view_as type_as astype detach_ requires_grad_".split(
    " ",
  ),
);
const FUNCTIONS_ONLY = new Set(
  "map fold reduce tree_map leaves tree_leaves list tuple sorted reversed enumerate filter tensor cat concat stack concatenate hstack vstack l2_loss add_n asarray array as_tensor convert_to_tensor tree_reduce fsum".split(
    " ",
  ),
);

/** The operation of a call; `undefined` for calls of other functions. */
export function operationCall(
  call: CallExpression,
  program: PythonProgram,
): OperationCall | undefined {
  const { callee } = call;
  const qualifiedName = program.qualifiedName(callee);
  if (qualifiedName !== undefined) return libraryCall(call, qualifiedName);
  if (callee.kind === "name") {
    const isBuiltIn = BUILT_IN.has(callee.id) && program.isUnbound(callee);
    return isBuiltIn || callee.id === "filter" ? builtInCall(call, callee.id) : undefined;
  }
  if (callee.kind !== "attribute" || FUNCTIONS_ONLY.has(callee.attribute)) return undefined;
  const operation = BY_NAME.get(callee.attribute);
  if (operation === undefined) return undefined;
  const name = `.${callee.attribute}()`;
  return { operation, name, operand: callee.value, call, offset: 0 };
}

function builtInCall(call: CallExpression, id: string): OperationCall | undefined {
  const operation = id === "float" ? "cut" : BY_NAME.get(id);
  // `filter(test, parameters)`
  const operand = call.arguments[id === "filter" ? 1 : 0]?.value;
  if (operation === undefined || operand === undefined) return undefined;
  return { operation, name: `${id}()`, operand, call, offset: 1 };
}

function libraryCall(call: CallExpression, qualifiedName: string): OperationCall | undefined {
  const last = qualifiedName.slice(qualifiedName.lastIndexOf(".") + 1);
  if (!LIBRARY.test(qualifiedName) || METHODS_ONLY.has(last)) return undefined;
  // A tensor made of arrays of NumPy is no longer part of the graph; one of NumPy never was.
  const isCopy = last === "tensor" && !qualifiedName.startsWith("torch.");
  const isTree = qualifiedName.startsWith("jax.tree.");
  const operation = isTree && last === "reduce" ? "fold" : BY_NAME.get(last);
  const operand = call.arguments[0];
  if (operation === undefined || isCopy || operand === undefined) return undefined;
  if (operand.name !== undefined && !/^(?:input|x|a|tensor|input_tensor)$/.test(operand.name)) {
    return undefined;
  }
  const shown = last === "tensor" ? "torch.tensor()" : `${last}()`;
  return { operation, name: shown, operand: operand.value, call, offset: 1 };
}

/** True where a reduction leaves an axis: sums of rows, norms of columns. */
export function leavesAxis({ call, offset, operation }: OperationCall): boolean {
  const named = ["axis", "dim", "keepdim", "keepdims"].some(
    (name) => argumentOf(call, name) !== undefined,
  );
  const position = operation === "norm" ? offset + 1 : offset;
  const positional = call.arguments[position];
  const isPlain = positional !== undefined && positional.name === undefined;
  const axis = argumentOf(call, "axis")?.value ?? argumentOf(call, "dim")?.value;
  const isAll = axis?.kind === "constant" && axis.value === null;
  return !isAll && (named || (isPlain && operation !== "dot"));
}

/** The order of a norm: 2 by default, `undefined` where it is not a number in sight. */
export function normOrder(
  { call, offset }: OperationCall,
  program: PythonProgram,
): number | undefined {
  const argument =
    argumentOf(call, "ord") ?? argumentOf(call, "p") ?? argumentOf(call, "p", offset);
  if (argument === undefined) {
    return call.arguments.some(({ splat }) => splat !== "none") ? undefined : 2;
  }
  const { value } = argument;
  if (value.kind === "string") return /^(?:fro|euclidean)$/.test(value.value ?? "") ? 2 : undefined;
  if (value.kind === "constant" && value.value === null) return 2;
  return constantNumber(value, program);
}

/** The exponent of `pow(x, 2)`. */
export function exponentOf(
  { call, offset }: OperationCall,
  program: PythonProgram,
): number | undefined {
  const argument = argumentOf(call, "exponent", offset) ?? argumentOf(call, "y", offset);
  return argument === undefined ? undefined : constantNumber(argument.value, program);
}
