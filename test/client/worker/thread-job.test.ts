import { expect, test } from "vitest";
import { decodeThreadJob, type ThreadJob } from "../../../client/src/worker/thread-job.ts";

const JOBS: readonly ThreadJob[] = [
  {
    type: "projection",
    folder: "/runs/a",
    kind: { step: 3, method: "umap", isGapRemoved: false },
  },
  {
    type: "view",
    folder: "/runs/a",
    wanted: { run: "a", steps: [3], at: { step: 3, epoch: 1, modalities: ["image"] } },
  },
];

test("decodeThreadJob() knows jobs as a thread gets them, and nothing else", () => {
  for (const job of JOBS) {
    expect(decodeThreadJob(structuredClone(job))).toEqual({ ok: true, value: job });
  }
  const [projection, view] = JOBS;
  // The run worker is started without a job.
  for (const other of [undefined, null, {}, { ...view, wanted: {} }, { ...projection, kind: 1 }]) {
    expect(decodeThreadJob(other)).toMatchObject({ ok: false });
  }
});
