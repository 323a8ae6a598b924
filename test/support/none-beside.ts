import type { ReadBeside } from "../../core/runs/views-beside.ts";

/** For runs whose snapshots are all small enough to be read in place. */
export const noneBeside: ReadBeside = ({ at }) => {
  throw new RangeError(`Step ${at.step} was to be read beside`);
};
