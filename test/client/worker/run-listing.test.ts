import { expect, test } from "vitest";
import { createRunListing } from "../../../client/src/worker/run-listing.ts";
import type { FromRunWorker, RunListChange } from "../../../core/protocol/run-worker.ts";

test("createRunListing() answers in parts, one request after the other, and breathes between", async () => {
  const told: string[] = [];
  async function* list(names: readonly string[]): AsyncGenerator<RunListChange> {
    for (const name of names) yield { changed: [], gone: name === "same" ? [] : [name] };
  }
  const ended = new Promise<void>((resolve) => {
    const post = (message: FromRunWorker) => {
      if (message.type !== "list") return;
      told.push(`${message.id} ${message.isLast ? "end" : message.gone.join()}`);
      if (message.id === 2 && message.isLast) resolve();
    };
    const breathe = async () => {
      await Promise.resolve();
      told.push("breath");
    };
    const listing = createRunListing({ list, listRunning: () => list(["c"]) }, post, breathe);
    listing.list(1, ["a", "same", "b"]);
    listing.listRunning(2);
  });
  await ended;
  expect(told).toEqual([
    "1 a",
    "breath",
    "breath",
    "1 b",
    "breath",
    "1 end",
    "2 c",
    "breath",
    "2 end",
  ]);
});
