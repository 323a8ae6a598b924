import { type Home, importedDefinition } from "../project/imported-definition.ts";
import type {
  CallExpression,
  ClassStatement,
  Expression,
  FunctionStatement,
  NameExpression,
  Statement,
} from "../syntax/python/ast.ts";
import { statementsIn } from "../syntax/python/walk.ts";
import { argumentOf } from "./call-arguments.ts";
import { ownAttributes } from "./model-view.ts";
import { programIndex } from "./program-index.ts";

/** Where an expression stands: its document, and the functions and classes around it. */
export interface Place {
  readonly home: Home;
  readonly around: readonly (FunctionStatement | ClassStatement)[];
  /** The call that gives the parameters of the innermost function their values, where one is followed. */
  readonly given?: { readonly call: CallExpression; readonly place: Place } | undefined;
}

/** What makes a model. */
export type ModelOrigin = (
  | { readonly kind: "class"; readonly owner: ClassStatement; readonly call?: CallExpression }
  /** A call of a library, as `nn.Sequential(…)` or `resnet18(…)`. */
  | { readonly kind: "call"; readonly call: CallExpression; readonly className: string }
) & {
  readonly place: Place;
  /** What a wrapper puts before the names of the parameters: `module.`. */
  readonly prefix: string;
};

/** How many names, moves and wrappers are followed. */
const MAX_STEPS = 12;

const MOVES = new Set(
  "to cuda cpu float double half bfloat16 train eval type requires_grad_ share_memory apply".split(
    " ",
  ),
);
/** Functions that return their first argument in another form, with what they put before its names. */
const WRAPPERS: Readonly<Record<string, string>> = {
  "torch.nn.DataParallel": "module.",
  "torch.nn.parallel.DistributedDataParallel": "module.",
  "torch.nn.parallel.DataParallel": "module.",
  "torch.compile": "_orig_mod.",
  "torch.jit.script": "",
  "torch.nn.SyncBatchNorm.convert_sync_batchnorm": "",
};

/** What makes the model that an expression stands for; `undefined` where the code does not tell. */
export function modelOrigin(
  node: Expression,
  place: Place,
  steps = MAX_STEPS,
): ModelOrigin | undefined {
  if (steps === 0) return undefined;
  switch (node.kind) {
    case "name":
      return originOfName(node, place, steps);
    case "attribute":
      return originOfAttribute(node, place, steps);
    case "call":
      return originOfCall(node, place, steps);
    default:
      return undefined;
  }
}

function originOfName(node: NameExpression, place: Place, steps: number): ModelOrigin | undefined {
  const { program } = place.home;
  const definition = program.definition(node);
  switch (definition?.kind) {
    case "assigned":
      return modelOrigin(definition.value, place, steps - 1);
    case "parameter":
      if (node.id === "self") return originOfSelf(place);
      return originOfParameter(node.id, place, steps);
    case undefined: {
      const value = onlyValueOf(node.id, place);
      return value === undefined ? undefined : modelOrigin(value, place, steps - 1);
    }
    default:
      return undefined;
  }
}

export const ownerOf = (around: Place["around"]): ClassStatement | undefined =>
  around.findLast((scope): scope is ClassStatement => scope.kind === "class");

function originOfSelf(place: Place): ModelOrigin | undefined {
  const owner = ownerOf(place.around);
  return owner === undefined ? undefined : { kind: "class", owner, place, prefix: "" };
}

/** The argument that the call gives which is followed, else the one that all callers agree on. */
function originOfParameter(id: string, place: Place, steps: number): ModelOrigin | undefined {
  const own = place.around.at(-1);
  if (own?.kind !== "function") return undefined;
  const isMethod = own.parameters[0]?.name === "self";
  const position = own.parameters.findIndex(({ name }) => name === id) - Number(isMethod);
  if (position < 0) return undefined;
  const callers = place.given === undefined ? callersOf(own, place) : [place.given];
  if (callers.length > MOST_CALLERS) return undefined;
  const [first, ...others] = callers.map((caller) => {
    const argument = argumentOf(caller.call, id, position);
    return argument && modelOrigin(argument.value, caller.place, steps - 1);
  });
  return others.every((other) => isSameOrigin(first, other)) ? first : undefined;
}

const isSameOrigin = (a: ModelOrigin | undefined, b: ModelOrigin | undefined): boolean =>
  a?.call !== undefined && a.call === b?.call && a.prefix === b.prefix;

/** `evaluate(net, val)` and `evaluate(net, test)`; what is called more often is a tool of many. */
const MOST_CALLERS = 6;

function callersOf(own: FunctionStatement, place: Place): readonly NonNullable<Place["given"]>[] {
  const { program } = place.home;
  return programIndex(program)
    .calls.filter(({ call, name }) => {
      if (name !== own.name) return false;
      const definition = call.callee.kind === "name" ? program.definition(call.callee) : undefined;
      return definition?.kind === "defined" && definition.statement === own;
    })
    .map(({ call, within }) => ({ call, place: { home: place.home, around: within } }));
}

