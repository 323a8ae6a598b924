import type { Command } from "../command.ts";
import type { Host } from "../host.ts";

type Deps = Pick<Host, "pickWeightFile" | "openWeights">;

export const inspectWeights: Command<Deps> = {
  id: "normlens.inspectWeights",
  async run(deps, target) {
    const file = pathOf(target) ?? (await deps.pickWeightFile());
    if (file !== undefined) await deps.openWeights(file);
  },
};

/** Path of the file that the explorer names. */
function pathOf(target: unknown): string | undefined {
  return typeof target === "object" &&
    target !== null &&
    "fsPath" in target &&
    typeof target.fsPath === "string"
    ? target.fsPath
    : undefined;
}
