import type { Command } from "../command.ts";
import type { Host } from "../host.ts";

export const clearRunFilter: Command<Pick<Host, "arrange">> = {
  id: "normlens.clearRunFilter",
  run: ({ arrange }) => arrange({ filter: "" }),
};
