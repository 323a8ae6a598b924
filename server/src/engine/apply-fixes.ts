import type { Finding } from "./finding.ts";
import type { Edit, Fix } from "./rule.ts";

/** A rule whose fix brings forth another finding may need several passes, a wrong one would never end. */
const MOST_PASSES = 10;

export interface FixedText {
  readonly text: string;
  /** Fixes that were applied, over all passes. */
  readonly count: number;
}

/** Which safeties may be applied without asking for each. */
export type FixLevel = "safe" | "unsafe";

/** The fix that fix-all takes: the finding's first one of an allowed safety; never a suggestion. */
export function fixToApply(finding: Finding, level: FixLevel): Fix | undefined {
  return finding.fixes.find(
    ({ safety }) => safety === "safe" || (level === "unsafe" && safety === "unsafe"),
  );
}

const isSame = (a: Edit, b: Edit) =>
  a.span.start === b.span.start && a.span.end === b.span.end && a.newText === b.newText;

/** Edits that touch at a point are kept apart too: their order would be a guess. */
const isInConflict = (a: Edit, b: Edit) =>
  !isSame(a, b) && a.span.start <= b.span.end && b.span.start <= a.span.end;

/**
 * Edits of as many fixes as go together, in source order. A fix is taken whole or not at all; an
 * edit that two fixes share, such as an added import, is made once.
 */
export function compatibleEdits(fixes: readonly Fix[]): {
  readonly edits: readonly Edit[];
  readonly count: number;
} {
  const edits: Edit[] = [];
  let count = 0;
  for (const fix of fixes) {
    if (fix.edits.length === 0) continue;
    if (fix.edits.some((edit) => edits.some((other) => isInConflict(edit, other)))) continue;
    edits.push(...fix.edits.filter((edit) => !edits.some((other) => isSame(edit, other))));
    count += 1;
  }
  return { edits: edits.toSorted((a, b) => a.span.start - b.span.start), count };
}

/** Replaces spans of `text`; the edits must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let end = 0;
  for (const { span, newText } of edits.toSorted((a, b) => a.span.start - b.span.start)) {
    result += text.slice(end, span.start) + newText;
    end = span.end;
  }
  return result + text.slice(end);
}

/**
 * Applies fixes pass by pass until none is left or {@link MOST_PASSES} are made. `check` judges
 * each new text afresh.
 */
export function fixAll<Document extends { readonly text: string }>(
  document: Document,
  level: FixLevel,
  check: (document: Document) => readonly Finding[],
): FixedText {
  let { text } = document;
  let total = 0;
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const fixes = check({ ...document, text }).flatMap(
      (finding) => fixToApply(finding, level) ?? [],
    );
    const { edits, count } = compatibleEdits(fixes);
    const next = applyEdits(text, edits);
    if (next === text) break;
    text = next;
    total += count;
  }
  return { text, count: total };
}
