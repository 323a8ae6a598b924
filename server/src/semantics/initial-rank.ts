import type { Expression } from "../syntax/python/ast.ts";
import type { Place } from "./model-origin.ts";

const FILLED = /^torch\.(?:zeros|ones|empty|rand|randn|full)$/;
const SAME = /^torch\.nn\.init\.\w+$/;
const UNARY = /^torch\.(?:log|exp|sqrt|abs|neg)$/;
const METHODS = new Set([
  "log",
  "exp",
  "sqrt",
  "float",
  "clone",
  "detach",
  "contiguous",
  "normal_",
]);

/** Number of dimensions of the tensor that a parameter starts from; `undefined` where unknown. */
export function initialRank(node: Expression | undefined, place: Place): number | undefined {
  if (node === undefined) return undefined;
  const next = (inner: Expression | undefined) => initialRank(inner, place);
  switch (node.kind) {
    case "number":
      return 0;
    case "unary":
      return next(node.operand);
    case "binary":
      return broadcast(next(node.left), next(node.right));
    case "name": {
      const definition = place.home.program.definition(node);
      return definition?.kind === "assigned" ? next(definition.value) : undefined;
    }
    case "call":
      return ofCall(node, place);
    default:
      return undefined;
  }
}

const broadcast = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : Math.max(a, b);

function ofCall(call: Extract<Expression, { kind: "call" }>, place: Place): number | undefined {
  const name = place.home.program.qualifiedName(call.callee);
  const positional = call.arguments.filter(
    ({ name: key, splat }) => key === undefined && splat === "none",
  );
  const [first] = positional;
  if (name === "torch.tensor" || name === "torch.as_tensor" || name === "torch.FloatTensor") {
    return nesting(first?.value, place);
  }
  if (name === "numpy.log" || name === "math.log") return 0;
  if (name !== undefined && FILLED.test(name)) return ofShape(call, name);
  if (name !== undefined && (SAME.test(name) || UNARY.test(name))) {
    return initialRank(first?.value, place);
  }
  const { callee } = call;
  return callee.kind === "attribute" && METHODS.has(callee.attribute)
    ? initialRank(callee.value, place)
    : undefined;
}

/** `torch.ones([])` and `torch.ones(())` are scalars, `torch.ones(1, d)` has two dimensions. */
function ofShape(call: Extract<Expression, { kind: "call" }>, name: string): number | undefined {
  const shape = call.arguments.filter(({ name: key }) => key === undefined || key === "size");
  if (shape.some(({ splat }) => splat !== "none")) return undefined;
  const [first] = shape;
  if (first?.value.kind === "list" || first?.value.kind === "tuple") {
    return first.value.elements.length;
  }
  return name === "torch.full" || first === undefined || isShape(first.value)
    ? undefined
    : shape.length;
}

const isShape = (node: Expression) =>
  (node.kind === "attribute" && node.attribute === "shape") ||
  (node.kind === "name" && /shape|size$/.test(node.id)) ||
  (node.kind === "call" && node.callee.kind === "attribute" && node.callee.attribute === "size");

function nesting(node: Expression | undefined, place: Place): number | undefined {
  if (node?.kind === "list" || node?.kind === "tuple") {
    const inner = nesting(node.elements[0], place);
    return inner === undefined ? undefined : inner + 1;
  }
  if (node?.kind === "number") return 0;
  if (node?.kind === "unary" || node?.kind === "binary") return 0;
  if (node?.kind === "call") return initialRank(node, place);
  // `torch.tensor(init)` of a name is nearly always a number, but only nearly.
  return undefined;
}
