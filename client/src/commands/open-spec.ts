import path from "node:path";
import { RUN_FILES } from "../../../core/protocol/run-files.ts";
import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { chooseFolder } from "../runs/run-argument.ts";

/** Opens the experiment file as the run was launched with it. */
export const openSpec: Command<Pick<Host, "runs" | "pickRun" | "openFile">> = {
  id: "normlens.openSpec",
  async run(deps, target) {
    const folder = await chooseFolder(target, deps, "Open the experiment of which run?");
    if (folder !== undefined) await deps.openFile(path.join(folder, RUN_FILES.spec));
  },
};
