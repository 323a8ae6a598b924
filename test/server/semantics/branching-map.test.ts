import { describe, expect, test } from "vitest";
import { branchingMap } from "../../../server/src/semantics/branching-map.ts";

describe("branchingMap()", () => {
  test("takes back what a way changed, and tells where it ended", () => {
    const map = branchingMap(
      new Map([
        ["kept", 1],
        ["changed", 2],
        ["deleted", 3],
      ]),
    );

    const ends = map.branch(() => {
      map.set("changed", 20);
      map.set("changed", 21);
      map.delete("deleted");
      map.set("new", 4);
      expect([...map.keys()].sort()).toEqual(["changed", "kept", "new"]);
    });

    expect([...map.keys()].map((key) => [key, map.get(key)]).sort()).toEqual([
      ["changed", 2],
      ["deleted", 3],
      ["kept", 1],
    ]);
    expect(ends).toEqual(
      new Map([
        ["changed", 21],
        ["deleted", undefined],
        ["new", 4],
      ]),
    );
  });

  test("takes back a way inside of another with that one's changes kept", () => {
    const map = branchingMap(new Map([["x", 1]]));

    const ends = map.branch(() => {
      map.set("x", 2);
      expect(map.branch(() => map.set("x", 3))).toEqual(new Map([["x", 3]]));
      expect(map.get("x")).toBe(2);
      map.branch(() => map.set("y", 9));
      expect(map.has("y")).toBe(false);
    });

    expect(ends).toEqual(new Map([["x", 2]]));
    expect(map.get("x")).toBe(1);
  });
});
