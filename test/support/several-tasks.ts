/** What a training script trains for besides, each with classes and functions of its own. */
const TASKS = ["Segmentation", "Retrieval", "Detection", "Distillation"];

/** A longer script of the same kind: every class and function of `script` again for further tasks. */
export function severalTasks(script: string): string {
  const begin = script.search(/^(?:def|class) /m);
  const end = script.search(/^if __name__/m);
  const task = script.slice(begin, end);
  const names = [...task.matchAll(/^(?:def|class) (\w+)/gm)].map(([, name]) => name);
  const own = new RegExp(`\\b(?:${names.join("|")})\\b`, "g");
  const named = (suffix: string) =>
    task.replaceAll(own, (name) =>
      /^[a-z]/.test(name) ? `${name}_${suffix.toLowerCase()}` : `${name}${suffix}`,
    );
  return [script.slice(0, end), ...TASKS.map(named), script.slice(end)].join("");
}
