import type { Convention, ConventionFamily, Quantity } from "./convention.ts";
import { CONVENTION_FAMILIES } from "./conventions.generated.ts";
import { QUANTITY_WORDS } from "./equivalents.ts";
import { codeNumber } from "./number-text.ts";

const INTRODUCTION = `# What λ means

Written by \`npm run gen\` from the data that hovers, conversions and inlay hints are made of.

The same number regularizes differently in every library: some write ½ before the square, some add up losses where others take their mean, some give the inverse, and some shrink weights beside the step instead of penalising them.
NormLens brings every number to one of three forms, and converts between two APIs only where they share one:

- **penalty**: mean loss + λ₁‖w‖₁ + (λ₂/2)‖w‖², over n training samples in batches of B;
- **decay**: w ← (1 − lr·d)·w in every step, beside the step of the optimizer; it halves a weight without gradient in ln 2 / (lr·d) steps;
- **leaf**: sum of losses + λ₁Σ|v| + (λ₂/2)Σv² over the leaves of a tree.

A penalty and a decay agree for SGD without momentum only. For Adam, where the gradient of a penalty is divided by the history of gradients (the *rescaled* rows), no number makes the two the same, so NormLens writes none.
Conversions hold for the weights that both numbers fall on, and for the same data loss.

Numbers that the code does not tell can be assumed: \`[assume]\` in \`normlens.toml\` (\`[tool.normlens.assume]\` in \`pyproject.toml\`) or \`normlens.assume.*\` in the editor, with \`dataset-size\`, \`batch-size\`, \`learning-rate\`, \`steps-per-epoch\` and \`steps\`. What is computed from one is called assumed.

\`normlens explain ID\` prints one of them, with its formula in TeX.
`;

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** The table of all conventions, `docs/lambda.md`. */
export function lambdaPage(): string {
  return [INTRODUCTION, ...CONVENTION_FAMILIES.map(section)].join("\n");
}

function section({ title, conventions }: ConventionFamily): string {
  const rows = conventions.map((convention) => {
    const { id, framework, api, objective, source } = convention;
    const columns = [
      `[${framework}, ${api}](${source})<br>\`${id}\``,
      objective.plain
        .split("\n")
        .map((line) => `\`${line}\``)
        .join("<br>"),
      defaults(convention),
      forms(convention).join("<br>"),
      needs(convention),
    ];
    return `| ${columns.map(cell).join(" | ")} |`;
  });
  const notes = new Map<string, string[]>();
  for (const { framework, api, notes: own } of conventions) {
    const name = conventions.some((other) => other.framework !== framework)
      ? `${framework}, ${api}`
      : api;
    for (const note of own) notes.set(note, [...(notes.get(note) ?? []), name]);
  }
  const remarks = [...notes].map(([note, names]) => `- ${names.join("; ")}: ${note}`);
  const head = "| API | objective or update | default | form | needs |\n|---|---|---|---|---|";
  const parts = [`## ${title}`, `${head}\n${rows.join("\n")}`, remarks.join("\n")];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** Everything about one convention, with its formula in TeX. */
export function conventionPage(convention: Convention): string {
  const { id, framework, api, objective, notes, source } = convention;
  return `${[
    `# ${id}`,
    `${framework}, ${api}. Default: ${defaults(convention)}`,
    objective.plain.replaceAll(/^/gm, "    "),
    `$$${objective.tex}$$`,
    forms(convention).join("\n"),
    ...notes,
    source,
  ].join("\n\n")}\n`;
}

function defaults({ parameters }: Convention): string {
  return parameters
    .map(({ name, default: value }) => `\`${name}=${codeNumber(value)}\``)
    .join(", ");
}

/** What the numbers are in the three forms. */
function forms({ penalty, decay, leaf, isRescaled }: Convention): string[] {
  const rescaled = isRescaled === true ? ", rescaled" : "";
  return [
    ...(penalty === undefined ? [] : [`penalty${rescaled}: ${penalty.formula}`]),
    ...(decay === undefined ? [] : [`decay: ${decay.formula}`]),
    ...(leaf === undefined ? [] : [`leaf: ${leaf.formula}`]),
  ];
}

function needs({ penalty, decay }: Convention): string {
  const over: readonly Quantity[] =
    penalty?.over === "samples" ? ["samples"] : penalty?.over === "batch" ? ["batchSize"] : [];
  const all = [...over, ...(penalty?.needs ?? []), ...(decay?.needs ?? [])];
  return [...new Set(all)].map((quantity) => QUANTITY_WORDS[quantity]).join(", ");
}
