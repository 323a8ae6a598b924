import { expect, test } from "vitest";
import { runHeader } from "../../../core/runs/run-header.ts";
import { runRecord } from "../../support/run-list-entry.ts";

test("runHeader() names what the record holds and leaves out what it lacks", () => {
  const record = runRecord({ final: { "test/loss": 0.5, "test/odd": "-Infinity" } });
  const header = runHeader(record, 40);
  expect(header).toMatchObject({
    id: record.id,
    backendReason: "asked for",
    stepsTotal: 400,
    final: { "test/loss": 0.5, "test/odd": Number.NEGATIVE_INFINITY },
    findings: 0,
    silentMs: 40,
  });
  for (const absent of ["ended", "selection", "error"]) expect(header).not.toHaveProperty(absent);
  const error = { message: "Out of memory" };
  expect(runHeader({ ...record, error, ended: "2026-01-01" }, 0)).toMatchObject({
    error,
    ended: "2026-01-01",
  });
});
