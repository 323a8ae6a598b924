import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { type LayerArgument, layerArgument } from "../layers/layer-argument.ts";
import { layerRequest } from "../layers/layer-request.ts";
import { chooseRun } from "../runs/run-argument.ts";

type Deps = Pick<
  Host,
  | "runs"
  | "pickRun"
  | "pickOption"
  | "layersOfRun"
  | "namesInFile"
  | "findLayers"
  | "pickLocation"
  | "showLocation"
  | "inform"
>;

/** Goes to the line that makes a layer of a run or weight file; asks where several could. */
export const goToLayer: Command<Deps> = {
  id: "normlens.goToLayer",
  async run(deps, target) {
    const holder = await holderOf(deps, layerArgument(target));
    if (holder === undefined) return;
    const { names, run } = holder;
    const layer = layerArgument(target).layer ?? (await pickLayer(deps, names));
    if (layer === undefined) return;
    const params =
      run === undefined ? { names: [layer], all: names } : layerRequest(run, [layer], names);
    if (typeof params === "string") {
      deps.inform(`The line of ${layer} cannot be told: ${params}.`);
      return;
    }
    const answer = await deps.findLayers(params);
    if (answer === undefined) return;
    const { layers, isOutdated } = answer;
    const locations = layers[0]?.locations ?? [];
    const [first, ...others] = locations;
    if (first === undefined) {
      const place =
        params.experiment === undefined ? "the code of this workspace" : run?.record.spec;
      deps.inform(`Nothing in ${place} makes ${layer}.`);
      return;
    }
    const chosen =
      others.length === 0
        ? first
        : await deps.pickLocation(`${locations.length} lines may make ${layer}`, locations);
    if (chosen === undefined) return;
    await deps.showLocation(chosen);
    if (isOutdated) {
      deps.inform(`${run?.record.spec} describes another model now; this is the run's own copy.`);
    } else if (chosen.isAround) {
      deps.inform(`This line holds ${layer}; the layer itself is made elsewhere.`);
    }
  },
};

/** The names among which the layer is one, and the run where they are of one. */
async function holderOf(deps: Deps, { folder, file }: LayerArgument) {
  if (file !== undefined) return { names: await deps.namesInFile(file), run: undefined };
  const runs = await deps.runs();
  if (runs.length === 0) {
    deps.inform("No run has measured any layers yet.");
    return undefined;
  }
  const target = folder === undefined ? undefined : { folder };
  const run = await chooseRun(target, runs, (all) =>
    deps.pickRun(all, "Go to a layer of which run?"),
  );
  if (run === undefined) return undefined;
  const { layers } = await deps.layersOfRun(run.folder);
  if (layers.length === 0) {
    deps.inform(`${run.name} has not measured any layers.`);
    return undefined;
  }
  return { names: layers.map(({ layer }) => layer), run };
}

const pickLayer = (deps: Deps, names: readonly string[]) =>
  deps.pickOption("Go to Layer", names, "");
