import { faultText, guarded, listOf, objectOf, oneOf, text } from "./decoder.ts";

/**
 * `notes.json` of a run folder: what the reader says about a run. The trainer neither reads nor
 * writes it; it is replaced as a whole by temp file and rename.
 */
export interface RunNotes {
  /** Shown in place of the record's name. */
  readonly name?: string;
  /** In the order they were given, without the `#` they are shown with. */
  readonly tags?: readonly string[];
  /** The run that others are compared with; at most one among the runs of a folder. */
  readonly baseline?: true;
}

export const NO_NOTES: RunNotes = {};

interface StoredNotes extends RunNotes {
  readonly format: 1;
}

const stored = objectOf<StoredNotes>(
  {
    format: oneOf(1),
    name: text,
    tags: listOf(text),
    baseline: guarded("true", (value): value is true => value === true),
  },
  ["name", "tags", "baseline"],
);

/** Content of `notes.json`, or what is wrong with it. */
export function parseRunNotes(json: string): RunNotes | string {
  try {
    const decoded = stored(JSON.parse(json));
    if (!decoded.ok) return faultText(decoded);
    const { format: _, ...notes } = decoded.value;
    return notes;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What `notes.json` holds for these notes. */
export function runNotesText(notes: RunNotes): string {
  const whole: StoredNotes = { format: 1, ...notes };
  return `${JSON.stringify(whole, undefined, 2)}\n`;
}

/** Tags of a line of text, separated by blanks or commas, each once, without a leading `#`. */
export function tagsOf(line: string): readonly string[] {
  const tags = line.split(/[\s,]+/).map((tag) => tag.replace(/^#+/, ""));
  return [...new Set(tags.filter((tag) => tag !== ""))];
}
