import { expect, test } from "vitest";
import { bestExperiment } from "../../../client/src/runs/best-experiment.ts";

const TEXT = "name: A # mine\ntraining: { epochs: 5, seed: 1 }\nsweep: { vary: [] }\n";
const trial = (number: number, lambda: number) => ({
  ...{ number, run: "", set: [`training.learning_rate=${lambda}`], epochs: 5, value: 1 },
  status: "finished" as const,
});
const sweep = {
  metric: "validation/loss",
  goal: "minimize",
  rungs: [5],
  trials: [trial(1, 0.1), trial(2, 0.2)],
} as const;

test("bestExperiment() has the values of the sweep and of its best trial, and no sweep", () => {
  const record = { id: "s", set: ["training.seed=9"], sweep: { ...sweep, best: 2 } };
  expect(bestExperiment(TEXT, record)).toEqual({
    text: "name: A # mine\ntraining: { epochs: 5, seed: 9, learning_rate: 0.2 }\n",
    trial: 2,
    set: ["training.learning_rate=0.2"],
  });
});

test.each([
  ["without a best trial", { id: "s", sweep }],
  ["that is no sweep", { id: "s" }],
])("bestExperiment() says so of a run %s", (_name, record) => {
  expect(() => bestExperiment(TEXT, record)).toThrow("No trial of s was trained to the end");
});
