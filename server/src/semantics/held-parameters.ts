import type { Expression } from "../syntax/python/ast.ts";
import { modelOrigin, type Place } from "./model-origin.ts";
import { type ModelParameter, type ModelParts, modelParts } from "./model-parameters.ts";
import { passes } from "./parameter-condition.ts";
import { selectionOf } from "./parameter-selection.ts";
import type { ParameterSource, Selection } from "./parameter-source.ts";
import { isSameValue } from "./same-value.ts";

const parts = new WeakMap<Expression, { readonly of: ModelParts | undefined }>();

/** The parameters of an expression's model, named from there. */
export function partsOf(model: Expression, place: Place): ModelParts | undefined {
  const known = parts.get(model);
  if (known !== undefined) return known.of;
  const origin = modelOrigin(model, place);
  const found = origin === undefined ? undefined : modelParts(origin);
  parts.set(model, { of: found });
  return found;
}

/** Whether a source takes a parameter of its model; `undefined` where the code does not tell. */
export function takes(source: ParameterSource, parameter: ModelParameter): boolean | undefined {
  return passes(source.condition, parameter, (of) => isMember(of, source, parameter));
}

/** The parameters that a selection surely takes. */
export function parametersOf(selection: Selection): readonly ModelParameter[] {
  return selection.flatMap((source) => {
    const { parameters = [] } = partsOf(source.model, source.place) ?? {};
    return parameters.filter((parameter) => takes(source, parameter) === true);
  });
}

/** `id(p) in set(map(id, head.parameters()))` */
function isMember(
  of: Expression,
  source: ParameterSource,
  parameter: ModelParameter,
): boolean | undefined {
  const members = identified(of, source.place);
  if (members === undefined) return undefined;
  const answers = members.map((member) => {
    const path = pathBelow(member.model, source.model, source.place);
    if (path === undefined) return undefined;
    const prefix = path.map((step) => `${step}.`).join("");
    if (!parameter.name.startsWith(prefix)) return false;
    return takes(member, { ...parameter, name: parameter.name.slice(prefix.length) });
  });
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

/** The parameters whose ids a collection holds. */
function identified(node: Expression, place: Place): Selection | undefined {
  if (node.kind === "name") {
    const definition = place.home.program.definition(node);
    return definition?.kind === "assigned" ? identified(definition.value, place) : undefined;
  }
  if (node.kind === "comprehension") {
    const { element, clauses } = node;
    const [clause] = clauses;
    const isId = element.kind === "call" && isNameOf(element.callee, "id");
    return isId && clause !== undefined && clauses.length === 1 && clause.conditions.length === 0
      ? selectionOf(clause.iterable, place)
      : undefined;
  }
  if (node.kind !== "call") return undefined;
  const [first, second] = node.arguments;
  if (first === undefined) return undefined;
  if (isNameOf(node.callee, "map")) {
    const isOfIds = second !== undefined && isNameOf(first.value, "id");
    return isOfIds ? selectionOf(second.value, place) : undefined;
  }
  const isCollection = ["set", "list", "tuple", "frozenset"].some((id) =>
    isNameOf(node.callee, id),
  );
  return isCollection ? identified(first.value, place) : undefined;
}

const isNameOf = (node: Expression, id: string) => node.kind === "name" && node.id === id;

/** Attributes that lead from one expression to another: `["head"]` from `net` to `net.head`. */
export function pathBelow(
  inner: Expression,
  outer: Expression,
  place: Place,
): readonly string[] | undefined {
  if (isSameModel(inner, outer, place)) return [];
  if (inner.kind !== "attribute") return undefined;
  const path = pathBelow(inner.value, outer, place);
  return path === undefined ? undefined : [...path, inner.attribute];
}

function isSameModel(a: Expression, b: Expression, place: Place): boolean {
  const { program } = place.home;
  if (isSameValue(a, b, program)) return true;
  if (a.kind === "attribute" && b.kind === "attribute") {
    return a.attribute === b.attribute && isSameModel(a.value, b.value, place);
  }
  // A model that is wrapped on some ways only keeps its name.
  return a.kind === "name" && b.kind === "name" && a.id === b.id && !program.isUnbound(a);
}
