import { expect, onTestFinished, test } from "vitest";
import type { BackendName } from "../../../trainer/src/backends/backend.ts";
import { selectBackend } from "../../../trainer/src/backends/select.ts";
import { tensorflow } from "../../../trainer/src/backends/tensorflow.ts";
import { readExperimentFile } from "../../../trainer/src/experiment-file.ts";
import { prepareTraining } from "../../../trainer/src/preparation.ts";
import { createTrainingStep } from "../../../trainer/src/training-step.ts";
import { loadContext } from "../../support/load-context.ts";
import { smallWorkspace } from "../../support/small-experiment.ts";

const STEPS = 25;
/** Largest accepted |loss − loss on cpu|: losses are near 1, kernels add in other orders. */
const TOLERANCE = 5e-5;

const MODELS = {
  mlp: "{ type: mlp, modality: image, hidden: [16, 8], dropout: 0.3 }",
  cnn: "{ type: cnn, modality: image, channels: [4, 6], hidden: [12], dropout: 0.3 }",
  bilstm: "{ type: bilstm, embedding: 8, units: 6, layers: 2, dropout: 0.5 }",
};

const spec = (model: keyof typeof MODELS) => `name: agreement
data: { source: trio, samples: 60, image_size: 10, seed: 3 }
split: { method: holdout, validation: 0, test: 0 }
model: ${MODELS[model]}
objective: { loss: cross_entropy }
penalty: [{ norm: l1, lambda: 1e-3 }]
training: { optimizer: adam, learning_rate: 5e-3, batch_size: 30, epochs: 20, seed: 2 }
`;

async function lossesOn(backend: BackendName, model: keyof typeof MODELS): Promise<number[]> {
  await selectBackend(backend, () => undefined);
  const { folder, spec: file } = smallWorkspace(spec(model));
  const context = loadContext({ folder });
  const preparation = await prepareTraining(readExperimentFile(file, folder, []), context);
  const step = createTrainingStep(preparation, () => undefined);
  onTestFinished(() => {
    step.dispose();
    preparation.model.dispose();
  });
  const losses: number[] = [];
  for (let made = 0; made < STEPS; made++) {
    const rows = preparation.split.train.subarray(30 * (made % 2), 30 * (made % 2) + 30);
    losses.push((await step.run(rows, false)).dataLoss);
  }
  return losses;
}

const NAMES = ["mlp", "cnn", "bilstm"] as const;

test.each(NAMES)("%s has the same losses on every backend, dropout and all", async (model) => {
  const expected = await lossesOn("cpu", model);
  const others: BackendName[] = tensorflow.detect().available ? ["wasm", "tensorflow"] : ["wasm"];
  for (const backend of others) {
    const got = await lossesOn(backend, model);
    const differences = expected.map((loss, at) => Math.abs(loss - (got[at] ?? Number.NaN)));
    expect(Math.max(...differences), backend).toBeLessThan(TOLERANCE);
  }
});
