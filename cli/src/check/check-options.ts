import { parseArgs } from "node:util";
import { SEVERITIES, type Severity } from "../../../core/protocol/severity.ts";
import { isRuleNamed } from "../../../server/src/engine/rule-selection.ts";
import { RULES } from "../../../server/src/rules/rules.generated.ts";
import { parsedArguments } from "../parsed-arguments.ts";

export const FORMATS = ["text", "json", "sarif", "github"] as const;
export type Format = (typeof FORMATS)[number];

export interface CheckOptions {
  readonly paths: readonly string[];
  readonly format: Format;
  /** `undefined` leaves the choice to the settings files. */
  readonly select: readonly string[] | undefined;
  readonly ignore: readonly string[];
  readonly isFixing: boolean;
  readonly isFixingUnsafely: boolean;
  readonly minSeverity: Severity;
  /** Path that standard input is judged as; `undefined` when files are checked. */
  readonly stdinFilename: string | undefined;
  readonly isExitZero: boolean;
  /** Only findings on lines that changed since this revision; `undefined` for all. */
  readonly diff: string | undefined;
  /** File with the findings that are known already. */
  readonly baseline: string | undefined;
  readonly isWritingBaseline: boolean;
  /** Whether files that have not changed keep their findings from the last time. */
  readonly isCaching: boolean;
  /** `undefined` for the usual folder. */
  readonly cacheFolder: string | undefined;
}

function oneOf<Value extends string>(
  flag: string,
  value: string,
  allowed: readonly Value[],
): Value | Error {
  const found = allowed.find((item) => item === value);
  return found ?? new Error(`--${flag} takes ${allowed.join(", ")}; got "${value}"`);
}

/** Splits `NL101,NL102`; every id must name a rule. */
function ruleIds(flag: string, values: readonly string[]): readonly string[] | Error {
  const ids = values
    .flatMap((value) => value.split(","))
    .map((id) => id.trim())
    .filter((id) => id !== "");
  if (values.length > 0 && ids.length === 0) return new Error(`--${flag} needs a rule id`);
  const unknown = ids.find((id) => !RULES.some((rule) => isRuleNamed(id, rule)));
  return unknown === undefined
    ? ids
    : new Error(`--${flag}: no rule is named "${unknown}"; see \`normlens explain\``);
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: "string", default: "text" },
      select: { type: "string", multiple: true, default: [] },
      ignore: { type: "string", multiple: true, default: [] },
      fix: { type: "boolean", default: false },
      "unsafe-fixes": { type: "boolean", default: false },
      "min-severity": { type: "string", default: "information" },
      "stdin-filename": { type: "string" },
      "exit-zero": { type: "boolean", default: false },
      diff: { type: "string" },
      baseline: { type: "string" },
      "write-baseline": { type: "boolean", default: false },
      "no-cache": { type: "boolean", default: false },
      "cache-dir": { type: "string" },
    },
  });
}

/** An {@link Error} says what is wrong with the arguments. */
export function checkOptions(args: readonly string[]): CheckOptions | Error {
  const parsed = parsedArguments(() => parse(args));
  if (parsed instanceof Error) return parsed;
  const { values, positionals } = parsed;
  const format = oneOf("format", values.format, FORMATS);
  if (format instanceof Error) return format;
  const minSeverity = oneOf("min-severity", values["min-severity"], SEVERITIES);
  if (minSeverity instanceof Error) return minSeverity;
  const select = ruleIds("select", values.select);
  if (select instanceof Error) return select;
  const ignore = ruleIds("ignore", values.ignore);
  if (ignore instanceof Error) return ignore;
  const stdinFilename = values["stdin-filename"];
  if (stdinFilename !== undefined && positionals.length > 0) {
    return new Error("--stdin-filename checks standard input and takes no further path");
  }
  const isFixing = values.fix || values["unsafe-fixes"];
  if (isFixing && (values.diff !== undefined || values.baseline !== undefined)) {
    return new Error("fixes are for all findings: give them without --diff and --baseline");
  }
  if (values["write-baseline"] && values.baseline === undefined) {
    return new Error("--write-baseline needs the file to write: --baseline FILE");
  }
  return {
    paths: positionals.length === 0 ? ["."] : positionals,
    format,
    select: values.select.length === 0 ? undefined : select,
    ignore,
    isFixing,
    isFixingUnsafely: values["unsafe-fixes"],
    minSeverity,
    stdinFilename,
    isExitZero: values["exit-zero"],
    diff: values.diff,
    baseline: values.baseline,
    isWritingBaseline: values["write-baseline"],
    isCaching: !values["no-cache"],
    cacheFolder: values["cache-dir"],
  };
}
