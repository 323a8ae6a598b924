import { languageOf } from "./language-of.ts";
import type { AnyRule } from "./rule.ts";

const fenceOf = (language: string, code: string) => `\`\`\`${language}\n${code.trimEnd()}\n\`\`\``;

const fence = ({ docs }: AnyRule, code: string) => fenceOf(docs.language, code);

/** The same in TensorFlow.js. */
const inJavaScript = ({ docs: { javascript } }: AnyRule, which: "bad" | "good") =>
  javascript === undefined ? [] : [fenceOf("js", javascript[which])];

/** The other files that the examples need, each under its name. */
const otherFiles = ({ docs: { project = [] } }: AnyRule) =>
  project.map(
    ({ path, text }) =>
      `Beside \`${path}\`:\n\n\`\`\`${languageOf(path) ?? ""}\n${text.trimEnd()}\n\`\`\``,
  );

const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join("\n");

/** File name of a rule's page in `docs/rules/`. */
export function rulePageName(rule: Pick<AnyRule, "code" | "name">): string {
  return `${rule.code}-${rule.name}.md`;
}

/** What a hover shows below the finding: why it matters and how it is done right. */
export function ruleSummary(rule: AnyRule): string {
  return [
    rule.docs.what,
    `**Why it matters.** ${rule.docs.why}`,
    `**Instead**\n\n${fence(rule, rule.docs.good)}`,
    ...(rule.docs.references.length === 0
      ? []
      : [`**References**\n\n${list(rule.docs.references)}`]),
  ].join("\n\n");
}

function silencing({ code, docs }: AnyRule): string {
  const everywhere = `\`ignore = ["${code}"]\` in \`normlens.toml\``;
  if (docs.language === "json") return `With ${everywhere}: JSON has no comments.`;
  const note = docs.javascript === undefined ? "" : ". In JavaScript the comment begins with `//`";
  return `On one line with \`# normlens: ignore[${code}]\`, in a file with \`# normlens: ignore-file[${code}]\`, everywhere with ${everywhere}${note}.`;
}

/** A rule's whole page. */
export function rulePage(rule: AnyRule): string {
  const { what, why, bad, good, limits, references } = rule.docs;
  const state = rule.preview ? ", preview" : "";
  return `${[
    `# ${rule.code} ${rule.name}`,
    `Family: ${rule.family} · severity: ${rule.severity}${state}`,
    what,
    "## Why it matters",
    why,
    "## Reported",
    fence(rule, bad),
    ...otherFiles(rule),
    ...inJavaScript(rule, "bad"),
    "## Right",
    fence(rule, good),
    ...inJavaScript(rule, "good"),
    "## Limits",
    limits,
    ...(references.length === 0 ? [] : ["## References", list(references)]),
    "## Silence it",
    silencing(rule),
  ].join("\n\n")}\n`;
}
