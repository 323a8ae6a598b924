import { expect, test } from "vitest";
import { layerFacts } from "../../../webview/src/layout/layer-facts.ts";
import { layerRow } from "../run-state.ts";

const factsOf = (changes: Parameters<typeof layerRow>[1]) =>
  new Map(
    layerFacts(layerRow("fc", changes)).map(({ label, value, detail }) => [label, [value, detail]]),
  );

test("tells near zeros with the threshold that they are under", () => {
  const facts = factsOf({ nearZeros: 5, maxAbs: 1 });
  expect(facts.get("near zero")).toEqual(["25.0%", "|w| < 9.77e-4"]);
  expect(factsOf({}).has("near zero")).toBe(false);
});

test("tells the condition, and that it is infinite below full rank", () => {
  const spectrum = [4, 2, 1, 0];
  expect(factsOf({ spectrum, rank: 3 }).get("condition")).toEqual(["∞", "rank 3 of 4"]);
  const full = factsOf({ spectrum: [4, 2], rank: 2, condition: 2 });
  expect(full.get("condition")).toEqual(["2.00", "rank 2 of 2"]);
  expect(factsOf({}).has("condition")).toBe(false);
});

test("says what penalty falls on a tensor, or that none does", () => {
  expect(factsOf({ penalty: "" }).get("penalty")?.[0]).toBe("not penalised");
  expect(factsOf({}).get("penalty")?.[0]).toBe("1e-4·‖w‖₁");
});
