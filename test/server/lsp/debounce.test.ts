import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { debouncer } from "../../../server/src/lsp/debounce.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("debouncer() runs the last task of each key after the pause", () => {
  const ran: string[] = [];
  const pushes = debouncer(100);
  pushes.schedule("a", () => ran.push("a1"));
  pushes.schedule("b", () => ran.push("b1"));
  vi.advanceTimersByTime(60);
  pushes.schedule("a", () => ran.push("a2"));
  vi.advanceTimersByTime(60);
  expect(ran).toEqual(["b1"]);
  vi.advanceTimersByTime(60);
  expect(ran).toEqual(["b1", "a2"]);
});

test("cancel() and dispose() drop what waits", () => {
  const ran: string[] = [];
  const pushes = debouncer(100);
  for (const key of ["a", "b", "c"]) pushes.schedule(key, () => ran.push(key));
  pushes.cancel("a");
  vi.advanceTimersByTime(50);
  pushes.dispose();
  vi.advanceTimersByTime(1000);
  expect(ran).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
