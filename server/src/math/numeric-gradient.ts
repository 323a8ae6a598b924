import { evaluate, type Values } from "./evaluate.ts";
import type { Ir } from "./ir.ts";
import { isScalarShape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** Step of the central difference: near ∛ε for float64, where both of its errors are small. */
const STEP = 1e-5;
/** Slopes on both sides that differ by more than this, relative and absolute, show a kink. */
const KINK = { relative: 1e-2, absolute: 1e-3 } as const;

/**
 * ∂f/∂θᵢ ≈ (f(θ + h eᵢ) − f(θ − h eᵢ)) / 2h with h = 1e-5, for a scalar f.
 *
 * The result has the shape of `parameter`; its error is about 1e-10 of f's scale.
 * `undefined` when f is no scalar there, is not finite, or has a kink within h of the point.
 */
export function numericGradient(f: Ir, parameter: string, values: Values): Tensor | undefined {
  const point = values.get(parameter);
  const here = point === undefined ? undefined : scalarValue(f, values);
  if (point === undefined || here === undefined) return undefined;
  const gradient = new Float64Array(point.data.length);
  for (const index of gradient.keys()) {
    const at = (step: number): number | undefined => {
      const data = point.data.slice();
      data[index] = (data[index] ?? 0) + step;
      return scalarValue(f, new Map(values).set(parameter, { shape: point.shape, data }));
    };
    const above = at(STEP);
    const below = at(-STEP);
    if (above === undefined || below === undefined) return undefined;
    const right = (above - here) / STEP;
    const left = (here - below) / STEP;
    const size = Math.abs(right) + Math.abs(left);
    if (Math.abs(right - left) > KINK.relative * size + KINK.absolute) return undefined;
    gradient[index] = (above - below) / (2 * STEP);
  }
  return { shape: point.shape, data: gradient };
}

function scalarValue(f: Ir, values: Values): number | undefined {
  const value = evaluate(f, values);
  if (value === undefined || !isScalarShape(value.shape)) return undefined;
  const number = value.data[0];
  return number !== undefined && Number.isFinite(number) ? number : undefined;
}
