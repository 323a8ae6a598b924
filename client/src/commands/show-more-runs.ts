import type { Command } from "../command.ts";
import type { Host } from "../host.ts";

/** Called by the last row of a long part of the list. */
export const showMoreRuns: Command<Pick<Host, "showMoreRuns">> = {
  id: "normlens.showMoreRuns",
  async run({ showMoreRuns: show }, part) {
    if (typeof part === "string") show(part);
  },
};
