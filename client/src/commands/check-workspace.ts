import type { Command } from "../command.ts";
import type { Host } from "../host.ts";

export const checkWorkspace: Command<Pick<Host, "checkWorkspace">> = {
  id: "normlens.checkWorkspace",
  run: (deps) => deps.checkWorkspace(),
};