const isSelfWrap = (value: Expression, id: string): boolean => {
  if (value.kind === "name") return value.id === id;
  if (value.kind === "attribute") return isSelfWrap(value.value, id);
  if (value.kind !== "call") return false;
  const { callee } = value;
  if (callee.kind === "attribute" && MOVES.has(callee.attribute)) {
    return isSelfWrap(callee.value, id);
  }
  return value.arguments.some((argument) => isSelfWrap(argument.value, id));
};

/** The one value that is given to a name of this scope, apart from moves and wrappers of itself. */
function onlyValueOf(id: string, { home, around }: Place): Expression | undefined {
  const scope = around.at(-1);
  const block: readonly Statement[] = scope === undefined ? home.program.module.body : scope.body;
  const values = [...statementsIn(block)].flatMap((statement): Expression[] => {
    if (statement.kind !== "assign" || statement.value === undefined) return [];
    const { value, targets } = statement;
    const isTarget = targets.some((target) => target.kind === "name" && target.id === id);
    return isTarget && !isSelfWrap(value, id) ? [value] : [];
  });
  return values.length === 1 ? values[0] : undefined;
}

function originOfAttribute(
  node: Extract<Expression, { kind: "attribute" }>,
  place: Place,
  steps: number,
): ModelOrigin | undefined {
  const base = modelOrigin(node.value, place, steps - 1);
  if (base === undefined) return undefined;
  if (node.attribute === "module" && base.prefix === "module.") return { ...base, prefix: "" };
  return base.kind === "class" ? originOfOwn(base, node.attribute, steps) : undefined;
}

/** The only value that a class gives to `self.<name>`. */
function originOfOwn(
  { owner, place }: Extract<ModelOrigin, { kind: "class" }>,
  name: string,
  steps: number,
): ModelOrigin | undefined {
  const values = ownAttributes(owner)
    .filter((attribute) => attribute.name === name)
    .filter(({ value }) => !isNothing(value) && !isOwnWrap(value, name));
  const [only] = values;
  if (only === undefined || values.length > 1) return undefined;
  return modelOrigin(only.value, inside(owner, place, only.value), steps - 1);
}

const isNothing = (value: Expression) => value.kind === "constant";

/** `self.model = DDP(self.model)` */
const isOwnWrap = (value: Expression, name: string): boolean =>
  value.kind === "call" &&
  [value.callee, ...value.arguments.map((argument) => argument.value)].some(
    (part) =>
      (part.kind === "attribute" && part.attribute === name && part.value.kind === "name") ||
      (part.kind === "attribute" &&
        part.value.kind === "attribute" &&
        part.value.attribute === name),
  );

/** The place of an expression inside a class: its method and the class. */
export function inside(owner: ClassStatement, place: Place, node: Expression): Place {
  const method = owner.body.find(
    (statement): statement is FunctionStatement =>
      statement.kind === "function" &&
      statement.span.start <= node.span.start &&
      node.span.end <= statement.span.end,
  );
  const { home, given } = place;
  const isBuilding = method?.name === "__init__";
  return {
    home,
    around: method === undefined ? [owner] : [owner, method],
    // A call of the class fills the parameters of its constructor alone.
    ...(isBuilding && given !== undefined ? { given } : {}),
  };
}

function originOfCall(call: CallExpression, place: Place, steps: number): ModelOrigin | undefined {
  const { program } = place.home;
  const { callee } = call;
  const className = program.qualifiedName(callee);
  if (className === undefined) return originOfLocalCall(call, place, steps);
  const wrap = Object.hasOwn(WRAPPERS, className) ? WRAPPERS[className] : undefined;
  if (wrap !== undefined) {
    const [first] = call.arguments;
    const base = first === undefined ? undefined : modelOrigin(first.value, place, steps - 1);
    return base === undefined ? undefined : { ...base, prefix: wrap + base.prefix };
  }
  const found = importedDefinition(className, place.home);
  if (found === undefined) {
    return { kind: "call", call, className, place, prefix: "" };
  }
  return originOfDefinition(
    found.statement,
    call,
    { home: found.home, around: [], given: { call, place } },
    steps,
  );
}

function originOfLocalCall(
  call: CallExpression,
  place: Place,
  steps: number,
): ModelOrigin | undefined {
  const { callee } = call;
  if (callee.kind === "attribute") {
    return MOVES.has(callee.attribute) ? modelOrigin(callee.value, place, steps - 1) : undefined;
  }
  const definition = callee.kind === "name" ? place.home.program.definition(callee) : undefined;
  if (definition?.kind !== "defined") return undefined;
  const { statement } = definition;
  if (statement.kind !== "class" && statement.kind !== "function") return undefined;
  return originOfDefinition(
    statement,
    call,
    { home: place.home, around: [], given: { call, place } },
    steps,
  );
}

function originOfDefinition(
  statement: ClassStatement | FunctionStatement,
  call: CallExpression,
  place: Place,
  steps: number,
): ModelOrigin | undefined {
  if (statement.kind === "class")
    return { kind: "class", owner: statement, call, place, prefix: "" };
  const returned = [...statementsIn(statement.body)].flatMap((inner) =>
    inner.kind === "return" && inner.value !== undefined ? [inner.value] : [],
  );
  const [only] = returned;
  if (only === undefined || returned.length > 1) return undefined;
  return modelOrigin(
    only,
    { home: place.home, around: [statement], given: place.given },
    steps - 1,
  );
}
