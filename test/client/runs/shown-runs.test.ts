import { describe, expect, test } from "vitest";
import { createShownRuns } from "../../../client/src/runs/shown-runs.ts";

function memoryOf(kept: unknown) {
  const values = new Map<string, unknown>([["normlens.shownRuns", kept]]);
  const update = async (key: string, value: unknown) => void values.set(key, value);
  return { values, memory: { get: (key: string) => values.get(key), update } };
}

describe("createShownRuns()", () => {
  test("keeps runs in the order of their ticks, each once, for the workspace", () => {
    const { values, memory } = memoryOf(undefined);
    const shown = createShownRuns(memory);
    const added: (readonly string[])[] = [];
    shown.onChange((news) => added.push(news));
    shown.set(["/b", "/a", "/b"], true);
    shown.set(["/a"], true);
    shown.set(["/b", "/none"], false);
    expect(added).toEqual([["/b", "/a"], []]);
    expect(shown.folders()).toEqual(["/a"]);
    expect(values.get("normlens.shownRuns")).toEqual(["/a"]);
  });

  test("reads what was kept, and nothing else", () => {
    expect(createShownRuns(memoryOf(["/a", 3]).memory).folders()).toEqual(["/a"]);
    expect(createShownRuns(memoryOf("/a").memory).folders()).toEqual([]);
  });
});
