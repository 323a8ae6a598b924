import { byName } from "./by-name.ts";

/** Lower-case words of an identifier: `earlyStop_2x` is early, stop, 2x. */
export const wordsOf: (id: string) => readonly string[] = byName(split);

function split(id: string): string[] {
  return id
    .replaceAll(/([a-z\d])([A-Z])/g, "$1_$2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase()
    .split("_")
    .filter((word) => word !== "");
}
