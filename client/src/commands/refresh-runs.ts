import type { Command } from "../command.ts";
import type { Host } from "../host.ts";

export const refreshRuns: Command<Pick<Host, "refreshRuns">> = {
  id: "normlens.refreshRuns",
  run: (deps) => deps.refreshRuns(),
};
