import { languageOf } from "./language-of.ts";
import type { AnyRule } from "./rule.ts";

const fence = (rule: AnyRule, code: string) =>
  `\`\`\`${rule.docs.language}\n${code.trimEnd()}\n\`\`\``;

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
    "## Right",
    fence(rule, good),
    "## Limits",
    limits,
    ...(references.length === 0 ? [] : ["## References", list(references)]),
    "## Silence it",
    rule.docs.language === "json"
      ? `With \`ignore = ["${rule.code}"]\` in \`normlens.toml\`: JSON has no comments.`
      : `On one line with \`# normlens: ignore[${rule.code}]\`, in a file with \`# normlens: ignore-file[${rule.code}]\`, everywhere with \`ignore = ["${rule.code}"]\` in \`normlens.toml\`.`,
  ].join("\n\n")}\n`;
}
