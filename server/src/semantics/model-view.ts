import type {
  CallExpression,
  ClassStatement,
  Expression,
  FunctionStatement,
} from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions, statementsIn } from "../syntax/python/walk.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** What a document shows of a model. */
export type ModelView =
  /** Its class or classes, whose layers are all in sight. */
  | { readonly kind: "classes"; readonly classes: readonly ClassStatement[] }
  /** Built in place, as by `nn.Sequential(…)`, or by a function of the document. */
  | { readonly kind: "built"; readonly call: CallExpression }
  /** A name that the document does not bind at all. */
  | { readonly kind: "unbound" }
  /** Made elsewhere, wholly or in part. */
  | { readonly kind: "unknown" };

type Around = readonly (FunctionStatement | ClassStatement)[];

const UNKNOWN: ModelView = { kind: "unknown" };
/** How many names, moves and wrappers are followed from an optimizer to a class. */
const MAX_STEPS = 8;

/** Methods that return the model itself. */
const MOVES = new Set(["to", "cuda", "cpu", "float", "double", "half", "train", "eval", "type"]);
/** Functions that return their first argument in another form. */
const WRAPPERS = new Set([
  "torch.nn.DataParallel",
  "torch.nn.parallel.DistributedDataParallel",
  "torch.compile",
  "torch.jit.script",
]);

const MODEL_CALL = /^(?:torch\.nn\.[A-Z]|keras\.(?:models\.|layers\.)?[A-Z])/;

/** The model that an expression stands for; `around` tells what `self` is. */
export function modelView(
  node: Expression,
  around: Around,
  program: PythonProgram,
  steps = MAX_STEPS,
): ModelView {
  if (steps === 0) return UNKNOWN;
  const next = (value: Expression) => modelView(value, around, program, steps - 1);
  switch (node.kind) {
    case "name": {
      const definition = program.definition(node);
      if (definition?.kind === "assigned") return next(definition.value);
      if (definition?.kind === "parameter" && node.id === "self")
        return viewOfSelf(around, program);
      return program.isUnbound(node) ? { kind: "unbound" } : UNKNOWN;
    }
    case "attribute": {
      const value = ownAttribute(node, around);
      return value === undefined ? UNKNOWN : next(value);
    }
    case "call":
      return viewOfCall(node, program, next);
    default:
      return UNKNOWN;
  }
}

function viewOfSelf(around: Around, program: PythonProgram): ModelView {
  const owner = around.findLast((scope): scope is ClassStatement => scope.kind === "class");
  return owner === undefined ? UNKNOWN : classView(owner, program);
}

/** The only value that the class around gives to `self.x`. */
function ownAttribute(node: Expression, around: Around): Expression | undefined {
  const owner = around.findLast((scope): scope is ClassStatement => scope.kind === "class");
  if (owner === undefined || node.kind !== "attribute") return undefined;
  if (node.value.kind !== "name" || node.value.id !== "self") return undefined;
  const values = ownAttributes(owner).filter(({ name }) => name === node.attribute);
  return values.length === 1 ? values[0]?.value : undefined;
}

/** `self.name = value` in any method of a class. */
export function ownAttributes(
  owner: ClassStatement,
): { readonly name: string; readonly value: Expression }[] {
  return [...statementsIn(owner.body)].flatMap((statement) => {
    if (statement.kind !== "assign" || statement.value === undefined) return [];
    const { value } = statement;
    return statement.targets.flatMap((target) =>
      target.kind === "attribute" && target.value.kind === "name" && target.value.id === "self"
        ? [{ name: target.attribute, value }]
        : [],
    );
  });
}

function viewOfCall(
  call: CallExpression,
  program: PythonProgram,
  next: (value: Expression) => ModelView,
): ModelView {
  const qualifiedName = program.qualifiedName(call.callee);
  const [first] = call.arguments;
  if (qualifiedName === undefined) return viewOfLocalCall(call, program, next);
  if (WRAPPERS.has(qualifiedName)) return first === undefined ? UNKNOWN : next(first.value);
  const isBuilt = MODEL_CALL.test(qualifiedName) && !hasForeignPart(call, program);
  return isBuilt ? { kind: "built", call } : UNKNOWN;
}

/** `net.to(device)`, `Net(…)` or `build_net(…)`. */
function viewOfLocalCall(
  call: CallExpression,
  program: PythonProgram,
  next: (value: Expression) => ModelView,
): ModelView {
  const { callee } = call;
  if (callee.kind === "attribute") {
    return MOVES.has(callee.attribute) ? next(callee.value) : UNKNOWN;
  }
  const definition = callee.kind === "name" ? program.definition(callee) : undefined;
  if (definition?.kind !== "defined") return UNKNOWN;
  const { statement } = definition;
  if (statement.kind === "class") return classView(statement, program);
  return statement.kind === "function" ? { kind: "built", call } : UNKNOWN;
}

