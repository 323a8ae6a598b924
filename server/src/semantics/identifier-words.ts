/** Files share their vocabulary; past this the memory of it starts over. */
const MOST_REMEMBERED = 50_000;

const remembered = new Map<string, readonly string[]>();

/** Lower-case words of an identifier: `earlyStop_2x` is early, stop, 2x. */
export function wordsOf(id: string): readonly string[] {
  const known = remembered.get(id);
  if (known !== undefined) return known;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const words = split(id);
  remembered.set(id, words);
  return words;
}

function split(id: string): string[] {
  return id
    .replaceAll(/([a-z\d])([A-Z])/g, "$1_$2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase()
    .split("_")
    .filter((word) => word !== "");
}
