/** `compute`, which is not called again while it is given what it was given last. */
export function lastResult<Arguments extends readonly unknown[], Result>(
  compute: (...given: Arguments) => Result,
): (...given: Arguments) => Result {
  let last: { readonly given: Arguments; readonly result: Result } | undefined;
  return (...given) => {
    const isKnown = last?.given.every((value, index) => value === given[index]);
    if (last !== undefined && isKnown === true) return last.result;
    const result = compute(...given);
    last = { given, result };
    return result;
  };
}
