import { binaryIr, type Ir, reduceIr, unaryIr } from "./ir.ts";
import type { LoweredCall, Meaning } from "./lowered-call.ts";

/** An array with a letter for each of its axes. */
interface Lettered {
  readonly ir: Ir;
  readonly letters: string;
}

/**
 * `einsum` of one or two arrays of rank 1 or 2: matrix products, elementwise products, their sums and
 * transposes. Longer sums, diagonals, outer products and dots for axes are not understood.
 *
 * @see NumPy, `numpy.einsum`: without `->` the letters that occur once, sorted, are the result.
 */
export const einsum: Meaning = (call) => {
  const spec = specOf(call);
  const [, first, second, ...rest] = call.arguments;
  if (spec === undefined || first === undefined || rest.length > 0) return undefined;
  const [a, b, ...others] = spec.inputs;
  if (a === undefined || others.length > 0 || (b === undefined) !== (second === undefined)) {
    return undefined;
  }
  const left = { ir: first, letters: a };
  const value =
    b === undefined || second === undefined
      ? arranged(left, spec.output)
      : product(left, { ir: second, letters: b }, spec.output);
  return value === undefined ? undefined : { ...value, origin: call.origin };
};

interface Spec {
  readonly inputs: readonly string[];
  readonly output: string;
}

function specOf({ origin, keywords }: LoweredCall): Spec | undefined {
  const written = origin.kind === "call" ? origin.arguments[0]?.value : undefined;
  if (written?.kind !== "string" || written.value === undefined) return undefined;
  if ([...keywords.keys()].some((name) => name !== "optimize")) return undefined;
  const [left = "", output, ...rest] = written.value.replaceAll(" ", "").split("->");
  const inputs = left.split(",");
  const isPlain = (letters: string) =>
    /^[A-Za-z]{0,2}$/.test(letters) && new Set(letters).size === letters.length;
  if (rest.length > 0 || !inputs.every((input) => input !== "" && isPlain(input))) return undefined;
  const implied = output ?? onceOccurring(inputs.join(""));
  return isPlain(implied) ? { inputs, output: implied } : undefined;
}

const onceOccurring = (letters: string): string =>
  [...letters]
    .filter((letter) => letters.split(letter).length === 2)
    .sort()
    .join("");

const reversed = (letters: string): string => [...letters].reverse().join("");

/** The array with its axes in the order of `output`, summed over those that are not in it. */
function arranged({ ir, letters }: Lettered, output: string): Ir | undefined {
  if (output === letters) return ir;
  if (output === reversed(letters)) return unaryIr("transpose", ir);
  if (output === "") return reduceIr("sum", ir, {});
  const kept = letters.indexOf(output);
  return letters.length === 2 && output.length === 1 && kept >= 0
    ? reduceIr("sum", ir, { axis: 1 - kept, keepsAxis: false })
    : undefined;
}

function product(left: Lettered, right: Lettered, output: string): Ir | undefined {
  if (left.letters === right.letters) {
    const ir = binaryIr("*", left.ir, right.ir);
    return left.letters.length === 1 && output === ""
      ? binaryIr("dot", left.ir, right.ir)
      : arranged({ ir, letters: left.letters }, output);
  }
  if (left.letters.length === 2 && left.letters === reversed(right.letters)) {
    const turned = { ir: unaryIr("transpose", right.ir), letters: left.letters };
    return product(left, turned, output);
  }
  const shared = [...left.letters].filter((letter) => right.letters.includes(letter));
  const [over] = shared;
  if (over === undefined || shared.length > 1 || output.includes(over)) return undefined;
  const ir = binaryIr("@", turnedTo(left, over, "last"), turnedTo(right, over, "first"));
  const letters = `${left.letters}${right.letters}`.replaceAll(over, "");
  return arranged({ ir, letters }, output);
}

/** The array with the axis of a letter in first or last place. */
function turnedTo({ ir, letters }: Lettered, letter: string, place: "first" | "last"): Ir {
  const isThere = place === "first" ? letters.startsWith(letter) : letters.endsWith(letter);
  return isThere ? ir : unaryIr("transpose", ir);
}
