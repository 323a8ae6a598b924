import path from "node:path";
import { train } from "../../trainer/src/train.ts";

/**
 * Trains the shapes example, made very small and changed by `set`, in a few seconds; gives the run's
 * folder.
 */
export async function tinyRun(workspace: string, set: readonly string[] = []): Promise<string> {
  const { run, status, error } = await train(
    {
      spec: path.resolve("examples/shapes.normlens.yaml"),
      workspace,
      backend: "cpu",
      set: [
        "data.samples=60",
        "data.image_size=12",
        "model.private.image=[8]",
        "model.private.text=[8]",
        "model.private.audio=[8]",
        "model.shared=[8]",
        "model.embedding=4",
        "training.epochs=2",
        "training.batch_size=32",
        ...set,
      ],
    },
    { signal: new AbortController().signal, emit: () => undefined },
  );
  if (status !== "finished") throw new Error(error ?? `The run ended as ${status}`);
  return run;
}
