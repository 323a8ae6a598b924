import type { Span } from "../../../core/protocol/span.ts";
import type { Home } from "../project/imported-definition.ts";
import type { Argument, CallExpression, ClassStatement, Expression } from "../syntax/python/ast.ts";
import { argumentOf } from "./call-arguments.ts";
import { initialRank } from "./initial-rank.ts";
import { isNormClass, layerParameters, type ParameterRole } from "./layer-parameters.ts";
import { libraryModelParameters } from "./library-models.ts";
import { inside, type ModelOrigin, modelOrigin, ownerOf, type Place } from "./model-origin.ts";
import { ownAttributes } from "./model-view.ts";

/** A tensor that a model trains. */
export interface ModelParameter {
  /** From the model down, `*` for an index: `blocks.*.norm.weight`. */
  readonly name: string;
  /** Number of dimensions, where the code tells it. */
  readonly rank: number | undefined;
  /** `free` for an `nn.Parameter` of the model's own. */
  readonly role: ParameterRole;
  /** Class of its layer, fully qualified for libraries; of its owner for a free one. */
  readonly layer: string;
  /** What builds it, in the document of `home`. */
  readonly span: Span;
  readonly home: Home;
}

/** How deep modules are followed into each other. */
const MAX_DEPTH = 24;
/** Bases upon bases that are looked at. */
const MOST_BASES = 6;
/** A model of more parts tells nothing more. */
const MOST_PARAMETERS = 2000;

interface Context {
  readonly found: ModelParameter[];
  readonly classes: Set<ClassStatement>;
  readonly homes: Map<ClassStatement, Home>;
}

export interface ModelParts {
  /** All that are in sight; there may be more. */
  readonly parameters: readonly ModelParameter[];
  /** The classes that the model is made of, each with its document. */
  readonly classes: readonly { readonly owner: ClassStatement; readonly home: Home }[];
}

/** The parameters of a model, as far as the workspace shows its parts. */
export function modelParts(origin: ModelOrigin): ModelParts {
  const context: Context = { found: [], classes: new Set(), homes: new Map() };
  walkOrigin(origin, origin.prefix, context, MAX_DEPTH);
  const classes = [...context.homes].map(([owner, home]) => ({ owner, home }));
  return { parameters: context.found, classes };
}

function walkOrigin(origin: ModelOrigin, prefix: string, context: Context, depth: number): void {
  if (depth === 0 || context.found.length > MOST_PARAMETERS) return;
  if (origin.kind === "class") walkClass(origin.owner, origin.place, prefix, context, depth);
  else walkLibraryCall(origin.call, origin.className, origin.place, prefix, context, depth);
}

/** A module that stands as a value: `nn.Linear(…)`, `[Block() for …]`, `layers`. */
function walkValue(
  node: Expression,
  place: Place,
  prefix: string,
  context: Context,
  depth: number,
): void {
  if (depth === 0 || context.found.length > MOST_PARAMETERS) return;
  const next = (value: Expression, path: string) =>
    walkValue(value, place, path, context, depth - 1);
  if (node.kind === "conditional") {
    next(node.then, prefix);
    next(node.otherwise, prefix);
    return;
  }
  if (node.kind === "call") {
    const name = placeholderClass(node, place);
    if (name !== undefined) {
      walkLibraryCall(node, name, place, prefix, context, depth);
      return;
    }
  }
  const origin = modelOrigin(node, place);
  if (origin !== undefined) walkOrigin(origin, prefix + origin.prefix, context, depth - 1);
}

/** The class of `norm_layer(dim)`, by the default of that parameter, and of a norm that nothing imports. */
function placeholderClass(call: CallExpression, { home, around }: Place): string | undefined {
  const { callee } = call;
  const isOpen = callee.kind === "name" && home.program.isUnbound(callee);
  if (isOpen && isNormClass(callee.id)) return home.program.qualifiedName(callee) ?? callee.id;
  if (callee.kind !== "name" || !/^norm(?:_layer|_cls|_class)?$/.test(callee.id)) return undefined;
  const definition = home.program.definition(callee);
  if (definition !== undefined && definition.kind !== "parameter") return undefined;
  const method = around.at(-1);
  const parameters = method?.kind === "function" ? method.parameters : [];
  const given = parameters.find(({ name }) => name === callee.id)?.default;
  const name = given === undefined ? undefined : home.program.qualifiedName(given);
  return name !== undefined && isNormClass(name) ? name : undefined;
}

const PARAMETER = /^torch\.nn\.(?:parameter\.)?Parameter$/;
const CONTAINERS =
  /^(?:torch\.nn|keras(?:\.models)?|flax\.linen)\.(?:Sequential|ModuleList|ModuleDict)$/;

