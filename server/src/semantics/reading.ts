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
  /** What has been read for no parameters at all. */
  readonly shared: Map<Expression, TrainingValue>;
  /** Reads an expression; with changed parameters the reading needs a cache of its own. */
  read(node: Expression, reading: Reading): TrainingValue;
}

/** Enough for any loss that a person wrote, and little enough for the stack. */
export const FUEL = 160;
/** What a step through a name costs: chains of them are short in real code. */
export const JUMP = 10;
/** A function that a function calls is read, none deeper. */
export const CALL = 60;
export const NO_PARAMETERS: ReadonlyMap<string, TrainingValue> = new Map();

/** Written out: a spread costs more than most readings. */
export function burning(reading: Reading, cost: number): Reading {
  const { program, statement, parameters, fuel, cache, shared, read } = reading;
  return { program, statement, parameters, fuel: fuel - cost, cache, shared, read };
}

/** The reading of something that stands outside of the function that is being read. */
export function withoutParameters(reading: Reading): Reading {
  return { ...reading, parameters: NO_PARAMETERS, cache: reading.shared };
}
