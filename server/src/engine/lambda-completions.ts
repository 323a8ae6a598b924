import type { Assumptions } from "../../../core/protocol/lint-settings.ts";
import type { Span } from "../../../core/protocol/span.ts";
import { lambdaValueFacts } from "../facts/lambda-value.ts";
import { describeLambda } from "../lambda/described-lambda.ts";
import { CONVENTIONS } from "../lambda/find-convention.ts";
import { lambdaHint, lambdaMarkdown } from "../lambda/lambda-markdown.ts";
import { codeNumber } from "../lambda/number-text.ts";
import { usualValues } from "../lambda/usual-values.ts";
import { isTensorFlowCode } from "../syntax/javascript/is-tensorflow-code.ts";
import type { LintDocument } from "./document.ts";
import { parse } from "./parse.ts";

export interface LambdaCompletion {
  /** The number as code. */
  readonly label: string;
  /** `τ ≈ 1e5 steps`, or that it is the default; "" where neither is known. */
  readonly detail: string;
  readonly documentation: string;
}

export interface LambdaCompletions {
  /** The number that is being typed. */
  readonly span: Span;
  readonly items: readonly LambdaCompletion[];
}

/** Stands for the unfinished number, so that the parser sees complete code; nobody writes it. */
const MARKER = 98_765.4375;

/**
 * Numbers for the λ whose value is to stand at `offset`: behind `weight_decay=`, `C=`, `alpha:` and
 * the like, wherever a finished number there would be known as a λ. Total.
 */
export function lambdaCompletions(
  document: LintDocument,
  offset: number,
  assume: Assumptions,
): LambdaCompletions {
  const { text, language } = document;
  const span = numberAround(text, offset);
  if (language === "javascript" && !isTensorFlowCode(text)) return { span, items: [] };
  if (!isBehindName(text.slice(Math.max(0, span.start - 80), span.start))) {
    return { span, items: [] };
  }
  const completed = `${text.slice(0, span.start)}${MARKER}${text.slice(span.end)}`;
  const marked = { ...document, text: completed };
  const fact = lambdaValueFacts
    .extract(parse(marked), marked)
    .find(({ values, parameter }) => values[parameter] === MARKER);
  if (fact === undefined) return { span, items: [] };
  const described = describeLambda(fact, assume);
  const values = described === undefined ? [] : usualValues(described.convention, fact.parameter);
  const items = values.flatMap((value): LambdaCompletion[] => {
    const numbers = { ...fact.values, [fact.parameter]: value };
    const lambda = describeLambda({ ...fact, values: numbers }, assume);
    if (lambda === undefined) return [];
    const parameter = lambda.convention.parameters.find(({ name }) => name === fact.parameter);
    const isDefault = parameter?.default === value;
    const parts = [lambdaHint(lambda)?.label ?? "", isDefault ? "the default" : ""];
    return [
      {
        label: codeNumber(value, language === "yaml"),
        detail: parts.filter((part) => part !== "").join(", "),
        documentation: lambdaMarkdown(lambda),
      },
    ];
  });
  return { span, items };
}

/** Other spellings of the conventions' parameters. */
const ALIASES = ["l", "lambda_l1", "lambda_l2", "regularization_lambda"];
const NAMES: ReadonlySet<string> = new Set([
  ...CONVENTIONS.flatMap(({ parameters }) => parameters.map(({ name }) => name)),
  ...ALIASES,
]);

/** Whether what stands before the cursor ends in a key or keyword that may take a λ. */
function isBehindName(before: string): boolean {
  const name = /([A-Za-z_]\w*)["']?\s*[=:]\s*$/.exec(before)?.[1];
  return name !== undefined && NAMES.has(name);
}

function numberAround(text: string, offset: number): Span {
  const at = Math.min(Math.max(0, offset), text.length);
  const before = /[\d.eE+-]*$/.exec(text.slice(Math.max(0, at - 40), at))?.[0] ?? "";
  const after = /^[\d.eE+-]*/.exec(text.slice(at, at + 40))?.[0] ?? "";
  return { start: at - before.length, end: at + after.length };
}
