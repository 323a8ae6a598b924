import type {
  AttributeExpression,
  CallExpression,
  ClassStatement,
  Expression,
} from "../syntax/python/ast.ts";
import { calledFunction, resultsOf } from "./called-function.ts";
import { ownAttributes } from "./model-view.ts";
import { lastName } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** Whether the rows of an array have length 1, as far as its making is in sight. */
export type FeatureNorm = "unit" | "free" | "unknown";

const MOST_STEPS = 10;
const NORMALIZERS = /^(?:(?:l2_?)?normalize|l2_?norm|l2norm|unit_?norm\w*|normalise|safe_norm)$/i;
const SAME = new Set(["float", "to", "cuda", "contiguous", "squeeze", "view", "reshape", "half"]);
/** Layers whose output may have any length. */
const FREE =
  /^torch\.nn\.(?:Linear|LazyLinear|ReLU|GELU|Tanh|SiLU|Dropout|Identity|Embedding|Conv[123]d|Flatten)$/;

interface Place {
  readonly program: PythonProgram;
  /** The class around, which tells what `self` is. */
  readonly owner: ClassStatement | undefined;
}

/** How the rows of an expression are normalised. */
export function featureNorm(node: Expression, place: Place, steps = MOST_STEPS): FeatureNorm {
  if (steps === 0) return "unknown";
  switch (node.kind) {
    case "name": {
      const definition = place.program.definition(node);
      return definition?.kind === "assigned"
        ? featureNorm(definition.value, place, steps - 1)
        : "unknown";
    }
    case "binary":
      return node.operator === "/" && holdsNorm(node.right, place.program) ? "unit" : "unknown";
    case "call":
      return ofCall(node, place, steps);
    default:
      return "unknown";
  }
}

/** `x.norm(dim=-1)`, `torch.linalg.norm(x)`, `np.sqrt(…)`, also under a name. */
function holdsNorm(node: Expression, program: PythonProgram): boolean {
  if (node.kind === "name") {
    const definition = program.definition(node);
    if (definition?.kind === "assigned") return holdsNorm(definition.value, program);
    return /norm/i.test(node.id);
  }
  if (node.kind === "binary")
    return holdsNorm(node.left, program) || holdsNorm(node.right, program);
  if (node.kind !== "call") return false;
  if (/norm|sqrt/.test(lastName(node.callee) ?? "")) return true;
  return node.callee.kind === "attribute" && holdsNorm(node.callee.value, program);
}

function ofCall(call: CallExpression, place: Place, steps: number): FeatureNorm {
  const { callee } = call;
  const name = lastName(callee) ?? "";
  if (NORMALIZERS.test(name)) return "unit";
  if (callee.kind !== "attribute") return ofFunction(call, place, steps);
  if (!isSelf(callee.value)) return ofMethod(call, callee, place, steps);
  const module = moduleOf(name, place);
  return module === undefined ? ofFunction(call, place, steps) : ofModule(module, place, steps);
}

function ofMethod(
  call: CallExpression,
  { value, attribute }: AttributeExpression,
  place: Place,
  steps: number,
): FeatureNorm {
  if (SAME.has(attribute)) return featureNorm(value, place, steps - 1);
  const divisor = /^div(?:_|ide)?$/.test(attribute) ? call.arguments[0]?.value : undefined;
  return divisor !== undefined && holdsNorm(divisor, place.program) ? "unit" : "unknown";
}

/** What a function or a method of the same object returns, where it returns in one place. */
function ofFunction(call: CallExpression, place: Place, steps: number): FeatureNorm {
  const called = calledFunction(call, place.owner, place.program);
  const results = called === undefined ? [] : resultsOf(called.function, place.program);
  const [only, ...others] = results;
  return only === undefined || others.length > 0
    ? "unknown"
    : featureNorm(only.value, place, steps - 1);
}

const isSelf = (node: Expression): boolean => node.kind === "name" && node.id === "self";

/** The call that builds the layer `self.name`. */
function moduleOf(name: string, { owner }: Place): CallExpression | undefined {
  const values = owner === undefined ? [] : ownAttributes(owner);
  const [only, ...others] = values.filter((attribute) => attribute.name === name);
  return others.length === 0 && only?.value.kind === "call" ? only.value : undefined;
}

/** Length of the rows that a layer gives. */
function ofModule(build: CallExpression, place: Place, steps: number): FeatureNorm {
  const { program } = place;
  const qualifiedName = program.qualifiedName(build.callee);
  if (qualifiedName === "torch.nn.Sequential") {
    const last = build.arguments.at(-1);
    return last?.splat === "none" && last.value.kind === "call"
      ? ofModule(last.value, place, steps - 1)
      : "unknown";
  }
  if (qualifiedName !== undefined) return FREE.test(qualifiedName) ? "free" : "unknown";
  const definition = build.callee.kind === "name" ? program.definition(build.callee) : undefined;
  const owner = definition?.kind === "defined" ? definition.statement : undefined;
  if (owner?.kind !== "class" || steps <= 1) return "unknown";
  const forward = owner.body.find(
    (statement) => statement.kind === "function" && statement.name === "forward",
  );
  const [only, ...others] = forward?.kind === "function" ? resultsOf(forward, program) : [];
  return only === undefined || others.length > 0
    ? "unknown"
    : featureNorm(only.value, { program, owner }, steps - 1);
}
