import { expect, test } from "vitest";
import type { Assumptions } from "../../../core/protocol/lint-settings.ts";
import type { Quantities, Values } from "../../../server/src/lambda/convention.ts";
import { describeLambda } from "../../../server/src/lambda/described-lambda.ts";
import { lambdaNotes } from "../../../server/src/lambda/lambda-notes.ts";

function notesOf(
  convention: string,
  values: Values,
  known: Quantities = {},
  assume: Assumptions = {},
): readonly string[] {
  const [parameter = ""] = Object.keys(values);
  const lambda = describeLambda({ convention, parameter, values, known, isDefault: false }, assume);
  return lambda === undefined
    ? []
    : lambdaNotes(lambda).map(({ framework, text }) => `${framework}: ${text}`);
}

test.each([
  [
    "torch-sgd",
    { weight_decay: 0.01 },
    ["Keras: regularizers.L2(0.005)", "Penalty in the loss: loss + 0.005 * sum(w²)"],
  ],
  ["torch-adamw", { weight_decay: 0.01 }, []],
  ["torch-sgd", { weight_decay: 0 }, []],
  ["torch-sgd", { weight_decay: -1 }, []],
  ["nothing", { weight_decay: 1 }, []],
])("lambdaNotes() of %s %j", (convention, values, expected) => {
  const notes = notesOf(convention, values as Values);
  expect(notes.filter((note) => /Keras: regularizers\.L2\(|in the loss/.test(note))).toEqual(
    expected,
  );
});

test("lambdaNotes() of AdamW tells the decay that no learning rate scales", () => {
  expect(notesOf("torch-adamw", { weight_decay: 0.01 }, { learningRate: 1e-3 })).toEqual([
    "Composer: DecoupledAdamW(weight_decay=1e-5)",
    "AdamW paper: λ = 1e-5",
  ]);
});

test("lambdaNotes() says what it assumes and for which loss it holds", () => {
  const notes = notesOf("sklearn-ridge", { alpha: 2 }, {}, { datasetSize: 100 });
  expect(notes[0]).toBe(
    "PyTorch: SGD(weight_decay=0.02) (for ½(y − ŷ)², assuming 100 training samples)",
  );
});
