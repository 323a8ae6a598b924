import type { Command } from "../command.ts";
import type { Host } from "../host.ts";

/** The list follows what is typed; Escape brings back what it was. */
export const filterRuns: Command<Pick<Host, "arrangement" | "arrange" | "askText">> = {
  id: "normlens.filterRuns",
  async run({ arrangement, arrange, askText }) {
    const { filter: before } = arrangement();
    const typed = await askText({
      title: "Filter Runs",
      prompt: "Words of the name, experiment, status, settings, objective; #tag",
      value: before,
      onChange: (filter) => void arrange({ filter: filter.trim() }),
    });
    await arrange({ filter: typed === undefined ? before : typed.trim() });
  },
};
