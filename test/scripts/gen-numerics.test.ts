import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";

const { magnitude, numericsPage, numericsDrift } = await import(
  pathToFileURL(path.resolve(import.meta.dirname, "../../scripts/gen-numerics.mjs")).href
);

const ROW = {
  section: "Penalties",
  quantity: "ridge | value",
  formula: "λ/2‖w‖²",
  reference: "closed form",
  tolerance: 1e-6,
  error: 3e-8,
};

const drift = (row: object) => numericsDrift([row], numericsPage([ROW]));

describe("gen-numerics", () => {
  test("writes a row with its error's order of magnitude and bars escaped", () => {
    expect(numericsPage([ROW])).toContain(
      "\n## Penalties\n\n| Quantity | Formula | Reference | Tolerance | Measured |\n|---|---|---|---|---|\n| ridge \\| value | λ/2‖w‖² | closed form | 1e-6 | 1e-7 |\n",
    );
  });

  test.each([
    [0, "exact"],
    [1e-17, "exact"],
    [1e-7, "1e-7"],
    [1.01e-7, "1e-6"],
    [0.2, "1e0"],
  ])("shows %s as %s", (error, text) => {
    expect(magnitude(error)).toBe(text);
  });

  test("does not mind another last digit, but another tolerance or row", () => {
    expect(drift({ ...ROW, error: 6e-7 })).toEqual([]);
    expect(drift({ ...ROW, tolerance: 1e-5 })).toHaveLength(2);
    expect(drift({ ...ROW, section: "Losses" })).toContain("not in the page: ## Losses");
  });

  test("does not miss the rows of PyTorch where it is not installed, nor sections of them alone", () => {
    const pytorch = { ...ROW, quantity: "spectral norm", reference: "PyTorch 2.13.0, binary64" };
    const page = numericsPage([ROW, pytorch, { ...pytorch, section: "Layers" }]);
    expect(numericsDrift([ROW], page)).not.toEqual([]);
    expect(numericsDrift([ROW], page, false)).toEqual([]);
    expect(numericsDrift([{ ...ROW, section: "Losses" }], page, false)).toHaveLength(2);
  });
});
