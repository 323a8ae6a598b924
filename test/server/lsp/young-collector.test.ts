import { expect, test } from "vitest";
import { youngCollector } from "../../../server/src/lsp/young-collector.ts";

test("youngCollector() frees what was made of late and is no longer held", () => {
  const collect = youngCollector();
  collect();
  const heldBefore = process.memoryUsage().heapUsed;
  for (let index = 0; index < 20_000; index += 1) new Array(8).fill(index);
  const held = process.memoryUsage().heapUsed;
  collect();
  expect(held - heldBefore).toBeGreaterThan(1_000_000);
  expect(process.memoryUsage().heapUsed - heldBefore).toBeLessThan(500_000);
});
