import { rulePage } from "../../../server/src/engine/rule-markdown.ts";
import { isRuleNamed } from "../../../server/src/engine/rule-selection.ts";
import { findConvention } from "../../../server/src/lambda/find-convention.ts";
import { conventionPage, lambdaPage } from "../../../server/src/lambda/lambda-page.ts";
import { RULES } from "../../../server/src/rules/rules.generated.ts";
import type { CliCommand, CommandIo } from "../command.ts";

const HELP = `Usage: normlens explain [RULE]

Prints what a rule reports, why that costs you, and how it is done right.
RULE is a code (NL303), a name, a family or the beginning of codes; without it all rules are listed.
It may also be "lambda", for what λ means to every library, or one of the ids there (sklearn-ridge).
`;

function listRules(io: CommandIo): number {
  const width = Math.max(0, ...RULES.map((rule) => rule.name.length));
  for (const rule of RULES.toSorted((a, b) => (a.code < b.code ? -1 : 1))) {
    io.out(`${rule.code}  ${rule.name.padEnd(width)}  ${rule.severity}\n`);
  }
  return 0;
}

async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const [id, ...rest] = args;
  if (rest.length > 0 || id?.startsWith("-") === true) {
    io.error(`normlens explain: takes one rule, got "${args.join(" ")}"\n`);
    return 2;
  }
  if (id === undefined) return listRules(io);
  const convention = findConvention(id);
  if (id === "lambda" || convention !== undefined) {
    io.out(convention === undefined ? lambdaPage() : conventionPage(convention));
    return 0;
  }
  const rules = RULES.filter((rule) => isRuleNamed(id, rule));
  if (rules.length === 0) {
    io.error(`normlens explain: no rule is named "${id}"; \`normlens explain\` lists them\n`);
    return 2;
  }
  io.out(rules.map(rulePage).join("\n"));
  return 0;
}

export const explain: CliCommand = {
  name: "explain",
  summary: "Explain a rule, or list all rules",
  help: HELP,
  run,
};
