import { describe, expect, test, vi } from "vitest";
import { createListedRuns } from "../../../client/src/runs/listed-runs.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const part = (id: number, name: string) => ({
  type: "list" as const,
  id,
  isLast: false,
  changed: [{ folder: name, run: runListEntry({ folder: name, name }) }],
  gone: [],
});
const end = (id: number) => ({ type: "list" as const, id, isLast: true, changed: [], gone: [] });

function listed() {
  const onChange = vi.fn();
  const request = vi.fn();
  const clock = { ms: 0 };
  const runs = createListedRuns({ request, onChange, now: () => clock.ms });
  const shown = () => onChange.mock.calls.map(([list]) => list.runs.length);
  return { runs, request, shown, clock };
}

describe("createListedRuns", () => {
  test("shows the newest at once, what follows now and then, all of it at the end", async () => {
    const { runs, shown, clock } = listed();
    const answer = runs.refresh(["/w"]);
    runs.take(part(1, "a"));
    expect(shown()).toEqual([1]);
    runs.take(part(1, "b"));
    runs.take(part(1, "c"));
    expect(shown()).toEqual([1]);
    clock.ms = 300;
    runs.take(part(1, "d"));
    expect(shown()).toEqual([1, 4]);
    runs.take(part(1, "e"));
    runs.take(end(1));
    expect(shown()).toEqual([1, 4, 5]);
    expect((await answer).runs).toHaveLength(5);
  });

  test("says nothing of a look that found nothing new", async () => {
    const { runs, shown } = listed();
    void runs.refresh(["/w"]);
    runs.take(part(1, "a"));
    runs.take(end(1));
    const again = runs.refreshRunning();
    runs.take(end(2));
    expect((await again).runs).toHaveLength(1);
    expect(shown()).toEqual([1]);
  });

  test("shares the look that has not begun, never the one that has", async () => {
    const { runs, request } = listed();
    const answers = [runs.refresh(["/w"]), runs.refresh(["/w"]), runs.refresh(["/w"])];
    expect(request.mock.calls.map(([message]) => message.id)).toEqual([1, 2]);
    runs.take(end(1));
    runs.take(part(2, "a"));
    runs.take(end(2));
    expect((await Promise.all(answers)).map((list) => list.runs.length)).toEqual([0, 1, 1]);
  });

  test("answers with what there is when nobody else will", async () => {
    const { runs } = listed();
    const answer = runs.refresh(["/w"]);
    runs.take(part(1, "a"));
    runs.giveUp();
    expect((await answer).runs).toHaveLength(1);
  });
});
