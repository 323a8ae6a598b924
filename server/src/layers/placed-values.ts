import { argumentOf } from "../semantics/call-arguments.ts";
import type {
  CallExpression,
  Expression,
  FunctionStatement,
  NameExpression,
  Statement,
} from "../syntax/python/ast.ts";
import { statementsIn } from "../syntax/python/walk.ts";
import type { LayerPlace } from "./class-bases.ts";

/** An expression and where it stands. */
export interface PlacedValue {
  readonly value: Expression;
  readonly place: LayerPlace;
}

/** All values that a name may stand for: one where the code is straight, several behind branches. */
export function valuesOfName(node: NameExpression, place: LayerPlace): readonly PlacedValue[] {
  const definition = place.home.program.definition(node);
  switch (definition?.kind) {
    case "assigned":
      return [{ value: definition.value, place }];
    case "iterated": {
      const { iterable, path } = definition;
      const isList = iterable.kind === "tuple" || iterable.kind === "list";
      return isList && path.length === 0
        ? iterable.elements.map((value) => ({ value, place }))
        : [];
    }
    case "parameter":
      return valuesOfParameter(node.id, place);
    case undefined:
      return assignedTo(node.id, place);
    default:
      return [];
  }
}

/** Statements among which a name of this place is looked for: the innermost function's, else the module's. */
export function scopeOf({ home, around }: LayerPlace): readonly Statement[] {
  return around.findLast(({ kind }) => kind === "function")?.body ?? home.program.module.body;
}

function assignedTo(id: string, place: LayerPlace): readonly PlacedValue[] {
  return statementsIn(scopeOf(place)).flatMap((statement) => {
    if (statement.kind !== "assign" || statement.value === undefined) return [];
    const { value, targets } = statement;
    const isTarget = targets.some((target) => target.kind === "name" && target.id === id);
    return isTarget && !mentions(value, id) ? [{ value, place }] : [];
  });
}

/** `x = wrap(x)` says nothing new about what x is made of. */
function mentions(value: Expression, id: string): boolean {
  if (value.kind === "name") return value.id === id;
  if (value.kind === "attribute") return mentions(value.value, id);
  if (value.kind !== "call") return false;
  return [value.callee, ...value.arguments.map((argument) => argument.value)].some((part) =>
    mentions(part, id),
  );
}

/** What the followed call gives for a parameter, else its default. */
function valuesOfParameter(id: string, place: LayerPlace): readonly PlacedValue[] {
  const own = place.around.at(-1);
  if (own?.kind !== "function") return [];
  const parameter = own.parameters.find(({ name }) => name === id);
  if (parameter === undefined) return [];
  const { given } = place;
  if (given !== undefined) {
    const argument = argumentFor(id, own, given.call);
    if (argument !== undefined) return [{ value: argument, place: given.place }];
    if (given.call.arguments.some(({ splat }) => splat !== "none")) return [];
  }
  const { default: value } = parameter;
  const isNothing = value?.kind === "constant";
  return value === undefined || isNothing ? [] : [{ value, place: { ...place, given: undefined } }];
}

const isOwn = (name: string | undefined) => name === "self" || name === "cls";

function argumentFor(
  id: string,
  own: FunctionStatement,
  call: CallExpression,
): Expression | undefined {
  const named = own.parameters.filter(({ splat }) => splat === "none");
  const at = named.findIndex(({ name }) => name === id) - Number(isOwn(own.parameters[0]?.name));
  return at < 0 ? undefined : argumentOf(call, id, at)?.value;
}
