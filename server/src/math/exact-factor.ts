import { all, create, type MathNode } from "mathjs/number";
import type { Addend } from "./addends.ts";
import { isCount, isScalarSymbol } from "./assign-shapes.ts";
import { type GradientProblem, learningRates } from "./gradient-problem.ts";
import type { Ir } from "./ir.ts";
import type { Factor } from "./proportion.ts";
import { remembered } from "./remembered.ts";

type Algebra = Pick<ReturnType<typeof create>, "derivative" | "simplify">;

let algebra: Algebra | undefined;

/** Made at the first use: it takes longer than everything else that a document needs. */
function mathematics(): Algebra {
  algebra ??= create(all ?? {});
  return algebra;
}

/** g(w)/f′(w), simplified; `undefined` for what mathjs does not differentiate. */
function quotientOf(gradient: string, objective: string): MathNode | undefined {
  const { derivative, simplify } = mathematics();
  try {
    return simplify(`(${gradient}) / (${derivative(objective, ENTRY).toString()})`);
  } catch {
    return undefined;
  }
}

/** What every entry of the parameter is called, and the number of samples. */
const ENTRY = "w";
const COUNT = "m";

/**
 * The c in g(w) = c·f′(w) for a penalty Σᵢ f(wᵢ) and its hand-written gradient g, by algebra.
 *
 * `undefined` where either is not of this form, or where the quotient does not reduce to c·mᵖ; what
 * algebra cannot say, the comparison at random points does.
 */
export const exactPenaltyFactor = remembered(factorOf);

function factorOf(problem: GradientProblem): Factor | undefined {
  const { loss, penalty, parameter } = problem;
  const context = { parameter: parameter.key, rates: learningRates(problem) };
  const objectives = (loss?.penalty ?? []).map((term) => penaltyText(term, context));
  const gradients = penalty.map((term) => productText(term, context));
  if (objectives.length === 0 || objectives.length !== gradients.length) return undefined;
  const factors = objectives.map((objective) => factorAmong(gradients, objective));
  const [first] = factors;
  const isCommon = factors.every(
    (factor) => factor?.power === first?.power && factor?.value === first?.value,
  );
  return isCommon ? first : undefined;
}

/** The factor of the one gradient that is a multiple of the objective's. */
function factorAmong(
  gradients: readonly (string | undefined)[],
  objective: string | undefined,
): Factor | undefined {
  if (objective === undefined) return undefined;
  const found = gradients.flatMap((gradient) =>
    gradient === undefined ? [] : (constantOf(quotientOf(gradient, objective)) ?? []),
  );
  return found.length === 1 ? found[0] : undefined;
}

/** c·mᵖ of a quotient that holds no other name. */
function constantOf(quotient: MathNode | undefined): Factor | undefined {
  if (quotient === undefined) return undefined;
  const names = new Set<string>();
  quotient.traverse((node) => {
    if ("isSymbolNode" in node && node.isSymbolNode === true) names.add(node.toString());
  });
  names.delete(COUNT);
  if (names.size > 0) return undefined;
  const at = (count: number): number => Number(quotient.evaluate({ [COUNT]: count }));
  const power = Math.log2(at(2) / at(1));
  if (power !== 0 && power !== 1 && power !== -1) return undefined;
  return Number.isFinite(at(1)) ? { value: at(1), power } : undefined;
}

interface Context {
  readonly parameter: string;
  readonly rates: ReadonlySet<string>;
}

/** c·Σᵢ f(wᵢ) as c·f(w). */
function penaltyText(term: Addend, context: Context): string | undefined {
  const factors = term.factors.map((factor) =>
    isTotal(factor) ? totalText(factor, context) : scalarText(factor, context),
  );
  if (term.factors.filter(isTotal).length !== 1) return undefined;
  return joined(
    term,
    factors,
    term.divisors.map((part) => scalarText(part, context)),
  );
}

const isTotal = (ir: Ir): boolean =>
  ir.kind === "reduce" || (ir.kind === "binary" && (ir.operator === "@" || ir.operator === "dot"));

function totalText(ir: Ir, context: Context): string | undefined {
  if (ir.kind === "reduce") {
    return ir.operation === "sum" && ir.axis === undefined
      ? entryText(ir.operand, context)
      : undefined;
  }
  if (ir.kind !== "binary") return undefined;
  const [left, right] = [entryText(ir.left, context), entryText(ir.right, context)];
  return left && right && `(${left}) * (${right})`;
}

/** c·g(w), entry by entry. */
function productText(term: Addend, context: Context): string | undefined {
  const text = (factor: Ir) => scalarText(factor, context) ?? entryText(factor, context);
  return joined(term, term.factors.map(text), term.divisors.map(text));
}

function joined(
  { sign }: Addend,
  factors: readonly (string | undefined)[],
  divisors: readonly (string | undefined)[],
): string | undefined {
  const all = [...factors, ...divisors];
  if (all.some((part) => part === undefined)) return undefined;
  const bottom = divisors.map((part) => ` / (${part})`).join("");
  return `${sign} * ${factors.map((part) => `(${part})`).join(" * ")}${bottom}`;
}

const OPERATORS: ReadonlySet<string> = new Set(["+", "-", "*", "/", "**"]);
const FUNCTIONS: ReadonlySet<string> = new Set(["abs", "exp", "log", "sqrt", "sign"]);

/** A function of one entry of the parameter and of numbers. */
function entryText(ir: Ir, context: Context): string | undefined {
  if (ir.kind === "symbol" && ir.key === context.parameter) return ENTRY;
  if (ir.kind === "unary") {
    const inner = entryText(ir.operand, context);
    if (inner === undefined || ir.operator === "transpose") return inner;
    if (ir.operator === "negate") return `-(${inner})`;
    return FUNCTIONS.has(ir.operator) ? `${ir.operator}(${inner})` : undefined;
  }
  if (ir.kind !== "binary") return scalarText(ir, context);
  if (!OPERATORS.has(ir.operator)) return undefined;
  const [left, right] = [entryText(ir.left, context), entryText(ir.right, context)];
  return left && right && `(${left}) ${symbolOf(ir.operator)} (${right})`;
}

/** A number, the number of samples, or a scalar such as λ, by a name that algebra can use. */
function scalarText(ir: Ir, context: Context): string | undefined {
  switch (ir.kind) {
    case "number":
      return Number.isFinite(ir.value) ? String(ir.value) : undefined;
    case "size":
      return ir.axis === 0 && ir.operand.kind === "symbol" ? COUNT : undefined;
    case "symbol": {
      if (isCount(ir)) return COUNT;
      // A rate scales data and penalty alike, as everywhere in the comparison.
      if (context.rates.has(ir.key)) return "1";
      return isScalarSymbol(ir)
        ? `s_${[...ir.key].map((letter) => letter.charCodeAt(0)).join("_")}`
        : undefined;
    }
    case "binary": {
      if (!OPERATORS.has(ir.operator)) return undefined;
      const [left, right] = [scalarText(ir.left, context), scalarText(ir.right, context)];
      return left && right && `(${left}) ${symbolOf(ir.operator)} (${right})`;
    }
    default:
      return undefined;
  }
}

const symbolOf = (operator: string): string => (operator === "**" ? "^" : operator);
