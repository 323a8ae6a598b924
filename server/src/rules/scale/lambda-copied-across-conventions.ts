import type { Span } from "../../../../core/protocol/span.ts";
import { defineRule, type Fix, type Report } from "../../engine/rule.ts";
import type { LambdaValueFact } from "../../facts/lambda-value.ts";
import type { Convention } from "../../lambda/convention.ts";
import { convert } from "../../lambda/convert.ts";
import { findConvention } from "../../lambda/find-convention.ts";
import { codeNumber, shortNumber } from "../../lambda/number-text.ts";
import { commentedDecays } from "../../semantics/commented-decay.ts";
import { mayComputeNorm } from "../../semantics/penalty-signs.ts";
import { programIndex } from "../../semantics/program-index.ts";
import { byText } from "../../syntax/by-text.ts";
import type { CodeText } from "../../syntax/code-text.ts";

const OTHERS = /l2|alpha|optax|sklearn|keras/i;

/** Whether code may have a λ of another library than PyTorch, or write one out in a loss. */
const mayNameConventions = (code: CodeText): boolean =>
  code.parts.some((text) => namesOther(text, code)) || mayComputeNorm(code);
const namesOther = byText((text) => OTHERS.test(text));

export const lambdaCopiedAcrossConventions = defineRule({
  code: "NL204",
  name: "lambda-copied-across-conventions",
  family: "scale",
  severity: "information",
  preview: true,
  mentions: [["#decay", "#wd"], mayNameConventions],
  on: "lambdaValue",
  docs: {
    what: "Notes the same number given as λ to two frameworks that mean different strengths by it, such as PyTorch's `weight_decay=1e-4` beside Keras's `l2(1e-4)`, in one file or in a comment on the port.",
    why: "Keras adds l2·Σw² without the factor 1/2 that PyTorch's weight decay stands for, scikit-learn sums over samples where others take the mean. The copy trains with another strength than the original.",
    bad: "from keras import layers\nfrom keras.regularizers import l2\n\n# torch used weight_decay=1e-4\nlayer = layers.Dense(64, kernel_regularizer=l2(1e-4))\n",
    good: "from keras import layers\nfrom keras.regularizers import l2\n\n# torch used weight_decay=1e-4\nlayer = layers.Dense(64, kernel_regularizer=l2(5e-5))\n",
    language: "python",
    limits:
      "Only numbers that are written out, that differ from both defaults and from 0 and 1, and only where the conversion is exact. A comment counts when it names PyTorch or a port and a weight decay; it is read as SGD's.",
    references: [
      "Keras, regularizers.L2",
      "torch.optim.SGD, weight_decay",
      "scikit-learn/scikit-learn#4666",
    ],
  },

  *check(fact, { document, facts }) {
    if (!fact.isLiteral || !isChosen(fact)) return;
    const own = findConvention(fact.convention);
    const value = fact.values[fact.parameter];
    if (own === undefined || value === undefined) return;
    for (const { from, span, value: other } of sourcesOf(fact, facts("lambdaValue"))) {
      if (other !== value || from.framework === own.framework) continue;
      const report = reportOf(fact, own, { from, span, value: other }, document.text);
      if (report === undefined) continue;
      yield report;
      return;
    }
  },
});

/** A number of another framework, with the place that says it. */
interface Source {
  readonly from: Convention;
  readonly value: number;
  readonly span: Span;
}

/** Earlier numbers of the file, and those in comments. */
function sourcesOf(fact: LambdaValueFact, all: readonly LambdaValueFact[]): readonly Source[] {
  const written = all.flatMap((other): readonly Source[] => {
    const from = findConvention(other.convention);
    const value = other.values[other.parameter];
    return other.span.start < fact.span.start &&
      isChosen(other) &&
      from !== undefined &&
      value !== undefined
      ? [{ from, value, span: other.span }]
      : [];
  });
  return [...written, ...commented(fact)];
}

function commented({ program }: LambdaValueFact): readonly Source[] {
  const torch = findConvention("torch-sgd");
  if (program === undefined || torch === undefined) return [];
  const usesTorch = programIndex(program).imports.some(({ names }) =>
    names.some(({ module }) => /^torch\b/.test(module)),
  );
  // Beside torch's own code the comment speaks of that code.
  return usesTorch
    ? []
    : commentedDecays(program.module).map((decay) => ({ ...decay, from: torch }));
}

/** A number that somebody wrote for this purpose. */
function isChosen({ convention, parameter, values }: LambdaValueFact): boolean {
  const value = values[parameter];
  const usual = findConvention(convention)?.parameters.find(({ name }) => name === parameter);
  return value !== undefined && value !== 0 && value !== 1 && value !== usual?.default;
}

function reportOf(
  fact: LambdaValueFact,
  own: Convention,
  { from, span, value }: Source,
  text: string,
): Report | undefined {
  const [first] = from.parameters;
  const converted = convert(from, { [first?.name ?? ""]: value }, own, fact.known);
  const meant = converted.kind === "exact" ? converted.values[fact.parameter] : undefined;
  if (meant === undefined || meant === value) return undefined;
  const shown = text.slice(fact.span.start, fact.span.end);
  return {
    span: fact.span,
    message: `\`${shown}\` is also the ${first?.what ?? "number"} of ${from.framework}'s \`${from.api}\` here; the same strength in ${own.framework}'s \`${own.api}\` is ${shortNumber(meant)}.`,
    related: [{ span, message: `${from.framework}'s number.` }],
    fixes: fixesFor(fact, meant),
  };
}

function fixesFor({ origin }: LambdaValueFact, meant: number): readonly Fix[] {
  const newText = codeNumber(meant);
  return [
    { title: `Convert to ${newText}`, safety: "suggestion", edits: [{ span: origin, newText }] },
  ];
}
