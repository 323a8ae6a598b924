import { expect, test } from "vitest";
import { guarded } from "../../../server/src/lsp/guard.ts";

function recorder() {
  const errors: string[] = [];
  const log = { error: (text: string) => errors.push(text), warn: () => 0, info: () => 0 };
  return { log, errors };
}

test.each([
  [
    "throws",
    () => {
      throw new RangeError("too far");
    },
  ],
  ["rejects", () => Promise.reject(new RangeError("too far"))],
])("guarded() logs and answers with the fallback when the handler %s", async (_name, handler) => {
  const { log, errors } = recorder();
  expect(await guarded(log, "Hover", "nothing", handler)()).toBe("nothing");
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain("Hover failed: RangeError: too far");
});

test("guarded() hands arguments and result through", async () => {
  const { log, errors } = recorder();
  expect(await guarded(log, "Add", 0, (a: number, b: number) => a + b)(1, 2)).toBe(3);
  expect(errors).toEqual([]);
});
