import type { Command } from "../command.ts";
import type { Host } from "../host.ts";

export const showLogs: Command<Pick<Host, "showLogs">> = {
  id: "normlens.showLogs",
  async run(deps) {
    deps.showLogs();
  },
};
