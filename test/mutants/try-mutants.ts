import { checkText } from "../../server/src/engine/check-text.ts";
import type { LintDocument } from "../../server/src/engine/document.ts";
import { lineIndex } from "../../server/src/engine/line-index.ts";
import type { AnyRule } from "../../server/src/engine/rule.ts";
import { type Mutant, type Mutator, mutate, type Source, sourceOf } from "./mutator.ts";

/** A mutant that was checked. */
export interface Attempt {
  readonly code: string;
  readonly mistake: string;
  readonly path: string;
  readonly line: number;
  readonly isFound: boolean;
  /** The first line that differs, as it was and as it is. */
  readonly before: string;
  readonly after: string;
}

const count = (document: LintDocument, rule: AnyRule) =>
  checkText(document, { rules: [rule], severities: new Map() }).length;

/** The first line that differs. */
function changeOf({ text }: LintDocument, mutant: Mutant) {
  const { line, character } = lineIndex(text).positionAt(mutant.at);
  const first = mutant.at - character;
  const lineOf = (whole: string) => whole.slice(first).split("\n", 1)[0]?.trim() ?? "";
  return { line: line + 1, before: lineOf(text), after: lineOf(mutant.text) };
}

/**
 * Plants faults of a rule into the documents that it is given, one in each at most, until `most`
 * have been tried. Its ways to make the mistake take turns.
 */
function attemptsFor(rule: AnyRule, mutators: readonly Mutator[], most: number) {
  const attempts: Attempt[] = [];
  // Copies of the same file, or of the same lines, tell nothing new.
  const seen = new Set<string>();

  function tryOne(document: LintDocument, source: Source, mutator: Mutator): boolean {
    if (mutator.language !== document.language) return false;
    const mutant = mutate(mutator, source, document.path);
    if (mutant === undefined) return false;
    const change = changeOf(document, mutant);
    const key = `${change.before}\n${change.after}`;
    if (seen.has(key) || count(document, rule) > 0) return false;
    seen.add(key);
    const isFound = count({ ...document, text: mutant.text }, rule) > 0;
    const { code, mistake } = mutator;
    attempts.push({ code, mistake, path: document.path, ...change, isFound });
    return true;
  }

  return {
    attempts: attempts as readonly Attempt[],
    isDone: () => attempts.length >= most || mutators.length === 0,
    tryIn(document: LintDocument, source: Source): void {
      const turn = attempts.length;
      mutators.some((_, index) => {
        const mutator = mutators[(turn + index) % mutators.length];
        return mutator !== undefined && tryOne(document, source, mutator);
      });
    },
  };
}

/** Tries all of `rules` on the documents, in their order. */
export function tryMutants(
  documents: Iterable<LintDocument>,
  rules: readonly AnyRule[],
  mutators: readonly Mutator[],
  most: number,
): readonly Attempt[] {
  const open = rules.map((rule) =>
    attemptsFor(
      rule,
      mutators.filter(({ code }) => code === rule.code),
      most,
    ),
  );
  for (const document of documents) {
    const source = sourceOf(document.text, document.language);
    const left = open.filter(({ isDone }) => !isDone());
    if (left.length === 0) break;
    for (const attempts of left) attempts.tryIn(document, source);
  }
  return open.flatMap(({ attempts }) => attempts);
}
