import type { Severity } from "../../../core/protocol/severity.ts";
import type { Span } from "../../../core/protocol/span.ts";
import type { AnyRule, Family, Fix, Related } from "./rule.ts";

/** A report of a rule, with what a reader needs to know about the rule. */
export interface Finding {
  readonly code: AnyRule["code"];
  readonly name: string;
  readonly family: Family;
  readonly severity: Severity;
  readonly span: Span;
  /** Of a notebook file the code cell, counted from 1. */
  readonly cell?: number;
  readonly message: string;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}
