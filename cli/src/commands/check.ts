import { statSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { VERSION } from "../../../core/protocol/version.generated.ts";
import { type CheckEnvironment, checkBytes } from "../../../server/src/workspace/check-files.ts";
import { lazyProject, projectRoots } from "../../../server/src/workspace/lazy-project.ts";
import type { Source } from "../../../server/src/workspace/read-source.ts";
import { selectionFinder } from "../../../server/src/workspace/selection-for-file.ts";
import {
  type SettingsFinder,
  settingsFinder,
} from "../../../server/src/workspace/settings-finder.ts";
import { walkFiles } from "../../../server/src/workspace/walk-files.ts";
import { baselineText, parseBaseline, withoutKnown } from "../check/baseline.ts";
import { type ChangedLines, changedLines } from "../check/changed-lines.ts";
import { type CheckCache, openCheckCache } from "../check/check-cache.ts";
import { gatherReport } from "../check/check-inputs.ts";
import { type CheckOptions, checkOptions } from "../check/check-options.ts";
import { checkPaths } from "../check/check-paths.ts";
import { type CheckReport, findingCount } from "../check/check-report.ts";
import { type CheckSetup, overrideFor } from "../check/checker.ts";
import { githubReport } from "../check/github-report.ts";
import { jsonReport } from "../check/json-report.ts";
import { sarifReport } from "../check/sarif-report.ts";
import { textReport } from "../check/text-report.ts";
import type { CliCommand, CommandIo } from "../command.ts";

const HELP = `Usage: normlens check [PATH…] [options]

Checks Python, YAML, JSON and TOML files and notebooks for regularization mistakes. PATH is a file
or a folder, by default the working directory; what .gitignore names is left out.

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
  --no-cache                        check every file afresh
  --cache-dir DIR                   where findings are kept (default .normlens/cache of the project)
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

const setupOf = (
  options: CheckOptions,
  roots: readonly string[],
  isHashing: boolean,
): CheckSetup => ({
  roots,
  isHashing,
  select: options.select,
  ignore: options.ignore,
  fixLevel: options.isFixing ? (options.isFixingUnsafely ? "unsafe" : "safe") : undefined,
});

async function checkStdin(
  file: string,
  { options, finder }: Gathering,
  io: CommandIo,
): Promise<CheckReport> {
  const setup = setupOf(options, projectRoots([file]), false);
  let fixed: Source | undefined;
  const environment: CheckEnvironment = {
    selectionOf: selectionFinder(finder, undefined, overrideFor(setup)),
    project: lazyProject(setup.roots).facts,
    ...(setup.fixLevel === undefined
      ? {}
      : {
          fixing: {
            level: setup.fixLevel,
            write: (_file, source) => {
              fixed = source;
            },
          },
        }),
  };
  const outcome = checkBytes(file, await io.readStdin(), environment);
  const shown = fixed ?? (outcome.kind === "checked" ? outcome.source : undefined);
  if (options.isFixing && shown !== undefined) io.out(shown.bom + shown.text);
  return gatherReport([outcome], options.minSeverity, io.cwd);
}

function isFolder(item: string): boolean {
  return statSync(item, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

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

async function gather(gathering: Gathering, io: CommandIo): Promise<CheckReport> {
  const { paths, options, finder, changes, isCancelled } = gathering;
  const [file] = paths;
  if (options.stdinFilename !== undefined && file !== undefined) {
    return checkStdin(file, gathering, io);
  }
  const files = [...walkFiles(paths)].filter(({ path: name }) => changes?.hasFile(name) ?? true);
  const cache = cacheFor(gathering, io);
  const setup = setupOf(options, projectRoots(paths), cache !== undefined);
  const outcomes = await checkPaths({
    files,
    setup,
    selectionOf: selectionFinder(finder, undefined, overrideFor(setup)),
    cache,
    isCancelled,
  });
  const fault = changes === undefined ? cache?.save(paths) : cache?.save([]);
  if (fault !== undefined)
    io.error(`The cache cannot be written, the next check starts afresh: ${fault}\n`);
  return gatherReport(outcomes, options.minSeverity, io.cwd, changes);
}

/** Fixing changes the files that findings would be remembered for. */
function cacheFor({ options, paths }: Gathering, io: CommandIo): CheckCache | undefined {
  const [root] = projectRoots(paths);
  if (!options.isCaching || options.isFixing || root === undefined) return undefined;
  const folder =
    options.cacheFolder === undefined
      ? path.join(root, ".normlens", "cache")
      : path.resolve(io.cwd, options.cacheFolder);
  return openCheckCache(folder);
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
