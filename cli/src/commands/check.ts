import { statSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { VERSION } from "../../../core/protocol/version.generated.ts";
import { languageOf } from "../../../server/src/engine/language-of.ts";
import type { RuleSelection } from "../../../server/src/engine/rule-selection.ts";
import { isRuleNamed } from "../../../server/src/engine/rule-selection.ts";
import { NO_PROJECT, type ProjectFacts } from "../../../server/src/project/project-facts.ts";
import { RULES } from "../../../server/src/rules/rules.generated.ts";
import {
  type CheckEnvironment,
  checkFile,
  checkFiles,
} from "../../../server/src/workspace/check-files.ts";
import { projectIndex, projectRootOf } from "../../../server/src/workspace/project-index.ts";
import { pythonModules } from "../../../server/src/workspace/python-modules.ts";
import { sourceOf } from "../../../server/src/workspace/read-source.ts";
import {
  type SettingsFinder,
  settingsFinder,
} from "../../../server/src/workspace/settings-finder.ts";
import { type WalkedFile, walkFiles } from "../../../server/src/workspace/walk-files.ts";
import { baselineText, parseBaseline, withoutKnown } from "../check/baseline.ts";
import { type ChangedLines, changedLines } from "../check/changed-lines.ts";
import { gatherReport, writeFixedFile } from "../check/check-inputs.ts";
import { type CheckOptions, checkOptions } from "../check/check-options.ts";
import { type CheckReport, findingCount } from "../check/check-report.ts";
import { githubReport } from "../check/github-report.ts";
import { jsonReport } from "../check/json-report.ts";
import { sarifReport } from "../check/sarif-report.ts";
import { textReport } from "../check/text-report.ts";
import type { CliCommand, CommandIo } from "../command.ts";

const HELP = `Usage: normlens check [PATH…] [options]

Checks Python, YAML, JSON and TOML files for regularization mistakes. PATH is a file or a folder,
by default the working directory; what .gitignore names is left out.

  --format text|json|sarif|github   how findings are printed (default text)
  --select IDS                      only these rules; codes, names or families, comma-separated
  --ignore IDS                      all but these
  --fix                             apply safe fixes
  --unsafe-fixes                    apply also fixes that change training results
  --min-severity LEVEL              error, warning, information or hint (default information)
  --diff REV                        only findings on lines changed since this Git revision
  --baseline FILE                   leave out the findings that FILE knows
  --write-baseline                  write the findings of today to FILE of --baseline
  --stdin-filename F                check standard input as if it were F; fixed text goes to stdout
  --exit-zero                       exit 0 in spite of findings

Exit code: 0 clean, 1 findings, 2 wrong usage, unreadable file or unreadable settings.
`;

function render(report: CheckReport, options: CheckOptions, hasColor: boolean): string {
  switch (options.format) {
    case "text":
      return textReport(report, hasColor);
    case "json":
      return jsonReport(report);
    case "sarif":
      return sarifReport(report, VERSION);
    case "github":
      return githubReport(report);
  }
}

/** What was typed wins: `--select` replaces the file's choice, `--ignore` adds to it. */
function overrideFor({
  select,
  ignore,
}: CheckOptions): (selection: RuleSelection) => RuleSelection {
  return (selection) => ({
    ...selection,
    rules: (select === undefined
      ? selection.rules
      : RULES.filter((rule) => select.some((id) => isRuleNamed(id, rule)))
    ).filter((rule) => !ignore.some((id) => isRuleNamed(id, rule))),
  });
}

/** A finder that keeps the files it found, so that their problems can be told once. */
function observedFinder(): { finder: SettingsFinder; problems: () => string[] } {
  const finder = settingsFinder();
  const seen = new Map<string, readonly string[]>();
  return {
    finder: {
      find(folder) {
        const found = finder.find(folder);
        if (found !== undefined) seen.set(found.path, found.problems);
        return found;
      },
      clear: finder.clear,
    },
    problems: () =>
      [...seen].flatMap(([file, problems]) => problems.map((problem) => `${file}: ${problem}`)),
  };
}

async function checkStdin(
  file: string,
  options: CheckOptions,
  environment: CheckEnvironment,
  io: CommandIo,
): Promise<CheckReport> {
  const read = async () => sourceOf(await io.readStdin());
  const outcome = await checkFile(path.resolve(io.cwd, file), read, environment);
  let fixed = outcome.kind === "checked" ? outcome.source : undefined;
  const report = await gatherReport([outcome], options, io.cwd, async ({ source }) => {
    fixed = source;
  });
  if (options.isFixing && fixed !== undefined) io.out(fixed.bom + fixed.text);
  return report;
}

/** What the code around the paths does with configs; it matters to config files only. */
async function projectAround(
  paths: readonly string[],
  isCancelled: () => boolean,
): Promise<ProjectFacts> {
  const roots = new Set(paths.map((item) => (isFolder(item) ? item : projectRootOf(item))));
  const index = projectIndex();
  await index.read(walkFiles([...roots]), isCancelled);
  return index.facts();
}

/** Where no config is checked, only the models that a script imports are asked for. */
const codeAround = (): ProjectFacts => ({ ...NO_PROJECT, pythonModule: pythonModules() });

function isFolder(item: string): boolean {
  return statSync(item, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** All files under the paths, before any is read. */
async function walk(paths: readonly string[], isCancelled: () => boolean): Promise<WalkedFile[]> {
  const files: WalkedFile[] = [];
  for await (const file of walkFiles(paths)) {
    if (isCancelled()) break;
    files.push(file);
  }
  return files;
}

const isConfig = ({ path: file }: Pick<WalkedFile, "path">) => {
  const language = languageOf(file);
  return language !== undefined && language !== "python";
};

/** Files that `--diff` leaves, and the lines in them. */
async function changesFor(
  paths: readonly string[],
  { diff }: CheckOptions,
): Promise<ChangedLines | undefined | Error> {
  if (diff === undefined) return undefined;
  const folders = paths.map((item) => (isFolder(item) ? item : path.dirname(item)));
  return changedLines(folders, diff);
}

/** Takes the known findings out of the report, or writes down those of today. */
async function applyBaseline(
  report: CheckReport,
  options: CheckOptions,
  cwd: string,
): Promise<CheckReport | Error> {
  if (options.baseline === undefined) return report;
  const file = path.resolve(cwd, options.baseline);
  try {
    if (options.isWritingBaseline) await writeFile(file, baselineText(report, cwd, file));
    const known = parseBaseline(await readFile(file, "utf8"));
    return known instanceof Error ? known : withoutKnown(report, known, cwd, file);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

interface Gathering {
  /** Absolute. */
  readonly paths: readonly string[];
  readonly options: CheckOptions;
  readonly finder: SettingsFinder;
  readonly changes: ChangedLines | undefined;
  readonly isCancelled: () => boolean;
}

async function gather(
  { paths, options, finder, changes, isCancelled }: Gathering,
  io: CommandIo,
): Promise<CheckReport> {
  const isStdin = options.stdinFilename !== undefined;
  const walked = isStdin ? [] : await walk(paths, isCancelled);
  const files = walked.filter((file) => changes?.hasFile(file.path) ?? true);
  const hasConfigs = [...files, ...paths.map((file) => ({ path: file }))].some(isConfig);
  const project = hasConfigs ? await projectAround(paths, isCancelled) : codeAround();
  const environment = { finder, project, override: overrideFor(options) };
  if (isStdin) return checkStdin(options.stdinFilename, options, environment, io);
  const outcomes = checkFiles(files, environment, isCancelled);
  return gatherReport(outcomes, options, io.cwd, writeFixedFile, changes);
}

async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const options = checkOptions(args);
  const refuse = (message: string) => {
    io.error(`normlens check: ${message}\n`);
    return 2;
  };
  if (options instanceof Error) return refuse(options.message);
  const { finder, problems } = observedFinder();
  const isCancelled = () => io.signal.aborted;
  const names = options.stdinFilename === undefined ? options.paths : [options.stdinFilename];
  const paths = names.map((item) => path.resolve(io.cwd, item));
  const changes = await changesFor(paths, options);
  if (changes instanceof Error) return refuse(`--diff ${options.diff}: ${changes.message}`);
  const gathered = await gather({ paths, options, finder, changes, isCancelled }, io);
  const report = await applyBaseline(gathered, options, io.cwd);
  if (report instanceof Error) return refuse(`--baseline ${options.baseline}: ${report.message}`);

  tell(report, options, io);
  for (const problem of problems()) io.error(`${problem}\n`);
  if (report.problems.length > 0 || problems().length > 0 || isCancelled()) return 2;
  return findingCount(report) > 0 && !options.isExitZero ? 1 : 0;
}

function tell(report: CheckReport, options: CheckOptions, io: CommandIo): void {
  // With standard input its fixed text is the output, and the report must not mix with it.
  const isOutTaken = options.stdinFilename !== undefined && options.isFixing;
  const { NO_COLOR: noColor } = io.env;
  const hasColor = io.isTerminal && (noColor === undefined || noColor === "");
  (isOutTaken ? io.error : io.out)(render(report, options, hasColor));
  for (const { path: file, message } of report.problems) io.error(`${file}: ${message}\n`);
}

export const check: CliCommand = {
  name: "check",
  summary: "Find regularization mistakes in code and configs",
  help: HELP,
  run,
};
