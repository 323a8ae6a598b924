import { describe, expect, test } from "vitest";
import {
  createViewsBeside,
  type ViewMessage,
  type ViewsBeside,
  type WantedView,
} from "../../../core/runs/views-beside.ts";

const wanted = (step: number): WantedView => ({
  run: "r",
  steps: [1, step],
  at: { step, epoch: 0, modalities: [] },
});

const noView = (step: number): ViewMessage => ({
  type: "embeddings/no-view",
  run: "r",
  step,
  reason: `none at ${step}`,
});

/** Work that a test carries on by hand; `log` holds what was started and ended. */
function views() {
  const log: string[] = [];
  const telling = new Map<number, (message: ViewMessage) => void>();
  const beside = createViewsBeside(({ at: { step } }, tell) => {
    log.push(`start ${step}`);
    telling.set(step, tell);
    return () => log.push(`end ${step}`);
  });
  return {
    beside,
    log,
    tell: (step: number, message: ViewMessage) => telling.get(step)?.(message),
  };
}

const words = (beside: ViewsBeside) =>
  beside
    .messages()
    .map((message) => ("step" in message ? `${message.type} ${message.step}` : message.type));

describe("createViewsBeside", () => {
  test("says that a step is read, how far, and what came of it; each once", () => {
    const { beside, tell } = views();
    beside.follow(wanted(5));
    expect(beside.messages()).toEqual([
      { type: "embeddings/reading", run: "r", steps: [1, 5], step: 5, share: 0 },
    ]);
    for (const share of [0.2, 0.4]) {
      tell(5, { type: "embeddings/reading", run: "r", steps: [1, 5], step: 5, share });
    }
    expect(beside.messages()).toMatchObject([{ share: 0.4 }]);
    tell(5, noView(5));
    expect(beside.messages()).toEqual([noView(5)]);
    expect(beside.messages()).toEqual([]);
  });

  test("ends the step that was asked for before: fast scrubbing queues nothing", () => {
    const { beside, log, tell } = views();
    for (const step of [1, 2, 3, 3]) beside.ask(wanted(step));
    expect(log).toEqual(["start 1", "end 1", "start 2", "end 2", "start 3"]);
    // What a thread told before it ended may still be under way.
    tell(1, noView(1));
    expect(words(beside)).toEqual(["embeddings/reading 3"]);
    tell(3, noView(3));
    expect(words(beside)).toEqual(["embeddings/no-view 3"]);
    expect(log.at(-1)).toBe("start 3");
  });

  test("does of the snapshots that come during the work only the newest", () => {
    const { beside, log, tell } = views();
    for (const step of [10, 20, 30]) beside.follow(wanted(step));
    expect(log).toEqual(["start 10"]);
    tell(10, noView(10));
    expect(log).toEqual(["start 10", "start 30"]);
    expect(words(beside)).toEqual(["embeddings/no-view 10", "embeddings/reading 30"]);
  });

  test("reads what was asked for before the newest snapshot, and that one afterwards", () => {
    const { beside, log, tell } = views();
    beside.follow(wanted(40));
    beside.ask(wanted(1));
    beside.ask(wanted(2));
    tell(2, noView(2));
    expect(log).toEqual(["start 40", "end 40", "start 1", "end 1", "start 2", "start 40"]);
    beside.ask(wanted(3));
    beside.follow(wanted(50));
    tell(3, noView(3));
    expect(log.slice(6)).toEqual(["end 40", "start 3", "start 50"]);
  });

  test("ends what was asked for when it is not wanted any more, and that alone", () => {
    const { beside, log, tell } = views();
    beside.ask(wanted(1));
    beside.endAsked();
    beside.endAsked();
    expect(log).toEqual(["start 1", "end 1"]);
    expect(words(beside)).toEqual([]);
    beside.follow(wanted(40));
    beside.endAsked();
    beside.ask(wanted(2));
    beside.endAsked();
    tell(40, noView(40));
    expect(log.slice(2)).toEqual(["start 40", "end 40", "start 2", "end 2", "start 40"]);
    expect(words(beside)).toEqual(["embeddings/no-view 40"]);
  });

  test("reads the newest snapshot again when its files change during the work", () => {
    const { beside, log, tell } = views();
    beside.follow(wanted(40));
    beside.follow(wanted(40));
    tell(40, noView(40));
    expect(log).toEqual(["start 40", "start 40"]);
  });

  test("ends all when it is closed", () => {
    const { beside, log, tell } = views();
    beside.follow(wanted(40));
    beside.follow(wanted(50));
    beside.close();
    tell(40, noView(40));
    expect(log).toEqual(["start 40", "end 40"]);
    expect(words(beside)).toEqual(["embeddings/reading 40"]);
  });
});
