import type { PythonProgram } from "../semantics/python-program.ts";
import type { Expression } from "../syntax/python/ast.ts";
import { expressionsIn } from "../syntax/python/walk.ts";
import { type Bindings, createBindings } from "./bindings.ts";
import { evaluate } from "./evaluate.ts";
import { binaryIr, type Ir, numberIr, type SymbolIr } from "./ir.ts";
import { allSymbolsOf, childrenOf } from "./ir-walk.ts";
import { lowerExpression } from "./lower-expression.ts";
import { isClose } from "./proportion.ts";
import { type RandomSource, randomSource } from "./random-source.ts";
import { sizeOf } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** Names are followed to their definitions this deep. */
const DEEPEST = 4;
const DRAWS = 3;

export interface BoundQuestion {
  /** The array whose entries are bounded; it is no bound itself, but its maximum may be. */
  readonly array: Expression;
  readonly wanted: Expression;
  readonly factors: readonly Expression[];
  readonly divisors: readonly Expression[];
}

/**
 * Whether the product of `factors` over `divisors` is the number `wanted`, names followed to their
 * definitions.
 *
 * `undefined` when either is not one number, or holds something that cannot be looked into.
 */
export function isSameBound(question: BoundQuestion, program: PythonProgram): boolean | undefined {
  const { array, factors, divisors } = question;
  const bindings = definitionsOf([question.wanted, ...factors, ...divisors], program);
  const lower = (expression: Expression) => lowerExpression(expression, bindings);
  const one: Ir = numberIr(1);
  const product = factors.map(lower).reduce((left, right) => binaryIr("*", left, right), one);
  const given = divisors.map(lower).reduce((left, right) => binaryIr("/", left, right), product);
  const wanted = lower(question.wanted);
  const symbols = [...allSymbolsOf(wanted, allSymbolsOf(given)).values()];
  if (symbols.some(isUnknown)) return undefined;
  const vectors = new Set([
    ...reduced(wanted),
    ...reduced(given),
    ...allSymbolsOf(lower(array)).keys(),
  ]);
  const random = randomSource(1);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const values = positiveValues(symbols, vectors, random);
    const left = numberOf(given, values);
    const right = numberOf(wanted, values);
    if (left === undefined || right === undefined) return undefined;
    if (!isClose(left, right)) return false;
  }
  return true;
}

function positiveValues(
  symbols: readonly SymbolIr[],
  vectors: ReadonlySet<string>,
  random: RandomSource,
): ReadonlyMap<string, Tensor> {
  const entries = symbols.map(({ key }): [string, Tensor] => {
    const shape = vectors.has(key) ? [4] : [];
    return [
      key,
      { shape, data: Float64Array.from({ length: sizeOf(shape) }, () => 0.2 + random()) },
    ];
  });
  return new Map(entries);
}

function numberOf(ir: Ir, values: ReadonlyMap<string, Tensor>): number | undefined {
  const value = evaluate(ir, values);
  const [number] = value?.data.length === 1 ? value.data : [];
  return number === undefined || Number.isNaN(number) ? undefined : number;
}

/** A value without a name that is not a summary of something known, such as a function's result. */
const isUnknown = ({ key }: SymbolIr): boolean => /(?:^|[(,])#\d/.test(key);

/** Keys of symbols that are only read through a reduction, and so may be arrays. */
function reduced(ir: Ir, into = new Set<string>()): ReadonlySet<string> {
  if (ir.kind === "reduce" || ir.kind === "norm") {
    for (const key of allSymbolsOf(ir.operand).keys()) into.add(key);
  }
  for (const child of childrenOf(ir)) reduced(child, into);
  return into;
}

/** Bindings in which names that have one definition mean what it says. */
function definitionsOf(expressions: readonly Expression[], program: PythonProgram): Bindings {
  let keys = 0;
  const bindings = createBindings({
    program,
    inline: () => undefined,
    namesReadBy: () => [],
    newKey: (name) => {
      keys += 1;
      return `${name}#${keys}`;
    },
  });
  const bind = (expression: Expression, depth: number): void => {
    for (const name of expressionsIn(expression)) {
      if (name.kind !== "name" || bindings.has(name.id)) continue;
      const definition = program.definition(name);
      if (definition?.kind !== "assigned" || depth === 0) continue;
      if (readsItself(name.id, definition.value)) continue;
      bind(definition.value, depth - 1);
      bindings.bind(name.id, lowerExpression(definition.value, bindings));
    }
  };
  for (const expression of expressions) bind(expression, DEEPEST);
  return bindings;
}

function readsItself(id: string, value: Expression): boolean {
  return [...expressionsIn(value)].some(
    (expression) => expression.kind === "name" && expression.id === id,
  );
}
