import { expect, test } from "vitest";
import {
  axisWords,
  progressWords,
  readingWords,
  scatterSummary,
  waitingWords,
} from "../../../webview/src/layout/picture-words.ts";
import { VIEW } from "../embedding-view.ts";

const DONE = { clouds: VIEW.clouds, state: { type: "done" } } as const;

test("axisWords() says what the axes hold", () => {
  expect(axisWords({ ...DONE, explained: [0.5, 0.25] })).toBe("PC 1 50%, PC 2 25% of variance");
  expect(axisWords(DONE)).toMatch(/UMAP/);
});

test("progressWords() says how far a picture is, or why there is none", () => {
  expect(progressWords(DONE, "UMAP")).toBe("");
  const refining = { ...DONE, state: { type: "refining", share: 0.4 } } as const;
  expect(progressWords(refining, "UMAP")).toBe("UMAP 40%");
  const refused = { ...DONE, state: { type: "refused", reason: "too few" } } as const;
  expect(progressWords(refused, "UMAP")).toBe("No UMAP: too few");
});

test("scatterSummary() counts what is drawn", () => {
  const words = scatterSummary(VIEW, DONE, 2, ["audio"]);
  expect(words).toMatch(/^Scatter of 3 of 6 vectors \(3 image, 2 audio\), .* 2 classes\./);
});

test("readingWords() and waitingWords() say what becomes of a step that is not shown yet", () => {
  expect(readingWords({ step: 120, share: 0.4 })).toBe("Reading step 120, 40%");
  expect(waitingWords(120, undefined)).toBe("loading");
  expect(waitingWords(120, 120)).toBe("cannot be read");
});
