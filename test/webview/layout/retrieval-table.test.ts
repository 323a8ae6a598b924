import { describe, expect, test } from "vitest";
import { pairedRows, retrievalCaption } from "../../../webview/src/layout/retrieval-table.ts";
import { VIEW } from "../embedding-view.ts";

describe("retrieval", () => {
  test("puts both ways of a pair next to each other", () => {
    const names = pairedRows(VIEW.retrieval).map((rows) =>
      rows.map(({ from, to }) => `${from} ${to}`),
    );
    expect(names).toEqual([["image text", "text image"], ["image audio"]]);
  });

  test("states its pairs and what guessing reaches", () => {
    expect(retrievalCaption(VIEW)).toBe("300 pairs, 275 with audio. By chance R@1 is 0.003.");
    expect(retrievalCaption({ ...VIEW, retrieval: [] })).toBe("");
  });
});