function walkLibraryCall(
  call: CallExpression,
  className: string,
  place: Place,
  prefix: string,
  context: Context,
  depth: number,
): void {
  const { home } = place;
  if (CONTAINERS.test(className)) {
    walkItems(call.arguments, place, prefix, context, depth);
    return;
  }
  if (PARAMETER.test(className)) {
    if (isFrozen(call)) return;
    const rank = initialRank(call.arguments[0]?.value, place);
    const owner = ownerOf(place.around)?.name ?? "";
    const role = isNormClass(owner) ? "norm" : "free";
    const name = prefix.replace(/\.$/, "");
    context.found.push({ name, rank, role, layer: owner, span: call.span, home });
    return;
  }
  const library = libraryModelParameters(className, call);
  for (const part of library ?? layerParameters(className, call) ?? []) {
    context.found.push({
      layer: className,
      ...part,
      name: prefix + part.name,
      span: call.span,
      home,
    });
  }
}

/** `nn.Parameter(…, requires_grad=False)` */
function isFrozen(call: CallExpression): boolean {
  const value = argumentOf(call, "requires_grad", 1)?.value;
  return value?.kind === "constant" && value.value === false;
}

/** Elements of a container: `Sequential(a, b)`, `ModuleList([a for …])`, `OrderedDict([("a", a)])`. */
function walkItems(
  items: readonly Argument[],
  place: Place,
  prefix: string,
  context: Context,
  depth: number,
): void {
  const next = (value: Expression, name: string) =>
    walkValue(value, place, `${prefix}${name}.`, context, depth - 1);
  for (const [index, { value, splat }] of items.entries()) {
    const list = elementsOf(value, place);
    if (list !== undefined) for (const item of list) next(item.value, item.name);
    else if (splat === "none") next(value, String(index));
  }
}

interface Element {
  readonly name: string;
  readonly value: Expression;
}

/** What a list, dict or comprehension of modules holds, with the names that they get. */
function elementsOf(node: Expression, place: Place): readonly Element[] | undefined {
  switch (node.kind) {
    case "list":
    case "tuple":
      return node.elements.map((value, index) => pairOf(value) ?? { name: String(index), value });
    case "comprehension":
      return [{ name: "*", value: node.element }];
    case "dict":
      return node.entries.map(({ key, value }) => ({ name: textOf(key) ?? "*", value }));
    case "call": {
      const [only] = node.arguments;
      const isDict = /(?:^|\.)(?:OrderedDict|dict|list|tuple)$/.test(
        place.home.program.qualifiedName(node.callee) ??
          (node.callee.kind === "name" ? node.callee.id : ""),
      );
      if (!isDict) return undefined;
      if (only?.name === undefined && only !== undefined) return elementsOf(only.value, place);
      return node.arguments.map(({ name = "*", value }) => ({ name, value }));
    }
    case "name": {
      const definition = place.home.program.definition(node);
      return definition?.kind === "assigned" ? elementsOf(definition.value, place) : undefined;
    }
    default:
      return undefined;
  }
}

const textOf = (node: Expression | undefined) => (node?.kind === "string" ? node.value : undefined);

/** `("name", module)` */
function pairOf(node: Expression): Element | undefined {
  if (node.kind !== "tuple" || node.elements.length !== 2) return undefined;
  const [key, value] = node.elements;
  const name = textOf(key);
  return name === undefined || value === undefined ? undefined : { name, value };
}

function walkClass(
  owner: ClassStatement,
  place: Place,
  prefix: string,
  context: Context,
  depth: number,
): void {
  // A module inside itself would never end.
  if (context.classes.has(owner)) return;
  context.classes.add(owner);
  context.homes.set(owner, place.home);
  for (const base of baseClasses(owner, place)) {
    walkClass(base.owner, base.place, prefix, context, depth - 1);
  }
  for (const { name, value } of ownAttributes(owner)) {
    walkValue(value, inside(owner, place, value), `${prefix}${name}.`, context, depth - 1);
  }
  context.classes.delete(owner);
}

type ClassOrigin = Extract<ModelOrigin, { kind: "class" }>;

/** A class and the bases of it that the workspace defines, its own first. */
export function modelClasses(
  { owner, place }: ClassOrigin,
  depth = MOST_BASES,
): readonly { readonly owner: ClassStatement; readonly home: Home }[] {
  const own = { owner, home: place.home };
  if (depth === 0) return [own];
  const bases = baseClasses(owner, place).flatMap((base) => modelClasses(base, depth - 1));
  return [own, ...bases];
}

function baseClasses(owner: ClassStatement, { home }: Place): readonly ClassOrigin[] {
  return owner.bases.flatMap(({ value }) => {
    // A base is followed as if it were called: the way to its class is the same.
    const call: CallExpression = {
      kind: "call",
      callee: value,
      arguments: [],
      argumentsSpan: value.span,
      span: value.span,
    };
    const origin = modelOrigin(call, { home, around: [] });
    return origin?.kind === "class" && origin.owner !== owner ? [origin] : [];
  });
}
