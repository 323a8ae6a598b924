import type { Language } from "../../server/src/engine/document.ts";

/** A text, with a copy of equal length in which comments and docstrings are blank. */
export interface Source {
  readonly text: string;
  readonly code: string;
}

/** One replacement in a text. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** Correct code with one fault planted into it. */
export interface Mutant {
  readonly text: string;
  /** Where the fault begins, in both texts. */
  readonly at: number;
}

/** A way in which people make the mistake that a rule is about. */
export interface Mutator {
  /** The rule that must find the fault. */
  readonly code: string;
  readonly language: Language;
  /** The mistake, in words. */
  readonly mistake: string;
  /** What a text must have for the mistake to be one at all. */
  readonly needs?: RegExp;
  /** What it must not have: then the mistake would be none, or a rule must not speak of it. */
  readonly without?: RegExp;
  /** Paths of files where a rule must not speak of it, or of another loader. */
  readonly elsewhere?: RegExp;
  /** The edits that plant it; `undefined` where the text has no place for it. */
  readonly changes: (source: Source) => readonly Change[] | undefined;
  /** Correct code that the mutator turns into the fault, for its own test. */
  readonly example: string;
  /** Name of the file that the example is, where the rule asks for one. */
  readonly path?: string;
}

const STRING_OR_COMMENT =
  /[rRbBuUfF]{0,2}("""[\s\S]*?"""|'''[\s\S]*?''')|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#.*/g;

const blank = (text: string) => text.replaceAll(/[^\n]/g, " ");

function withoutComments(text: string, language: Language): string {
  if (language !== "python") return text.replaceAll(/#.*/g, blank);
  return text.replaceAll(STRING_OR_COMMENT, (found: string, long?: string) =>
    long !== undefined || found.startsWith("#") ? blank(found) : found,
  );
}

export function sourceOf(text: string, language: Language): Source {
  let code: string | undefined;
  return {
    text,
    get code() {
      code ??= withoutComments(text, language);
      return code;
    },
  };
}

/** Plants the mistake; `undefined` where the text has no place for it. */
export function mutate(mutator: Mutator, source: Source, path: string): Mutant | undefined {
  if (mutator.elsewhere?.test(path)) return undefined;
  if (mutator.needs?.test(source.text) === false || mutator.without?.test(source.text)) {
    return undefined;
  }
  const changes = mutator.changes(source)?.toSorted((a, b) => b.start - a.start);
  const first = changes?.at(-1);
  if (changes === undefined || first === undefined) return undefined;
  const text = changes.reduce(
    (done, { start, end, newText }) => done.slice(0, start) + newText + done.slice(end),
    source.text,
  );
  return text === source.text ? undefined : { text, at: first.start };
}
