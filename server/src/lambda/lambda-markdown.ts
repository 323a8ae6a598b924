import type { Quantity } from "./convention.ts";
import { ASSUMED, type DescribedLambda } from "./described-lambda.ts";
import { type Equivalent, equivalents, lossCondition, QUANTITY_WORDS } from "./equivalents.ts";
import { percent, shortNumber } from "./number-text.ts";
import { goneAfter, SHOWN_STEPS, type TimeScale, timeScale } from "./time-scale.ts";

/** What a hover says of a λ: its objective, how fast it acts, what it is elsewhere. */
export function lambdaMarkdown(lambda: DescribedLambda): string {
  const { convention, values, known, parameter, isDefault } = lambda;
  const { api, framework, objective, notes, source } = convention;
  const what = convention.parameters.find(({ name }) => name === parameter)?.what ?? "λ";
  const number = shortNumber(values[parameter] ?? Number.NaN, 6);
  const scale = timeScale(convention, values, known);
  const isOff = Object.values(values).every((value) => value === 0);
  const rows = isOff ? [] : equivalents(lambda);
  const used = [...usedByScale(scale), ...rows.flatMap(usedBy)];
  const parts = [
    `**${parameter} = ${number}** · ${what} of ${framework}, ${api}`,
    `\`\`\`text\n${objective.plain}\n\`\`\``,
    isOff ? "At 0 nothing is regularized." : "",
    isDefault ? "The number is a default; a command line or a caller may give another." : "",
    scale === undefined ? openScale(lambda, isOff) : scaleText(scale, lambda),
    assumedText(lambda, used),
    table(lambda, rows),
    notes.join(" "),
    `[Documentation](${source})`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** Behind the number in the text: `τ ≈ 1e5 steps`; `undefined` where no time scale is known. */
export function lambdaHint(
  lambda: DescribedLambda,
): { readonly label: string; readonly tooltip: string } | undefined {
  const { convention, values, known, assumed } = lambda;
  const scale = timeScale(convention, values, known);
  if (scale === undefined) return undefined;
  const isAssumed = scale.used.rate.some((quantity) => assumed.has(quantity));
  const label = `τ ≈ ${shortNumber(scale.steps, 2)} steps${isAssumed ? ", assumed" : ""}`;
  const parts = [scaleText(scale, lambda), assumedText(lambda, usedByScale(scale))];
  return { label, tooltip: parts.filter((part) => part !== "").join("\n\n") };
}

/** How fast weights without a gradient shrink, in sentences. */
function scaleText(scale: TimeScale, { known, assumed }: DescribedLambda): string {
  const { halfLife, halfLifeEpochs, left, steps } = scale;
  const epochs = halfLifeEpochs === undefined ? "" : ` (${shortNumber(halfLifeEpochs)} epochs)`;
  const rate = shortNumber(known.learningRate ?? Number.NaN);
  const origin = assumed.has("learningRate") ? "an assumed" : "a";
  const whole =
    left === undefined
      ? ""
      : ` Over all ${shortNumber(known.steps ?? Number.NaN)} steps they keep ${percent(left)}.`;
  return (
    `At ${origin} learning rate of ${rate} a weight without gradient halves in **${shortNumber(halfLife)} steps**${epochs}: ` +
    `τ ≈ ${shortNumber(steps, 2)} steps, ${percent(goneAfter(scale, SHOWN_STEPS), 2)} in ${shortNumber(SHOWN_STEPS)} steps.${whole}`
  );
}

function openScale({ convention, known }: DescribedLambda, isOff: boolean): string {
  const isOpen = convention.decay !== undefined && known.learningRate === undefined && !isOff;
  return isOpen
    ? "How fast it shrinks weights depends on the learning rate, which is not known here (`normlens.assume.learningRate`)."
    : "";
}

function usedByScale(scale: TimeScale | undefined): readonly Quantity[] {
  return scale === undefined ? [] : [...scale.used.rate, ...scale.used.rest];
}

function usedBy({ conversion }: Equivalent): readonly Quantity[] {
  return conversion.kind === "exact" ? conversion.used : [];
}

function table(lambda: DescribedLambda, rows: readonly Equivalent[]): string {
  if (rows.length === 0) return "";
  const lines = rows.map((row) => {
    const { framework, api } = row.convention;
    // Editors give this column too little room and break names at their blanks.
    return `| ${framework.replaceAll(" ", "\u00a0")} | ${cell(lambda, row, api)} |`;
  });
  const same = lambda.convention.penalty === undefined ? "The same" : "The same objective";
  return [`| Elsewhere | ${same} |`, "| :--- | :--- |", ...lines].join("\n");
}

function cell(
  { convention: from }: DescribedLambda,
  { convention: to, conversion, code }: Equivalent,
  api: string,
): string {
  if (conversion.kind === "needs") {
    const open = conversion.quantities.map((quantity) => QUANTITY_WORDS[quantity]).join(" and ");
    return `\`${api}\`: depends on ${open}`;
  }
  if (conversion.kind === "none") return `\`${api}\`: none. ${conversion.why}`;
  const condition = lossCondition(from, to);
  return `\`${(code ?? "").replaceAll("|", "\\|")}\`${condition === "" ? "" : ` for ${condition}`}`;
}

/** Names what nobody wrote, with the setting that says it. */
function assumedText({ known, assumed }: DescribedLambda, used: readonly Quantity[]): string {
  const names = [...new Set(used)].flatMap((quantity) => {
    const setting = assumed.has(quantity) ? ASSUMED[quantity] : undefined;
    if (setting === undefined) return [];
    const number = shortNumber(known[quantity] ?? Number.NaN, 6);
    return `${number} ${setting.what} (\`assume.${setting.setting}\`)`;
  });
  return names.length === 0 ? "" : `Assumed: ${names.join(", ")}.`;
}
