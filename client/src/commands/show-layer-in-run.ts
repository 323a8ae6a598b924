import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { layerArgument } from "../layers/layer-argument.ts";

type Deps = Pick<Host, "layersAtCursor" | "pickOption" | "showLayer" | "inform">;

/** Opens the last run's panel on the layer that the line of the cursor makes. */
export const showLayerInRun: Command<Deps> = {
  id: "normlens.showLayerInRun",
  async run(deps, target) {
    const { folder, layer } = layerArgument(target);
    if (folder !== undefined && layer !== undefined) {
      await deps.showLayer(folder, layer);
      return;
    }
    const here = await deps.layersAtCursor();
    if (here === undefined) {
      deps.inform("No run of this workspace has measured a layer that this line makes.");
      return;
    }
    const { run, found } = here;
    const names = found.map(({ measured }) => measured.layer);
    const chosen =
      names.length === 1 ? names[0] : await deps.pickOption(`Layers of ${run.name}`, names, "");
    if (chosen !== undefined) await deps.showLayer(run.folder, chosen);
  },
};
