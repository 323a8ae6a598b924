import type { Values } from "./procedure.ts";

/** Metrics of one part of the data: `validation/` before each name. */
export function prefixed(part: string, values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${part}/${name}`, value]),
  );
}
