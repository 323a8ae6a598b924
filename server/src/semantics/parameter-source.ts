import type { Span } from "../../../core/protocol/span.ts";
import type { Expression } from "../syntax/python/ast.ts";
import type { Place } from "./model-origin.ts";
import { allOf, type Condition, type Subject } from "./parameter-condition.ts";

/** Those parameters of one model, or of a part of it, that pass a condition. */
export interface ParameterSource {
  /** What is asked for its parameters: `net` of `net.parameters()`. */
  readonly model: Expression;
  readonly place: Place;
  readonly condition: Condition;
  /** The expression that selects. */
  readonly span: Span;
}

/** Parameters from several models or parts. */
export type Selection = readonly ParameterSource[];

export interface ParameterWalk {
  readonly subject: Subject;
  readonly selection: Selection;
}

/** How expressions are read as parameters. */
export interface ParameterReader {
  selectionOf(node: Expression, place: Place, steps: number): Selection | undefined;
  parameterWalk(
    target: Expression,
    iterable: Expression,
    place: Place,
    steps: number,
  ): ParameterWalk | undefined;
}

export function narrowed(
  source: ParameterSource,
  conditions: readonly Condition[],
): ParameterSource {
  const own = source.condition.kind === "always" ? [] : [source.condition];
  const all = [...own, ...conditions];
  return all.length === 0 ? source : { ...source, condition: allOf(all) };
}
