import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { folderOf } from "../runs/run-argument.ts";

/** Shows the run's folder in the explorer of the operating system or of the editor. */
export const revealRun: Command<Pick<Host, "reveal">> = {
  id: "normlens.revealRun",
  async run(deps, target) {
    const folder = folderOf(target);
    if (folder !== undefined) await deps.reveal(folder);
  },
};
