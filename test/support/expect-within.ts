import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";

/** A row of `docs/numerics.md`. */
export interface NumericRow {
  /** Heading of the page that the row stands under: "Penalties", "Optimizers", … */
  readonly section: string;
  /** What is computed, unique in its section: "group lasso, proximal map". */
  readonly quantity: string;
  /** In plain text with Unicode letters. */
  readonly formula: string;
  /** What it is compared with: "scikit-learn Lasso, tol 1e-14", "central differences, h = 1e-3". */
  readonly reference: string;
  /** Largest error that is allowed, absolute unless `quantity` says relative. */
  readonly tolerance: number;
}

const FOLDER = path.join(import.meta.dirname, "../../out/numerics");

/**
 * Asserts error ≤ tolerance, and leaves the row with its measured error for `npm run numerics`,
 * which makes `docs/numerics.md` of all rows. NaN fails.
 */
export function expectWithin(error: number, row: NumericRow): void {
  mkdirSync(FOLDER, { recursive: true });
  const name = `${row.section} ${row.quantity}`.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-");
  writeFileSync(path.join(FOLDER, `${name}.json`), JSON.stringify({ ...row, error }));
  expect(error, `${row.quantity} against ${row.reference}`).toBeLessThanOrEqual(row.tolerance);
}
