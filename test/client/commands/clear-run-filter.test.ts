import { expect, test, vi } from "vitest";
import { clearRunFilter } from "../../../client/src/commands/clear-run-filter.ts";

test("clearRunFilter shows all runs again", async () => {
  const arrange = vi.fn(async () => undefined);
  await clearRunFilter.run({ arrange });
  expect(arrange).toHaveBeenCalledExactlyOnceWith({ filter: "" });
});
