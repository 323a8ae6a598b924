import { getBackend } from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { selectBackend } from "../../../trainer/src/backends/select.ts";

test.each(["cpu", "wasm", "tensorflow"] as const)("selectBackend() makes %s current when asked", async (name) => {
  const reports: string[] = [];
  const selected = await selectBackend(name, (text) => reports.push(text));
  expect({ name: selected.name, reason: selected.reason, current: getBackend() }).toEqual({
    name,
    reason: "asked for",
    current: name,
  });
  expect(selected.versions).toHaveProperty(["@tensorflow/tfjs-core"], "4.22.0");
  expect(reports).toEqual([]);
});
