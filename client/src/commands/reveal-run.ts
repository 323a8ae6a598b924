import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { chooseFolder } from "../runs/run-argument.ts";

/** Shows the run's folder in the explorer of the operating system or of the editor. */
export const revealRun: Command<Pick<Host, "runs" | "pickRun" | "reveal">> = {
  id: "normlens.revealRun",
  async run(deps, target) {
    const folder = await chooseFolder(target, deps, "Reveal the folder of which run?");
    if (folder !== undefined) await deps.reveal(folder);
  },
};
