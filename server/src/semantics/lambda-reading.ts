import type { Span } from "../../../core/protocol/span.ts";
import type { Quantities, Values } from "../lambda/convention.ts";
import type { CallExpression, Expression } from "../syntax/python/ast.ts";
import type { Certainty } from "./value.ts";

/** A λ that Python code gives to an API. */
export interface LambdaReading {
  /** Id of the convention. */
  readonly convention: string;
  /** Which of the convention's numbers it is. */
  readonly parameter: string;
  /** All numbers of the convention, those that are not given by their default. */
  readonly values: Values;
  /** What the code says besides: learning rate, momentum, batch size. */
  readonly known: Quantities;
  /** The value as written: a number, or what leads to one. */
  readonly node: Expression;
  /** Where the number is written; the node itself for a literal. */
  readonly origin: Span;
  /** Its keyword. */
  readonly nameSpan: Span | undefined;
  readonly certainty: Certainty;
  /** The call that takes it; `undefined` for what is none. */
  readonly call: CallExpression | undefined;
}