/** Layers that `model.add(…)` puts behind each other. */
function addedParts(model: CallExpression, program: PythonProgram): readonly Expression[] {
  return programIndex(program).calls.flatMap(({ call, name }) => {
    const owner =
      name === "add" && call.callee.kind === "attribute" ? call.callee.value : undefined;
    const definition = owner?.kind === "name" ? program.definition(owner) : undefined;
    const isOfModel = definition?.kind === "assigned" && definition.value === model;
    return isOfModel ? call.arguments.map(({ value }) => value) : [];
  });
}

/** The call that builds a model, and the layers that are added to it. */
export function modelParts(model: CallExpression, program: PythonProgram): readonly Expression[] {
  return [model, ...addedParts(model, program)];
}

/** True where a model is built around something that was made elsewhere, as a pretrained backbone. */
function hasForeignPart(call: CallExpression, program: PythonProgram): boolean {
  const parts = modelParts(call, program).flatMap((part) => [...expressionsIn(part)]);
  return parts.some((node) => {
    if (node === call) return false;
    const definition = node.kind === "name" ? program.definition(node) : undefined;
    const value = definition?.kind === "assigned" ? definition.value : node;
    return value.kind === "call" && originOf(value.callee, program) === "elsewhere";
  });
}

const KNOWN_BASES =
  /^(?:object|torch\.nn\.Module|(?:pytorch_)?lightning(?:\.pytorch)?\.LightningModule|keras\.Model|keras\.models\.Model|keras\.layers\.Layer|flax\.linen\.Module)$/;

/** The class and all classes of the document that it is made of. */
export function classView(start: ClassStatement, program: PythonProgram): ModelView {
  const classes = new Set([start]);
  for (const current of classes) {
    const parts = [...current.bases.map(({ value }) => value), ...partsOf(current)];
    for (const part of parts) {
      const origin = originOf(part, program);
      if (origin === "elsewhere") return UNKNOWN;
      if (origin !== "library") classes.add(origin);
    }
  }
  return { kind: "classes", classes: [...classes] };
}

const BUILT_IN = new Set(
  "abs bool dict enumerate float getattr int isinstance len list map max min range reversed round set sorted str sum super tuple zip".split(
    " ",
  ),
);

/** Callees of the calls that make up the attributes of a model. */
function partsOf(owner: ClassStatement): Expression[] {
  return ownAttributes(owner).flatMap(({ value }) =>
    [...expressionsIn(value)].flatMap((node) => (node.kind === "call" ? [node.callee] : [])),
  );
}

function originOf(
  part: Expression,
  program: PythonProgram,
): ClassStatement | "library" | "elsewhere" {
  const qualifiedName = program.qualifiedName(part);
  if (qualifiedName !== undefined) {
    const isLibrary =
      /^(?:torch\.(?!hub\b)|keras\.(?!applications\b|saving\b|models\.[a-z])|numpy\.|math\.)/.test(
        qualifiedName,
      );
    return isLibrary || KNOWN_BASES.test(qualifiedName) ? "library" : "elsewhere";
  }
  // A method of something in sight.
  if (part.kind !== "name") return "library";
  if (program.isUnbound(part)) return BUILT_IN.has(part.id) ? "library" : "elsewhere";
  const definition = program.definition(part);
  if (definition?.kind !== "defined") return "elsewhere";
  return definition.statement.kind === "class" ? definition.statement : "library";
}

/** Expressions in the bodies of classes or functions. */
export function expressionsOf(
  owners: readonly (ClassStatement | FunctionStatement)[],
): Expression[] {
  return owners.flatMap((owner) =>
    [...statementsIn(owner.body)].flatMap((statement) =>
      ownExpressions(statement).flatMap((root) => [...expressionsIn(root)]),
    ),
  );
}

/** A call that builds a model, or the body of the document's function that it calls. */
function expressionsBuilding(call: CallExpression, program: PythonProgram): Expression[] {
  const definition = call.callee.kind === "name" ? program.definition(call.callee) : undefined;
  const built = definition?.kind === "defined" ? definition.statement : undefined;
  if (built?.kind === "function") return expressionsOf([built]);
  return modelParts(call, program).flatMap((part) => [...expressionsIn(part)]);
}

const WEIGHT_LAYERS =
  /^(?:Linear|LazyLinear|Bilinear|Conv\w*|LazyConv\w*|RNN|LSTM|GRU|MultiheadAttention|Transformer\w*|Dense|SimpleRNN|SeparableConv\w*|DepthwiseConv\w*|Bidirectional)$/;

/** Calls that build layers with weights, in source order; `undefined` where they are not in sight. */
export function weightLayers(
  view: ModelView,
  program: PythonProgram,
): CallExpression[] | undefined {
  if (view.kind === "unbound" || view.kind === "unknown") return undefined;
  const nodes =
    view.kind === "classes" ? expressionsOf(view.classes) : expressionsBuilding(view.call, program);
  const layers = nodes.flatMap((node) => {
    const name = node.kind === "call" ? program.qualifiedName(node.callee) : undefined;
    const isLayer = name !== undefined && /^(?:torch\.nn|keras\.layers)\./.test(name);
    if (node.kind !== "call" || !isLayer) return [];
    return WEIGHT_LAYERS.test(name.slice(name.lastIndexOf(".") + 1)) ? [node] : [];
  });
  return layers.length === 0 ? undefined : layers;
}
