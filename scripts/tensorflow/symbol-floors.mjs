// What a compiled library asks of the system's own libraries.

const FAMILIES = ["GLIBC", "GLIBCXX", "CXXABI"];

/**
 * The newest version of each family of symbols that is named in a shared library of Linux, as numbers:
 * `{ GLIBC: [2, 14], … }`. A family that is not named is left out.
 */
export function symbolFloors(bytes) {
  const text = bytes.toString("latin1");
  const floors = {};
  for (const family of FAMILIES) {
    // Version names are whole strings of the library's string table.
    const named = text.split("\0").filter((name) => name.startsWith(`${family}_`));
    const versions = named.map((name) =>
      name
        .slice(family.length + 1)
        .split(".")
        .map(Number),
    );
    const newest = versions
      .filter((numbers) => numbers.every(Number.isInteger))
      .sort(compare)
      .at(-1);
    if (newest !== undefined) floors[family] = newest;
  }
  return floors;
}

/** Below 0 where `one` is the older version. */
export function compare(one, other) {
  const at = Array.from({ length: Math.max(one.length, other.length) }, (_, index) => index).find(
    (index) => (one[index] ?? 0) !== (other[index] ?? 0),
  );
  return at === undefined ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
