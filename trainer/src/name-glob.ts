/**
 * Whether `name` as a whole fits `pattern`, where `*` stands for any text, dots included, and `?`
 * for one character. Time grows with the product of the two lengths at worst.
 */
export function matchesGlob(pattern: string, name: string): boolean {
  let [at, position] = [0, 0];
  let [star, retry] = [-1, 0];
  while (position < name.length) {
    if (pattern[at] === "*") {
      star = at++;
      retry = position;
    } else if (pattern[at] === "?" || pattern[at] === name[position]) {
      at++;
      position++;
    } else if (star >= 0) {
      at = star + 1;
      position = ++retry;
    } else {
      return false;
    }
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}
