import { describe, expect, test, vi } from "vitest";
import { keptComparisons } from "../../../client/src/panels/kept-comparisons.ts";

/** Holds what is kept as JSON, as an editor does. */
function memoryOf(first?: unknown) {
  let text = JSON.stringify({ kept: first });
  return {
    get: (): unknown => JSON.parse(text).kept,
    update: vi.fn(async (_key: string, kept: unknown) => {
      text = JSON.stringify({ kept });
    }),
  };
}

describe("keptComparisons()", () => {
  test("are known to the next window, until the editor is closed", () => {
    const memory = memoryOf();
    const first = keptComparisons(memory);
    first.set("/a.npz", "/b.npz");
    first.set("/c.npz", "/b.npz");
    first.set("/a.npz", "/d.npz");
    const next = keptComparisons(memory);
    expect([next.of("/a.npz"), next.of("/c.npz")]).toEqual(["/d.npz", "/b.npz"]);
    next.forget("/a.npz");
    expect(keptComparisons(memory).of("/a.npz")).toBeUndefined();
    expect(keptComparisons(memory).of("/c.npz")).toBe("/b.npz");
  });

  test("writes nothing when there is nothing to forget", () => {
    const memory = memoryOf();
    keptComparisons(memory).forget("/a.npz");
    expect(memory.update).not.toHaveBeenCalled();
  });

  test.each([
    [undefined],
    [7],
    ["/a.npz"],
    [{ "/a.npz": "/b.npz" }],
    [["/a.npz", ["/a.npz"], ["/a.npz", 1], ["/a.npz", "/b.npz", ""]]],
  ])("takes nothing from a state that another version has left: %j", (state) => {
    expect(keptComparisons(memoryOf(state)).of("/a.npz")).toBeUndefined();
  });

  test("lets the oldest go", () => {
    const memory = memoryOf();
    const all = keptComparisons(memory);
    for (let index = 0; index < 101; index++) all.set(`/${index}.npz`, "/b.npz");
    const next = keptComparisons(memory);
    expect([next.of("/0.npz"), next.of("/1.npz")]).toEqual([undefined, "/b.npz"]);
  });
});
