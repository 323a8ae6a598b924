import type { Expression } from "../syntax/python/ast.ts";
import { pathBelow } from "./held-parameters.ts";
import { type ModelOrigin, modelOrigin, type Place } from "./model-origin.ts";

/** What builds a model is the same node for the same model, through names, moves and arguments. */
const builderOf = (origin: ModelOrigin) =>
  origin.kind === "call" ? origin.call : (origin.call ?? origin.owner);

/** A model as it is written somewhere. */
export interface WrittenModel {
  readonly model: Expression;
  readonly place: Place;
}

/**
 * Attributes that lead from `outer` to `inner`, each written in a place of its own: `["head"]`
 * from `net` to `model.head` where `model` is the argument that `net` is. `undefined` where they
 * are, as far as the code tells, different models.
 */
export function pathTo(inner: WrittenModel, outer: WrittenModel): readonly string[] | undefined {
  if (isSame(inner, outer)) return [];
  if (inner.model.kind !== "attribute") return undefined;
  const path = pathTo({ ...inner, model: inner.model.value }, outer);
  return path === undefined ? undefined : [...path, inner.model.attribute];
}

function isSame(a: WrittenModel, b: WrittenModel): boolean {
  const isSameScope = a.place.around.at(-1) === b.place.around.at(-1);
  const isSameHome = a.place.home.program === b.place.home.program;
  if (isSameHome && isSameScope && pathBelow(a.model, b.model, a.place)?.length === 0) return true;
  const [left, right] = [modelOrigin(a.model, a.place), modelOrigin(b.model, b.place)];
  if (left === undefined || right === undefined) return false;
  const isSelf = left.kind === "class" && right.kind === "class" && !(left.call && right.call);
  // Inside of its class a model is any of its instances.
  if (isSelf) return left.owner === right.owner;
  return builderOf(left) === builderOf(right);
}
