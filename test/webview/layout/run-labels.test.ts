import { describe, expect, test } from "vitest";
import { runLabels } from "../../../webview/src/layout/run-labels.ts";

describe("runLabels()", () => {
  test("keeps names that differ, cut where there is little room", () => {
    const runs = [
      { name: "ridge", started: "" },
      { name: "Shapes in three modalities, again", started: "" },
    ];
    expect(runLabels(runs)).toEqual([
      { name: "ridge", shortName: "ridge" },
      { name: "Shapes in three modalitie…", shortName: "Shapes in th…" },
    ]);
  });

  test("tells runs of one name apart by the time at which they started", () => {
    const runs = ["2026-11-21T10:15:00", "2026-11-21T22:15:07", "sometime"].map((started) => {
      return { name: "Shapes in three modalities", started };
    });
    const labels = runLabels(runs, "en-GB");
    expect(labels.map(({ shortName }) => shortName)).toEqual([
      "10:15:00",
      "22:15:07",
      "Shapes in th…",
    ]);
    expect(labels[1]?.name).toBe("Shapes in three… 22:15:07");
  });
});
