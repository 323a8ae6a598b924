/**
 * Optimal string alignment distance: fewest insertions, deletions, substitutions and swaps of
 * neighbours that turn `a` into `b`, no part edited twice. Symmetric, 0 only for equal strings.
 *
 * O(|a|·|b|) in UTF-16 units, less where it is above `limit`: then any number above that is returned.
 *
 * @see Damerau 1964, doi:10.1145/363958.363994
 */
export function editDistance(a: string, b: string, limit = Infinity): number {
  let beforeLast: readonly number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwap =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + (isSame ? 0 : 1),
          isSwap ? at(beforeLast, column - 2) + 1 : Infinity,
        ),
      );
    }
    // Neither a step nor a swap leads from above the limit back below it.
    if (Math.min(...last, ...current) > limit) return limit + 1;
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? 0;
}

/**
 * The candidate that `word` was probably meant to be: the nearest within `limit` edits and less
 * than half of the word's length; `undefined` when there is none or when two are equally near.
 */
export function nearestWord(
  word: string,
  candidates: Iterable<string>,
  limit = 2,
): string | undefined {
  const most = Math.min(limit, Math.ceil(word.length / 2) - 1);
  let nearest: string | undefined;
  let least = most + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > most) continue;
    const distance = editDistance(word, candidate, most);
    if (distance < least) [nearest, least] = [candidate, distance];
    else if (distance === least && distance <= most) nearest = undefined;
  }
  return nearest;
}
