import { describe, expect, test } from "vitest";
import { createRunList } from "../../../core/runs/run-list.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const run = (id: string, started: string) => runListEntry({ id, folder: `/r/${id}`, started });
const told = (...runs: readonly ReturnType<typeof run>[]) => ({
  changed: runs.map((entry) => ({ folder: entry.folder, run: entry })),
  gone: [],
});

describe("createRunList", () => {
  test("puts the newest first, by the moment and then by the name", () => {
    const list = createRunList();
    list.apply(told(run("a", "2026-01-01T00:00:00Z"), run("b", "2026-01-01T00:00:00Z")));
    list.apply(told(run("c", "2026-01-02T00:00:00+01:00"), run("d", "2026-01-01T23:30:00Z")));
    expect(list.all().runs.map(({ id }) => id)).toEqual(["d", "c", "b", "a"]);
  });

  test("replaces, takes away, and keeps its list while nothing changes", () => {
    const list = createRunList();
    list.apply(told(run("a", "2026-01-01"), run("b", "2026-01-02")));
    const first = list.all();
    list.apply({ changed: [], gone: [] });
    expect(list.all()).toBe(first);
    list.apply({ changed: told(run("a", "2026-01-03")).changed, gone: ["/r/b"] });
    expect(list.all().runs.map(({ started }) => started)).toEqual(["2026-01-03"]);
  });

  test("has a folder as run, as problem, or as both", () => {
    const list = createRunList();
    const a = run("a", "2026-01-01");
    list.apply({ changed: [{ folder: "/r/a", run: a, problem: "damaged notes" }], gone: [] });
    expect(list.all()).toEqual({
      runs: [a],
      problems: [{ folder: "/r/a", message: "damaged notes" }],
    });
    list.apply({ changed: [{ folder: "/r/a", problem: "damaged record" }], gone: [] });
    expect(list.all().runs).toEqual([]);
    list.apply({ changed: [{ folder: "/r/a", run: a }], gone: [] });
    expect(list.all().problems).toEqual([]);
  });
});
