import { expect, test } from "vitest";
import { spectrumFacts } from "../../../core/measures/spectrum-facts.ts";

const SIDES = { rows: 20, columns: 16 };

test("spectrumFacts() of a whole spectrum", () => {
  const spectrum = Array.from({ length: 16 }, (_, index) => 16 - index);
  expect(spectrumFacts(spectrum, SIDES)).toMatchObject({ rank: 16, condition: 16 });
  expect(spectrumFacts(spectrum, SIDES).noiseEdge).toBeGreaterThan(8.5);
  expect(spectrumFacts(undefined, SIDES)).toEqual({});
});

test("spectrumFacts() leaves dead columns out of the noise, not out of the rank", () => {
  const spectrum = Array.from({ length: 16 }, (_, index) => (index < 8 ? 2 : 0));
  expect(spectrumFacts(spectrum, SIDES)).toEqual({ rank: 8 });
  const facts = spectrumFacts(spectrum, { ...SIDES, deadColumns: 8 });
  expect(facts.rank).toBe(8);
  expect(facts.noiseEdge).toBeGreaterThan(2);
});
