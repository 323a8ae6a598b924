import type { Language } from "../engine/document.ts";
import type { ConfigDialect } from "./config-dialect.ts";
import type { ConfigEntryView } from "./config-entries.ts";
import { DIALECTS } from "./dialects/dialects.generated.ts";
import { type ConfigPath, matchesPath } from "./path-pattern.ts";

/** Fewest signs that tell a dialect; one key alone is often somebody else's. */
const ENOUGH = 2;

/** The tool that a config file is written for; `undefined` when none or two are equally likely. */
export function detectDialect(
  path: string,
  language: Language,
  entries: readonly ConfigEntryView[],
  text = "",
): ConfigDialect | undefined {
  const name = path.split(/[\\/]/).at(-1) ?? "";
  const keys = keyPaths(entries);
  const scores = DIALECTS.filter(({ languages }) => languages.includes(language))
    .map((dialect) => ({ dialect, score: score(dialect, name, keys) + marks(dialect, text) }))
    .filter((candidate) => candidate.score >= ENOUGH)
    .sort((a, b) => b.score - a.score);
  const special = scores.filter(({ dialect }) => !dialect.isFoundation);
  const [first, second] = special.length > 0 ? special : scores;
  return first === undefined || first.score === second?.score ? undefined : first.dialect;
}

function marks({ marks: pieces = [] }: ConfigDialect, text: string): number {
  return pieces.some((piece) => text.includes(piece)) ? ENOUGH : 0;
}

interface KeyPaths {
  readonly paths: readonly ConfigPath[];
  /** The same, dotted, for patterns without wildcards. */
  readonly dotted: ReadonlySet<string>;
}

/** Patterns have at most four steps, so deeper keys speak for no tool. */
const MAX_SIGN_DEPTH = 4;

function keyPaths(entries: readonly ConfigEntryView[]): KeyPaths {
  const paths = entries
    .filter(({ isItem, path }) => !isItem && path.length <= MAX_SIGN_DEPTH)
    .map(({ path }) => path);
  return { paths, dotted: new Set(paths.map((path) => path.join("."))) };
}

function score(dialect: ConfigDialect, name: string, { paths, dotted }: KeyPaths): number {
  const signs = dialect.signature.filter((pattern) =>
    pattern.includes("*") ? paths.some((path) => matchesPath(pattern, path)) : dotted.has(pattern),
  );
  return signs.length + (dialect.fileNames?.test(name) ? 1 : 0);
}
