import type { CallExpression, Expression } from "../syntax/python/ast.ts";
import { argumentOf, constantNumber } from "./call-arguments.ts";
import type { PythonProgram } from "./python-program.ts";

/** The numbers of a grid that is searched. */
export interface NumberGrid {
  readonly values: readonly number[];
  readonly spacing: "even" | "logarithmic" | "listed";
}

/** More would only slow the editor down. */
const MOST_VALUES = 10_000;

/** The values of `[0.1, 1, 10]`, `np.logspace(-3, 3, 7)`, `np.linspace(0, 1, 11)` and the like. */
export function numberGrid(node: Expression, program: PythonProgram): NumberGrid | undefined {
  if (node.kind === "name") {
    const definition = program.definition(node);
    return definition?.kind === "assigned" && definition.value.kind !== "name"
      ? numberGrid(definition.value, program)
      : undefined;
  }
  if (node.kind === "list" || node.kind === "tuple") {
    const values = node.elements.map((element) => constantNumber(element, program));
    const isKnown = values.every((value) => value !== undefined);
    return isKnown ? { values, spacing: "listed" } : undefined;
  }
  return node.kind === "call" ? gridOfCall(node, program) : undefined;
}

function gridOfCall(call: CallExpression, program: PythonProgram): NumberGrid | undefined {
  const name = /^(?:numpy|jax\.numpy)\.(\w+)$/.exec(program.qualifiedName(call.callee) ?? "")?.[1];
  const [only] = call.arguments;
  if (name === "array" && only?.value.kind === "list") return numberGrid(only.value, program);
  const number = (parameter: string, position: number, fallback?: number) => {
    const argument = argumentOf(call, parameter, position);
    return argument === undefined ? fallback : constantNumber(argument.value, program);
  };
  const start = number("start", 0);
  const stop = number("stop", 1);
  if (name === "arange") return evenly(start, stop, number("step", 2, 1));
  const count = number("num", 2, 50);
  if (start === undefined || stop === undefined || count === undefined) return undefined;
  if (!(count >= 1 && count <= MOST_VALUES)) return undefined;
  const at = (index: number) => start + ((stop - start) * index) / Math.max(1, count - 1);
  const line = Array.from({ length: Math.floor(count) }, (_, index) => at(index));
  switch (name) {
    case "linspace":
      return { values: line, spacing: "even" };
    case "logspace": {
      const base = number("base", 4, 10);
      if (base === undefined) return undefined;
      return { values: line.map((power) => base ** power), spacing: "logarithmic" };
    }
    case "geomspace":
      if (!(start > 0 && stop > 0)) return undefined;
      return {
        values: line.map(
          (value) => start * (stop / start) ** ((value - start) / (stop - start || 1)),
        ),
        spacing: "logarithmic",
      };
    default:
      return undefined;
  }
}

/** `np.arange(start, stop, step)`, or `np.arange(stop)`. */
function evenly(
  start: number | undefined,
  stop: number | undefined,
  step: number | undefined,
): NumberGrid | undefined {
  if (start === undefined || step === undefined || !(step > 0)) return undefined;
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  const count = Math.ceil((to - from) / step);
  if (!(count >= 1 && count <= MOST_VALUES)) return undefined;
  return {
    values: Array.from({ length: count }, (_, index) => from + index * step),
    spacing: "even",
  };
}
