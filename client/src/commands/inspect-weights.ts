import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { pathOf } from "../path-argument.ts";

type Deps = Pick<Host, "pickWeightFile" | "openWeights">;

export const inspectWeights: Command<Deps> = {
  id: "normlens.inspectWeights",
  async run(deps, target) {
    const file = pathOf(target) ?? (await deps.pickWeightFile("Inspect Weights"));
    if (file !== undefined) await deps.openWeights(file);
  },
};
