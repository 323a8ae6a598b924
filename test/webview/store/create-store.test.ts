import { expect, test } from "vitest";
import { createStore } from "../../../webview/src/store/create-store.ts";

test("createStore() tells listeners once a frame, with the latest state", () => {
  const frames: (() => void)[] = [];
  const store = createStore<number, number>(
    (sum, added) => sum + added,
    0,
    (run) => frames.push(run),
  );
  const seen: number[] = [];
  const stop = store.subscribe((state) => seen.push(state));
  store.dispatch(1);
  store.dispatch(2);
  store.dispatch(0);
  expect(frames).toHaveLength(1);
  frames[0]?.();
  expect(seen).toEqual([3]);
  store.dispatch(4);
  stop();
  frames[1]?.();
  expect(seen).toEqual([3]);
  expect(store.state()).toBe(7);
});
