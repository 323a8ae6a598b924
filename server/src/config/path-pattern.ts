/** Keys and list positions from the root of a config file. */
export type ConfigPath = readonly (string | number)[];

/** Whether `path` is what the dotted `pattern` says: `*` is one step, `**` any number, also none. */
export function matchesPath(pattern: string, path: ConfigPath): boolean {
  return matchesFrom(stepsOf(pattern), 0, path, 0);
}

const stepsByPattern = new Map<string, readonly string[]>();

/** Patterns are few and constant, paths are many. */
function stepsOf(pattern: string): readonly string[] {
  let steps = stepsByPattern.get(pattern);
  if (steps === undefined) {
    steps = pattern === "" ? [] : pattern.split(".");
    stepsByPattern.set(pattern, steps);
  }
  return steps;
}

function matchesFrom(
  steps: readonly string[],
  at: number,
  path: ConfigPath,
  from: number,
): boolean {
  const expected = steps[at];
  if (expected === undefined) return from === path.length;
  if (expected === "**") {
    return (
      matchesFrom(steps, at + 1, path, from) ||
      (from < path.length && matchesFrom(steps, at, path, from + 1))
    );
  }
  const step = path[from];
  if (step === undefined || (expected !== "*" && expected !== String(step))) return false;
  return matchesFrom(steps, at + 1, path, from + 1);
}
