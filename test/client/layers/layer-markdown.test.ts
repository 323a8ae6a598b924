import { expect, test } from "vitest";
import { type LayerHover, layerMarkdown } from "../../../client/src/layers/layer-markdown.ts";
import type { LayerLocation } from "../../../core/protocol/lsp.ts";
import type { MeasuredLayer } from "../../../core/protocol/run-layers.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const location = (line: number, isAround = false): LayerLocation => ({
  uri: "file:///w/net.py",
  range: { start: { line, character: 0 }, end: { line, character: 1 } },
  model: "Net",
  isAround,
});
const layer = (name: string, changes: Partial<MeasuredLayer> = {}): MeasuredLayer => ({
  layer: name,
  shape: [784, 128],
  count: 200,
  zeros: 50,
  nonFinite: 0,
  l2: 12.34567,
  ...changes,
});

function hoverOf(changes: Partial<LayerHover> = {}): string {
  const measured = layer("fc1.weight");
  return layerMarkdown({
    run: runListEntry({ name: "Digits", status: "finished", started: "2026-01-01T01:00:00Z" }),
    layers: { step: 4680, epoch: 3, layers: [measured] },
    found: [{ measured, locations: [location(4)] }],
    nowMs: Date.parse("2026-01-01T04:30:00Z"),
    placeOf: ({ range }) => `net.py:${range.start.line + 1}`,
    ...changes,
  });
}

test("layerMarkdown() says run, age, step, norm and exact zeros", () => {
  const text = hoverOf();
  expect(text).toContain("**Digits** · 3 hours ago · step 4680");
  expect(text).toContain("784 × 128 | 12.35 | 25.0% |");
  expect(text).not.toContain("∂w");
  expect(text).not.toContain("Not certain");
});

test("layerMarkdown() shows gradient norms where a run logs them", () => {
  const measured = layer("fc1.weight", { gradientNorm: 0.00123456, zeros: 0 });
  const text = hoverOf({ found: [{ measured, locations: [location(4)] }] });
  expect(text).toContain("| 12.35 | none | 0.001235 |");
});

test.each([
  [[location(4), location(9)], "Not certain: 2 lines could make `fc1.weight`: net.py:5, net.py:10"],
  [[location(4, true)], "This line holds the module; its layers are made elsewhere."],
])("layerMarkdown() does not hide a doubt: %#", (locations, expected) => {
  expect(hoverOf({ found: [{ measured: layer("fc1.weight"), locations }] })).toContain(expected);
});

test("layerMarkdown() shows some of many and says so, and takes no markup from names", () => {
  const found = Array.from({ length: 30 }, (_, index) => ({
    measured: layer(`blocks.${index}.[x](command:y)|`),
    locations: [location(4)],
  }));
  const text = hoverOf({ found });
  expect(text).toContain("8 of 30 layers");
  expect(text).not.toContain("[x]");
  expect(text).not.toMatch(/(?<!\\)\(command:y/);
  expect(text).toContain("](command:normlens.showLayerInRun?%5B%7B%22folder%22");
});

test("layerMarkdown() of a doubt takes no markup from a name", () => {
  const measured = layer("a`[x](command:y)");
  const text = hoverOf({ found: [{ measured, locations: [location(4), location(9)] }] });
  expect(text).toContain("could make `a [x](command:y)`:");
});
