import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { checkExperiment } from "../../core/experiment/check-experiment.ts";
import type { Experiment } from "../../core/experiment/experiment.ts";
import { trio } from "../../trainer/src/data/trio.ts";
import { withholdLabels } from "../../trainer/src/withhold-labels.ts";
import { loadContext } from "../support/load-context.ts";
import { SMALL_EXPERIMENT } from "../support/small-experiment.ts";

function experiment(labelled: string): Experiment {
  const text = SMALL_EXPERIMENT.replace(
    "loss: cross_entropy,",
    `loss: cross_entropy, labelled: ${labelled},`,
  );
  const checked = checkExperiment(parse(text));
  if (!("experiment" in checked)) throw new TypeError(JSON.stringify(checked));
  return checked.experiment;
}

describe("withholdLabels", () => {
  test("hides the share that is asked for, of the training part alone and of one modality alone", async () => {
    const sparing = experiment("{ text: 0.25 }");
    const dataset = await trio.load(sparing.data, loadContext());
    const train = Int32Array.from({ length: 40 }, (_, row) => row);
    const { modalities } = withholdLabels(dataset, train, sparing);
    const labelled = modalities.find(({ name }) => name === "text")?.labelled ?? new Uint8Array(0);
    expect(labelled.subarray(0, 40).reduce((sum, flag) => sum + flag, 0)).toBe(10);
    expect(labelled.subarray(40).every((flag) => flag === 1)).toBe(true);
    expect(modalities.filter((one) => one.labelled !== undefined)).toHaveLength(1);
    expect(withholdLabels(dataset, train, sparing).modalities[1]?.labelled).toEqual(labelled);
  });

  test("leaves the data alone where nothing is asked for", async () => {
    const plain = experiment("{}");
    const dataset = await trio.load(plain.data, loadContext());
    expect(withholdLabels(dataset, new Int32Array([0]), plain)).toBe(dataset);
  });
});
