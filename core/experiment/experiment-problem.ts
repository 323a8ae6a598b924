/** Keys and list positions from the root of the file down to a value. */
export type ExperimentPath = readonly (string | number)[];

/** One thing that is wrong with an experiment file. */
export interface ExperimentProblem {
  readonly path: ExperimentPath;
  /** Whether the last key of `path` itself is at fault, or the value under it. */
  readonly at: "key" | "value";
  /** What is wrong, without a full stop. */
  readonly message: string;
  /** What is allowed instead, without a full stop; empty where the message says it all. */
  readonly allowed: string;
  /** The key that was probably meant. */
  readonly suggestion?: string;
}

/** `file:line:column: what is wrong, what is allowed`; `line` and `column` count from 1. */
export function problemLine(
  file: string,
  position: { readonly line: number; readonly column: number },
  problem: ExperimentProblem,
): string {
  return `${file}:${position.line}:${position.column}: ${problemText(problem)}`;
}

/** What is wrong and what is allowed, in one line. */
export function problemText({ message, allowed }: ExperimentProblem): string {
  return allowed === "" ? message : `${message}; ${allowed}`;
}
