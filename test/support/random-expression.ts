import fc from "fast-check";
import {
  binaryIr,
  type Ir,
  normIr,
  numberIr,
  reduceIr,
  sizeIr,
  sliceIr,
  symbolIr,
  unaryIr,
} from "../../server/src/math/ir.ts";
import { randomSource } from "../../server/src/math/random-source.ts";
import { type Tensor, tensor } from "../../server/src/math/tensor.ts";

/** Symbols of the random expressions with their shapes. */
const SHAPES = { X: [4, 3], w: [3], y: [4], v: [3, 1], lam: [], m: [] } as const;

/** Values for them, the same for the same seed. */
export function randomValues(seed: number): Map<string, Tensor> {
  const random = randomSource(seed);
  return new Map(
    Object.entries(SHAPES).map(([name, shape]) => {
      const size = shape.reduce<number>((product, length) => product * length, 1);
      const data = Array.from({ length: size }, () => 2 * random() - 1);
      return [`${name}#0`, tensor(shape, data)];
    }),
  );
}

const leaf = fc.oneof(
  fc.constantFrom(...Object.keys(SHAPES)).map((name): Ir => symbolIr({ name, key: `${name}#0` })),
  fc.constantFrom(1, 2, 0.5).map((value): Ir => numberIr(value)),
);

/** Expressions over those symbols; most but not all have shapes that fit. */
export const expressions: fc.Arbitrary<Ir> = fc.letrec<{ ir: Ir }>((tie) => ({
  ir: fc.oneof(
    { maxDepth: 5, depthSize: "small" },
    leaf,
    fc
      .tuple(fc.constantFrom("+", "-", "*", "/", "@", "dot", "maximum"), tie("ir"), tie("ir"))
      .map(([operator, left, right]): Ir => binaryIr(operator, left, right)),
    fc
      .tuple(fc.constantFrom("negate", "abs", "transpose", "exp", "squeeze", "column"), tie("ir"))
      .map(([operator, operand]): Ir => unaryIr(operator, operand)),
    fc
      .tuple(
        fc.constantFrom("sum", "mean", "max"),
        tie("ir"),
        fc.constantFrom(undefined, 0, -1),
        fc.boolean(),
      )
      .map(
        ([operation, operand, axis, keepsAxis]): Ir =>
          reduceIr(operation, operand, { axis, keepsAxis }),
      ),
    tie("ir").map((operand): Ir => normIr(1, operand)),
    tie("ir").map((operand): Ir => sizeIr(operand, 0)),
    tie("ir").map(
      (operand): Ir => sliceIr(operand, { start: 1, stop: undefined, dropsAxis: false }),
    ),
  ),
})).ir;
