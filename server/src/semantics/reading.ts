import type { Expression, Statement } from "../syntax/python/ast.ts";
import type { PythonProgram } from "./python-program.ts";
import type { TrainingValue } from "./training-term.ts";

/** Where an expression stands while it is read, and what its free names are. */
export interface Reading {
  readonly program: PythonProgram;
  readonly statement: Statement | undefined;
  /** Values of the parameters of the function or lambda that is being read. */
  readonly parameters: ReadonlyMap<string, TrainingValue>;
  /** How many names, calls and nested expressions may still be followed. */
  readonly fuel: number;
  /** What has been read for these parameters. */
  readonly cache: Map<Expression, TrainingValue>;
  /** Reads an expression; with changed parameters the reading needs a cache of its own. */
  read(node: Expression, reading: Reading): TrainingValue;
}
