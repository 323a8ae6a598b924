import type { Span } from "../../../core/protocol/span.ts";
import type { Family, Fix, Severity } from "./rule.ts";

/** A report of a rule, with what a reader needs to know about the rule. Ordered by position. */
export interface Finding {
  readonly code: string;
  readonly name: string;
  readonly family: Family;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  readonly related: readonly { readonly span: Span; readonly message: string }[];
  readonly fixes: readonly Fix[];
}
