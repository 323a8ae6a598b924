import type { CallExpression, Expression } from "../syntax/python/ast.ts";
import type { Ir } from "./ir.ts";

/** Sizes that code states for an array; `undefined` entries are stated by no literal. */
export type DeclaredShape = readonly (number | undefined)[];

/** Functions that make an array of a shape, with the place of the shape among their arguments. */
const MAKERS: Readonly<Record<string, "first" | "all" | "size">> = {
  zeros: "first",
  ones: "first",
  empty: "first",
  full: "first",
  randn: "all",
  rand: "all",
  "random.randn": "all",
  "random.rand": "all",
  "random.random": "first",
  "random.normal": "size",
  "random.uniform": "size",
  normal: "size",
};

/** Shape of the array that a call of the library's `name` makes, as far as its arguments say. */
export function shapeMadeBy(name: string, call: CallExpression): DeclaredShape | undefined {
  if (!Object.hasOwn(MAKERS, name)) return undefined;
  const positional = call.arguments
    .filter((argument) => argument.name === undefined)
    .map(({ value }) => value);
  const named = (wanted: string) =>
    call.arguments.find((argument) => argument.name === wanted)?.value;
  if (call.arguments.some(({ splat }) => splat !== "none")) return undefined;
  switch (MAKERS[name]) {
    case "all":
      return positional.map(lengthOf);
    case "first": {
      const [shape, second] = positional;
      if (second?.kind === "number" && name !== "full") return positional.map(lengthOf);
      return shapeArgument(shape ?? named("shape") ?? named("size"));
    }
    default:
      return shapeArgument(named("size") ?? positional[2]);
  }
}

/** Shape of an expression from what the definitions of its symbols state, nothing guessed. */
export function declaredShapeOf(ir: Ir): DeclaredShape | undefined {
  switch (ir.kind) {
    case "number":
    case "size":
      return [];
    case "symbol":
      return ir.declaredShape;
    case "unary":
      return ir.operator === "transpose"
        ? declaredShapeOf(ir.operand)?.toReversed()
        : declaredShapeOf(ir.operand);
    case "binary": {
      if (ir.operator === "@" || ir.operator === "dot") return undefined;
      const left = declaredShapeOf(ir.left);
      const right = declaredShapeOf(ir.right);
      if (left === undefined || right === undefined) return undefined;
      return left.length >= right.length ? left : right;
    }
    default:
      return undefined;
  }
}

const lengthOf = (length: Expression): number | undefined =>
  length.kind === "number" && Number.isInteger(length.value) && length.value > 0
    ? length.value
    : undefined;

function shapeArgument(shape: Expression | undefined): DeclaredShape | undefined {
  if (shape === undefined) return undefined;
  if (shape.kind === "tuple" || shape.kind === "list") {
    return shape.elements.some(({ kind }) => kind === "starred")
      ? undefined
      : shape.elements.map(lengthOf);
  }
  if (shape.kind === "number") return [lengthOf(shape)];
  // `zeros(n)` and `zeros(X.shape[1])` make a vector; `zeros(X.shape)` and `zeros(shape)` need not.
  if (shape.kind === "subscript" || shape.kind === "binary") return [undefined];
  if (shape.kind === "name" && !/shape|size|dims/i.test(shape.id)) return [undefined];
  return undefined;
}
