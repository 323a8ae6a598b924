import path from "node:path";
import { RUN_FILES } from "../../../core/protocol/run-files.ts";
import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { chooseFolder } from "../runs/run-argument.ts";

/** Opens what the trainer wrote to the run's log. */
export const openLog: Command<Pick<Host, "runs" | "pickRun" | "openFile">> = {
  id: "normlens.openLog",
  async run(deps, target) {
    const folder = await chooseFolder(target, deps, "Open the log of which run?");
    if (folder !== undefined) await deps.openFile(path.join(folder, RUN_FILES.log));
  },
};
