import type { Expression } from "../syntax/python/ast.ts";
import { partsOf, takes } from "./held-parameters.ts";
import type { ModelParameter } from "./model-parameters.ts";
import type { ParameterGroup } from "./parameter-groups.ts";
import type { ParameterSource } from "./parameter-source.ts";
import { pathTo } from "./same-model.ts";

const takesAll = ({ condition }: ParameterSource) => condition.kind === "always";

export interface Overlap {
  readonly first: ParameterSource;
  readonly second: ParameterSource;
  /** From the model of the wider one to that of the other. */
  readonly path: readonly string[];
  /** The one whose model holds the other's. */
  readonly wider: ParameterSource;
}

/** Two groups that surely take the same parameter; torch refuses them. */
export function overlapOf(groups: readonly ParameterGroup[]): Overlap | undefined {
  for (const [first, second] of pairsOf(groups)) {
    const found = shared(first, second) ?? shared(second, first);
    if (found !== undefined) return { first, second, ...found };
  }
  return undefined;
}

/** Each source of a group with each of a later one. */
function pairsOf(
  groups: readonly ParameterGroup[],
): readonly (readonly [ParameterSource, ParameterSource])[] {
  return groups.flatMap((group, at) => {
    const later = groups.slice(at + 1).flatMap(({ selection }) => selection ?? []);
    return (group.selection ?? []).flatMap((first) =>
      later.map((second) => [first, second] as const),
    );
  });
}

/** `undefined` unless `wider` takes something that `other` takes in the same model or a part of it. */
function shared(wider: ParameterSource, other: ParameterSource) {
  const path = pathTo(other, wider);
  if (path === undefined) return undefined;
  if (takesAll(wider) && takesAll(other)) return { wider, path };
  const prefix = path.map((step) => `${step}.`).join("");
  const { parameters = [] } = partsOf(other.model, other.place) ?? {};
  const isShared = parameters.some(
    (parameter) =>
      takes(other, parameter) === true &&
      takes(wider, { ...parameter, name: prefix + parameter.name }) === true,
  );
  return isShared ? { wider, path } : undefined;
}

export interface Omission {
  readonly model: Expression;
  /** Attributes of the model whose parameters no group takes. */
  readonly attributes: readonly string[];
  readonly example: ModelParameter;
}

/** What groups of parts of one model leave out; `undefined` where they take all, or may. */
export function omissionOf(groups: readonly ParameterGroup[]): Omission | undefined {
  const sources = groups.flatMap(({ selection }) => selection ?? []);
  const isKnown = groups.every(({ selection }) => selection !== undefined);
  const [first] = sources;
  const model = first?.model.kind === "attribute" ? first.model.value : undefined;
  if (first === undefined || model === undefined || !isKnown || sources.length < 2)
    return undefined;
  const whole = { model, place: first.place };
  const paths = sources.map((source) => ({ source, path: pathTo(source, whole) }));
  if (paths.some(({ source, path }) => path?.length !== 1 || !takesAll(source))) return undefined;
  const taken = new Set(paths.flatMap(({ path }) => path ?? []));
  const { parameters = [] } = partsOf(model, first.place) ?? {};
  const isOfModel = parameters.some(({ name }) => taken.has(firstStep(name)));
  const left = parameters.filter(
    ({ name, role }) => role === "weight" && !taken.has(firstStep(name)),
  );
  const [example] = left;
  if (example === undefined || !isOfModel) return undefined;
  return { model, attributes: [...new Set(left.map(({ name }) => firstStep(name)))], example };
}

const firstStep = (name: string): string => name.split(".")[0] ?? name;
