import type { Expression, Statement } from "../syntax/python/ast.ts";
import { type Addend, addendsOf, addendValue } from "./addends.ts";
import { isNoParameter, isScalarSymbol } from "./assign-shapes.ts";
import { isGradientFunction, isGradientName } from "./gradient-names.ts";
import type { Ir, SymbolIr } from "./ir.ts";
import { dependsOn, readBy, symbolsReadBy } from "./ir-walk.ts";
import type { Assignment } from "./record-assignment.ts";
import type { Scope } from "./scopes.ts";

/** A gradient that the code computes by hand. */
export interface HandWrittenGradient {
  readonly parameter: SymbolIr;
  readonly addends: readonly Addend[];
  /** What shows it: an update of the parameter, or the name under which it is kept or returned. */
  readonly role: "update" | "named" | "returned";
  readonly statement: Statement;
}

export interface NamedLoss {
  readonly name: string;
  readonly value: Ir;
}

/** A gradient with the losses that it may be the gradient of. */
export interface HandGradient<Loss extends NamedLoss = NamedLoss> {
  readonly parameter: SymbolIr;
  readonly addends: readonly Addend[];
  readonly role: "update" | "named" | "returned";
  /** Whether the code says that it maximises something. */
  readonly isMaximising: boolean;
  /** Whether nothing else is known to change the parameter, such as a separate decay. */
  readonly isComplete: boolean;
  readonly losses: readonly Loss[];
}

/** Every hand-written gradient of a scope, each once: an update rather than the names it uses. */
export function handGradientsIn(scope: Scope): readonly HandWrittenGradient[] {
  const owner = scope.function?.name ?? "";
  const all = [
    ...scope.assignments.flatMap(updateOf),
    ...scope.assignments
      .filter(
        ({ name, isPlace, isExtendedLater }) =>
          isPlace !== true && !isExtendedLater && isGradientName(name),
      )
      .flatMap(({ name, value, statement }) => namedGradient(value, "named", statement, name)),
    ...(isGradientFunction(owner) ? scope.returns : []).flatMap(({ value, statement }) =>
      namedGradient(value, "returned", statement, owner),
    ),
  ];
  const seen = new Set<Expression>();
  return all.filter(({ addends }) => {
    const sources = addends.flatMap(sourcesOf);
    if (sources.some((source) => seen.has(source))) return false;
    for (const source of sources) seen.add(source);
    return true;
  });
}

/** What the user wrote for the factors of a term that are more than names and numbers. */
function sourcesOf({ factors }: Addend): readonly Expression[] {
  return factors.flatMap((factor) => {
    if (factor.kind === "symbol" || factor.kind === "number") return [];
    const source = factor.definedBy ?? factor.origin;
    return source === undefined ? [] : [source];
  });
}

/** θ ← θ − g, whatever the spelling; g still holds the learning rate. */
function updateOf({ name, before, value, statement }: Assignment): readonly HandWrittenGradient[] {
  if (before === undefined || isGradientName(name) || isNoParameter(before)) return [];
  const addends = stepFrom(before, value);
  return addends?.some((addend) => dependsOn(addendValue(addend), before.key)) === true
    ? [{ parameter: before, addends, role: "update", statement }]
    : [];
}

/** The terms of g where `value` is θ − g; `undefined` where it is no step from θ. */
export function stepFrom(before: SymbolIr, value: Ir): readonly Addend[] | undefined {
  const terms = addendsOf(value, before.key);
  const own = terms.findIndex(({ sign, factors, divisors }) => {
    const [factor, ...others] = factors.filter(
      (candidate) => candidate.kind !== "number" || candidate.value !== 1,
    );
    return sign === 1 && divisors.length + others.length === 0 && isSymbol(factor, before);
  });
  if (own === -1) return undefined;
  return terms
    .filter((_, index) => index !== own)
    .map((term): Addend => ({ ...term, sign: term.sign === 1 ? -1 : 1 }));
}

const isSymbol = (ir: Ir | undefined, { key }: SymbolIr): boolean =>
  ir?.kind === "symbol" && ir.key === key;

function namedGradient(
  value: Ir,
  role: "named" | "returned",
  statement: Statement,
  name: string,
): readonly HandWrittenGradient[] {
  const parameter = parameterOf(value, name);
  if (parameter === undefined) return [];
  return [{ parameter, addends: addendsOf(value, parameter.key), role, statement }];
}

/**
 * What a named gradient is the gradient with respect to: the array that the name ends in, as `w`
 * in `dw`, else the only array that a term holds alone, else the only one that is multiplied from
 * the left. `undefined` when several could be meant.
 */
function parameterOf(value: Ir, name: string): SymbolIr | undefined {
  const symbols = [...symbolsReadBy(value).values()].filter((symbol) => !isScalarSymbol(symbol));
  const byName = symbols.filter((symbol) => {
    const last = symbol.name.split(".").at(-1) ?? "";
    return last !== "" && new RegExp(`^.*(?:d|d_|_)${escaped(last)}$`).test(name);
  });
  if (byName.length === 1) return byName[0];
  const alone = new Map<string, SymbolIr>();
  for (const addend of addendsOf(value)) {
    const arrays = [...symbolsReadBy(addendValue(addend)).values()].filter(
      (symbol) => !isScalarSymbol(symbol),
    );
    const [only, ...others] = arrays;
    if (only !== undefined && others.length === 0) alone.set(only.key, only);
  }
  if (alone.size > 0) return alone.size === 1 ? [...alone.values()][0] : undefined;
  const multiplied = new Map<string, SymbolIr>();
  addMultiplied(value, multiplied);
  return multiplied.size === 1 ? [...multiplied.values()][0] : undefined;
}

const escaped = (text: string): string => text.replaceAll(/[^\w]/g, String.raw`\$&`);

function addMultiplied(ir: Ir, into: Map<string, SymbolIr>): void {
  if (ir.kind === "binary" && (ir.operator === "@" || ir.operator === "dot")) {
    if (ir.right.kind === "symbol" && ir.left.kind === "symbol") into.set(ir.right.key, ir.right);
  }
  for (const child of readBy(ir)) addMultiplied(child, into);
}
