import { isNormClass } from "../semantics/layer-parameters.ts";
import type { CallExpression, Expression } from "../syntax/python/ast.ts";
import { type Called, calledBy, returnedBy } from "./called-definitions.ts";
import { classWithBases, type LayerPlace, selfClass } from "./class-bases.ts";
import { classMembers } from "./class-members.ts";
import { addedTo, itemsOfCall } from "./container-items.ts";
import type { MadeModule } from "./made-module.ts";
import { matchesName } from "./name-pattern.ts";
import { valuesOfName } from "./placed-values.ts";
import { beyond, newTrail } from "./trail.ts";

/** Methods that give the module itself. */
const MOVES =
  /^(?:to|cuda|cpu|float|double|half|bfloat16|train|eval|type|requires_grad_|share_memory|apply|to_empty)$/;
/** Functions of libraries that give their first argument, changed or not. */
const WRAPPERS =
  /^(?:torch\.nn\.(?:DataParallel|parallel\.\w+|SyncBatchNorm\.convert_sync_batchnorm|utils\.(?:\w+\.)*(?:weight_norm|spectral_norm|skip_init|orthogonal))|torch\.(?:compile|jit\.\w+)|copy\.(?:deep)?copy|torch\.ao\.\w+\.\w+|keras\.layers\.(?:TimeDistributed|SpectralNormalization))$/;
const CONTAINERS =
  /^(?:torch\.nn\.(?:Sequential|ModuleList|ModuleDict|ParameterList|ParameterDict)|keras(?:\.models)?\.Sequential)$/;
const PARAMETERS =
  /^torch\.(?:nn\.(?:parameter\.)?(?:Uninitialized)?(?:Parameter|Buffer)|zeros|ones|empty|rand|randn|tensor|arange|full|eye|linspace|as_tensor|from_numpy|zeros_like|ones_like|randint|stack|cat)$/;
/** Calls that make no module. */
const NO_MODULES =
  /^(?:int|float|bool|str|len|range|max|min|sum|abs|list|dict|tuple|set|round|open|print|sorted|zip|enumerate|isinstance|getenv)$|^(?:numpy|math|os|sys|logging|time|random|pathlib|json|collections|typing|re|torch\.(?!nn\.|hub\.|compile|jit))\b/;

/** What an expression makes, all that it may make where there are branches. */
export function madeBy(
  node: Expression,
  place: LayerPlace,
  trail = newTrail(),
): readonly MadeModule[] {
  const unknown: MadeModule = { kind: "unknown", span: node.span, home: place.home };
  const further = beyond(trail, node);
  if (further === undefined) return [unknown];
  const next = (value: Expression, there: LayerPlace = place) => madeBy(value, there, further);
  switch (node.kind) {
    case "name":
      return ofName(node, place, next) ?? [unknown];
    case "attribute":
      return ofAttribute(node, place, next) ?? [unknown];
    case "subscript":
      return isSettings(node.value) ? [] : [unknown];
    case "conditional":
      return [...next(node.then), ...next(node.otherwise)];
    case "boolean":
      return [...next(node.left), ...next(node.right)];
    case "named":
      return next(node.value);
    case "call":
      return ofCall(node, place, next) ?? [unknown];
    case "list":
    case "tuple":
    case "dict":
    case "comprehension":
      // Python's own lists register nothing.
      return [];
    default:
      return [];
  }
}

type Next = (value: Expression, there?: LayerPlace) => readonly MadeModule[];

function ofName(
  node: Extract<Expression, { kind: "name" }>,
  place: LayerPlace,
  next: Next,
): readonly MadeModule[] | undefined {
  const values = valuesOfName(node, place);
  if (values.length === 0) return isSettings(node) ? [] : undefined;
  return values.flatMap((value) =>
    next(value.value, value.place).map((made) =>
      made.kind === "container" && value.place === place
        ? { ...made, items: [...made.items, ...addedTo(node.id, place)] }
        : made,
    ),
  );
}

/** Names of what holds settings, and no module. */
const SETTINGS = /^(?:args?|cfg|conf|config|configs|hparams|opts?|options|settings|params|kwargs)$/;

function isSettings(node: Expression): boolean {
  if (node.kind === "name") return SETTINGS.test(node.id);
  if (node.kind === "attribute") return SETTINGS.test(node.attribute) || isSettings(node.value);
  return node.kind === "subscript" && isSettings(node.value);
}

/** `self.encoder`, of the same class. */
function ofAttribute(
  node: Extract<Expression, { kind: "attribute" }>,
  place: LayerPlace,
  next: Next,
): readonly MadeModule[] | undefined {
  if (isSettings(node.value)) return [];
  const isOwn = node.value.kind === "name" && node.value.id === "self";
  const self = isOwn ? selfClass(place) : undefined;
  if (self === undefined) return undefined;
  const members = classWithBases(self.owner, self.place).flatMap(classMembers);
  const found = members.filter(({ name }) => matchesName(name, node.attribute));
  return found.length === 0 ? undefined : found.flatMap(({ item }) => next(item.value, item.place));
}

function ofCall(
  call: CallExpression,
  place: LayerPlace,
  next: Next,
): readonly MadeModule[] | undefined {
  const { callee } = call;
  const [first] = call.arguments;
  if (callee.kind === "attribute" && MOVES.test(callee.attribute)) {
    const name = place.home.program.qualifiedName(callee);
    if (name === undefined) return next(callee.value);
  }
  const called = calledBy(callee, place);
  if (called.length === 0) return unresolved(call, place);
  return called.flatMap((one): readonly MadeModule[] => {
    if (one.kind === "library" && WRAPPERS.test(one.name)) {
      return first === undefined ? [] : next(first.value);
    }
    return ofCalled(one, call, place, next);
  });
}

/** A norm that nothing imports is one by its name; methods and closures may make anything. */
function unresolved(call: CallExpression, place: LayerPlace): readonly MadeModule[] | undefined {
  const { callee, span } = call;
  const { home } = place;
  if (callee.kind !== "name") return undefined;
  if (NO_MODULES.test(callee.id)) return [];
  return isNormClass(callee.id)
    ? [{ kind: "layer", className: callee.id, call, place, span, home }]
    : undefined;
}

function ofCalled(
  called: Called,
  call: CallExpression,
  place: LayerPlace,
  next: Next,
): readonly MadeModule[] {
  const { home } = place;
  const { span } = call;
  const given = { call, place };
  switch (called.kind) {
    case "class":
      return [
        { kind: "class", owner: called.owner, place: { ...called.place, given }, span, home },
      ];
    case "function": {
      const values = returnedBy(called.made);
      const made = values.flatMap((value) => next(value, { ...called.place, given }));
      return made.length === 0 ? [{ kind: "unknown", span, home }] : made;
    }
    case "lambda":
      return next(called.made.body, called.place);
    case "library":
      return ofLibrary(called.name, call, place);
  }
}

function ofLibrary(name: string, call: CallExpression, place: LayerPlace): readonly MadeModule[] {
  const { home } = place;
  const { span } = call;
  if (CONTAINERS.test(name)) {
    return [{ kind: "container", items: itemsOfCall(call, place), span, home }];
  }
  if (PARAMETERS.test(name)) return [{ kind: "parameter", span, home }];
  if (NO_MODULES.test(name)) return [];
  return [{ kind: "layer", className: name, call, place, span, home }];
}
