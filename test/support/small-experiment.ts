import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

/** An experiment that trains in a fraction of a second on the backend that is always there. */
export const SMALL_EXPERIMENT = `name: Small shapes
data: { source: trio, samples: 60, image_size: 8, seed: 3, missing: { audio: 0.2 } }
split: { method: holdout, validation: 0.2, test: 0.2, seed: 1 }
model: { type: towers, private: { image: [8], text: [8], audio: [6] }, shared: [8], embedding: 4 }
objective: { loss: cross_entropy, alignment: { loss: info_nce, weight: 0.5, temperature: 0.2 } }
penalty:
  - { norm: l1, lambda: 5e-3, on: "image.*" }
  - { norm: l2, lambda: "0.1 / m", on: "shared.*" }
training: { optimizer: adam, learning_rate: 5e-3, batch_size: 16, epochs: 2, seed: 2, backend: wasm, log_every: 2 }
`;

export interface SmallWorkspace {
  readonly folder: string;
  /** Absolute path of the experiment file. */
  readonly spec: string;
}

/** A folder with the experiment file `text`, gone when the test is over. */
export function smallWorkspace(text = SMALL_EXPERIMENT): SmallWorkspace {
  const folder = mkdtempSync(path.join(tmpdir(), "normlens-train-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const spec = path.join(folder, "small.normlens.yaml");
  writeFileSync(spec, text);
  return { folder, spec };
}
