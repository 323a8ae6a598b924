import type { Span } from "../../../core/protocol/span.ts";
import { type Addend, addendsOf } from "../math/addends.ts";
import type { Ir } from "../math/ir.ts";
import { type NormTerm, normTerm } from "../math/norm-term.ts";
import { type Scope, scopesOf } from "../math/scopes.ts";
import type { Expression, Statement } from "../syntax/python/ast.ts";
import { type Extractor, isCode } from "./extractor.ts";

/** A sum with penalty terms: what is minimised, or a part of it. */
export interface LossFact {
  readonly kind: "loss";
  /** What it is assigned to, or the function that returns it. */
  readonly name: string;
  readonly statement: Statement;
  readonly terms: readonly Addend[];
  /** Those of the terms that are norms. */
  readonly norms: readonly NormTerm[];
  /** Names of the same scope that hold a data loss at this point and are not in the sum yet. */
  readonly unusedDataLosses: readonly string[];
}

const DATA_LOSS_NAME = /^(?:.*_)?(?:loss|mse|sse|rss|cost|nll|ce|bce|cross_entropy|error)$/i;
/** Terms of a penalty are only ever written with one of these. */
const PREFILTER = /abs|norm|square|\*\*|pow|dot|@|l1|l2|reg|penalty/;

export const lossFacts: Extractor<LossFact> = {
  kind: "loss",
  languages: ["python", "javascript"],
  extract(syntax, { text }) {
    if (!isCode(syntax) || !PREFILTER.test(text)) return [];
    const { errors } = syntax.program.module;
    return scopesOf(syntax.program).flatMap((scope) => factsIn(scope, errors));
  },
};

function factsIn(scope: Scope, errors: readonly Span[]): readonly LossFact[] {
  const owner = scope.function?.name ?? "";
  const sums = [
    ...scope.assignments.filter(({ isExtendedLater }) => !isExtendedLater),
    ...scope.returns.map((result) => ({ ...result, name: owner })),
  ];
  const seen = new Set<Expression | undefined>();
  let dataLosses: readonly Assignment[] | undefined;
  return sums.flatMap(({ name, value, statement }): readonly LossFact[] => {
    const terms = termsOf(value);
    if (terms.length < 2 || errors.some((error) => touches(error, statement.span))) return [];
    const norms = terms
      .flatMap((term) => normTerm(term) ?? [])
      .filter(({ addend }) => !seen.has(addend.written.origin));
    if (norms.length === 0) return [];
    for (const { addend } of norms) seen.add(addend.written.origin);
    // Only a document with such a sum is searched, and once.
    dataLosses ??= dataLossesOf(scope);
    const unusedDataLosses = dataLosses
      .filter((other) => other.value !== value && other.statement.span.end <= statement.span.start)
      .map((other) => other.name);
    return [{ kind: "loss", name, statement, terms, norms, unusedDataLosses }];
  });
}

const touches = (error: Span, span: Span): boolean =>
  error.start <= span.end && error.end >= span.start;

function termsOf(value: Ir): readonly Addend[] {
  return value.kind === "binary" || value.kind === "unary" ? addendsOf(value) : [];
}

type Assignment = Scope["assignments"][number];

/** Assignments of losses that are computed from more than one array, in order. */
function dataLossesOf(scope: Scope): readonly Assignment[] {
  return scope.assignments.filter(
    ({ name, value }) =>
      DATA_LOSS_NAME.test(name) &&
      !/reg|penalty|l1|l2/i.test(name) &&
      !termsOf(value).some((term) => normTerm(term) !== undefined),
  );
}
