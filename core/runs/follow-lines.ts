import { readTail, START_OF_FILE } from "./read-tail.ts";
import type { RunSource } from "./run-source.ts";

/** Lines that a file has gained, parsed. */
export interface NewLines<Line> {
  /** True where the file was replaced or cut: lines given before no longer stand. */
  readonly isReset: boolean;
  /** `start` and `end` count bytes from the start of the file. */
  readonly lines: readonly { readonly line: Line; readonly start: number; readonly end: number }[];
}

/**
 * Follows a file of lines in a run folder. Each call gives what is new in bounded pieces, at least one.
 *
 * `parse` gives a text for a line that is not of its form; such lines are reported by number.
 */
export function followLines<Line extends object>(
  { files, folder, report }: RunSource,
  name: string,
  parse: (value: unknown) => Line | string,
): () => AsyncGenerator<NewLines<Line>> {
  let position = START_OF_FILE;
  return async function* newLines() {
    for (let hasMore = true; hasMore; ) {
      const tail = await readTail(files, `${folder}/${name}`, position);
      ({ position, hasMore } = tail);
      for (const { line, message } of tail.problems) report(`${name} line ${line}: ${message}`);
      const lines = tail.values.flatMap(({ line, value, start, end }) => {
        const parsed = parse(value);
        if (typeof parsed === "object") return [{ line: parsed, start, end }];
        report(`${name} line ${line}: ${parsed}`);
        return [];
      });
      yield { isReset: tail.isReset, lines };
    }
  };
}
