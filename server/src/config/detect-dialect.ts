import type { Language } from "../engine/document.ts";
import type { ConfigDialect } from "./config-dialect.ts";
import type { ConfigEntryView } from "./config-entries.ts";
import { DIALECTS } from "./dialects/dialects.generated.ts";
import { matchesPath } from "./path-pattern.ts";

/** Fewest signs that tell a dialect; one key alone is often somebody else's. */
const ENOUGH = 2;

/** The tool that a config file is written for; `undefined` when none or two are equally likely. */
export function detectDialect(
  path: string,
  language: Language,
  entries: readonly ConfigEntryView[],
): ConfigDialect | undefined {
  const name = path.split(/[\\/]/).at(-1) ?? "";
  const scores = DIALECTS.filter(({ languages }) => languages.includes(language))
    .map((dialect) => ({ dialect, score: score(dialect, name, entries) }))
    .filter((candidate) => candidate.score >= ENOUGH)
    .sort((a, b) => b.score - a.score);
  const special = scores.filter(({ dialect }) => !dialect.isFoundation);
  const [first, second] = special.length > 0 ? special : scores;
  return first === undefined || first.score === second?.score ? undefined : first.dialect;
}

function score(dialect: ConfigDialect, name: string, entries: readonly ConfigEntryView[]): number {
  const signs = dialect.signature.filter((pattern) =>
    entries.some((entry) => !entry.isItem && matchesPath(pattern, entry.path)),
  );
  return signs.length + (dialect.fileNames?.test(name) ? 1 : 0);
}
