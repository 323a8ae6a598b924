// The rules' pages, `docs/rules/*.md`, and the table of conventions, `docs/lambda.md`, from the data
// that rules and conventions carry.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const INTRODUCTION = `# Rules

Written by \`npm run gen\` from the rules themselves; the examples are run as tests.
Severities can be changed and rules switched off in \`normlens.toml\` or \`[tool.normlens]\`. Rules marked *preview* are new and may still change; \`ignore = ["preview"]\` leaves them out.

`;

/** Bundles the registries into a temporary module: the sources are TypeScript, this script is not. */
async function loadRules(root) {
  const folder = mkdtempSync(path.join(tmpdir(), "normlens-docs-"));
  try {
    const outfile = path.join(folder, "rules.mjs");
    await build({
      absWorkingDir: root,
      stdin: {
        contents:
          'export { RULES } from "./server/src/rules/rules.generated.ts";' +
          'export { rulePage, rulePageName } from "./server/src/engine/rule-markdown.ts";' +
          'export { lambdaPage } from "./server/src/lambda/lambda-page.ts";',
        resolveDir: root,
        loader: "ts",
      },
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      logLevel: "error",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function index(rules, rulePageName) {
  const families = [...new Set(rules.map((rule) => rule.family))].sort();
  const byCode = (a, b) => (a.code < b.code ? -1 : 1);
  const section = (family) => {
    const rows = rules
      .filter((rule) => rule.family === family)
      .sort(byCode)
      .map(
        (rule) =>
          `| [${rule.code}](${rulePageName(rule)}) | ${rule.name} | ${rule.severity}${rule.preview ? ", *preview*" : ""} | ${rule.docs.what.replaceAll("|", "\\|").replaceAll("\n", " ")} |`,
      );
    return `## ${family}\n\n| code | name | severity | what |\n|---|---|---|---|\n${rows.join("\n")}\n`;
  };
  return INTRODUCTION + families.map(section).join("\n");
}

/** Text of every page, by path relative to `root`. */
export async function rulePages(root) {
  const { RULES, rulePage, rulePageName, lambdaPage } = await loadRules(root);
  return new Map([
    ["docs/lambda.md", lambdaPage()],
    ["docs/rules/README.md", index(RULES, rulePageName)],
    ...RULES.map((rule) => [`docs/rules/${rulePageName(rule)}`, rulePage(rule)]),
  ]);
}
