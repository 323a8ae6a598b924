import { expect, test, vi } from "vitest";
import { showMoreRuns } from "../../../client/src/commands/show-more-runs.ts";

test.each([
  ["group/Today", ["group/Today"]],
  [undefined, undefined],
])("showMoreRuns(%j) lengthens the part that it is given", async (part, call) => {
  const show = vi.fn();
  await showMoreRuns.run({ showMoreRuns: show }, part);
  expect(show.mock.calls[0]).toEqual(call);
});
