// Plants faults into correct code and says how many of them are found, rule by rule:
// `npm run mutants -- [--rules NL5,NLC01] [--all] FOLDER…`.
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import type { LintDocument } from "../../server/src/engine/document.ts";
import { isNotebook, languageOf } from "../../server/src/engine/language-of.ts";
import type { ProjectFacts } from "../../server/src/project/project-facts.ts";
import { RULES } from "../../server/src/rules/rules.generated.ts";
import { notebookFile } from "../../server/src/syntax/notebook/notebook-file.ts";
import { lazyProject } from "../../server/src/workspace/lazy-project.ts";
import { readSourceNow } from "../../server/src/workspace/read-source.ts";
import { walkFiles } from "../../server/src/workspace/walk-files.ts";
import { MUTATORS } from "./all-mutators.ts";
import { type Attempt, tryMutants } from "./try-mutants.ts";

/** Mutants of one rule. */
const MOST = 6;
/** Longer files are generated, or lists of data. */
const MOST_BYTES = 400_000;

interface File {
  readonly path: string;
  readonly project: ProjectFacts;
}

const hash = (text: string) => createHash("sha1").update(text).digest("hex");

/** Every folder in `folder` is a project of its own; the order mixes them, always in the same way. */
function filesIn(folder: string): readonly { readonly order: string; readonly file: File }[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const root = path.join(folder, name);
      const project = lazyProject([root]).facts;
      return [...walkFiles([root])].flatMap((found) =>
        found.kind === "file" && (isNotebook(found.path) || found.sizeBytes <= MOST_BYTES)
          ? [
              {
                order: hash(path.relative(folder, found.path)),
                file: { path: found.path, project },
              },
            ]
          : [],
      );
    });
}

/** Cells of a notebook are one program. */
function documentOf({ path: file, project }: File): readonly LintDocument[] {
  const text = readSourceNow(file)?.text;
  if (text === undefined) return [];
  if (isNotebook(file)) {
    const program = notebookFile(text)?.cells.text;
    return program === undefined
      ? []
      : [{ path: file, language: "python", text: program, project }];
  }
  const language = languageOf(file);
  return language === undefined ? [] : [{ path: file, language, text, project }];
}

function* documentsIn(folders: readonly string[]): Generator<LintDocument> {
  const files = folders
    .flatMap((folder) => filesIn(path.resolve(folder)))
    .toSorted((a, b) => (a.order < b.order ? -1 : 1));
  for (const { file } of files) yield* documentOf(file);
}

function show(title: string, attempts: readonly Attempt[]): void {
  if (attempts.length === 0) return;
  console.log(`\n${title}:\n`);
  for (const { code, mistake, path: file, line, before, after } of attempts) {
    console.log(`${code} ${mistake}\n  ${file}:${line}\n  - ${before}\n  + ${after}`);
  }
}

function table(attempts: readonly Attempt[]): void {
  console.log("| rule | tried | found |\n|---|---:|---:|");
  const codes = new Set(attempts.map(({ code }) => code));
  for (const { code, name } of RULES.filter((rule) => codes.has(rule.code))) {
    const own = attempts.filter((attempt) => attempt.code === code);
    console.log(`| ${code} ${name} | ${own.length} | ${own.filter((a) => a.isFound).length} |`);
  }
  const found = attempts.filter(({ isFound }) => isFound).length;
  const share = ((100 * found) / Math.max(1, attempts.length)).toFixed(1);
  console.log(
    `\n${found} of ${attempts.length} mutants of ${codes.size} rules are found: ${share} %.`,
  );
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rules: { type: "string" }, all: { type: "boolean" } },
  });
  if (positionals.length === 0) {
    console.error("Name one or more folders with repositories of correct code.");
    process.exitCode = 2;
    return;
  }
  const wanted = values.rules?.split(",");
  const rules = RULES.filter(({ code }) => wanted?.some((id) => code.startsWith(id)) ?? true);
  const attempts = tryMutants(documentsIn(positionals), rules, MUTATORS, MOST);
  table(attempts);
  const tried = new Set(attempts.map(({ code }) => code));
  const untried = rules.flatMap(({ code }) => (tried.has(code) ? [] : [code]));
  if (untried.length > 0) console.log(`\nNo place was found for ${untried.join(", ")}.`);
  show(
    "Missed",
    attempts.filter(({ isFound }) => !isFound),
  );
  if (values.all)
    show(
      "Found",
      attempts.filter(({ isFound }) => isFound),
    );
}

main();
