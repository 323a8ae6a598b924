import { expect, test, vi } from "vitest";
import { mayStart } from "../../client/src/may-start.ts";

test.each([
  [true, []],
  [false, [["Training starts a process, so it needs a trusted workspace."]]],
])("mayStart() in a workspace that is trusted: %s", (isTrusted, told) => {
  const inform = vi.fn();
  expect(mayStart({ isTrusted: () => isTrusted, inform }, "Training starts a process")).toBe(
    isTrusted,
  );
  expect(inform.mock.calls).toEqual(told);
});
