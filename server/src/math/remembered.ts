import type { Addend } from "./addends.ts";
import { addendValue } from "./addends.ts";
import type { GradientProblem } from "./gradient-problem.ts";
import { structuralKey } from "./ir-walk.ts";

/** More than the gradients of a few open files; past it the memory starts over. */
const MOST_REMEMBERED = 500;

/**
 * `judge`, remembering its answers: most keystrokes leave every gradient of a file as it was, and
 * judging one costs thousands of evaluations.
 *
 * @param judge Depends on the values of a problem alone, and its answer on nothing of the text.
 */
export function remembered<Answer>(
  judge: (problem: GradientProblem) => Answer,
): (problem: GradientProblem) => Answer {
  const answers = new Map<string, { readonly answer: Answer }>();
  return (problem) => {
    const key = problemKey(problem);
    const known = answers.get(key);
    if (known !== undefined) return known.answer;
    if (answers.size >= MOST_REMEMBERED) answers.clear();
    const answer = judge(problem);
    answers.set(key, { answer });
    return answer;
  };
}

const sumKey = (addends: readonly Addend[]) =>
  addends.map((addend) => structuralKey(addendValue(addend))).join("+");

/** Equal for problems that draw the same numbers and compute the same with them. */
function problemKey({ parameter, symbols, axes, data, penalty, loss }: GradientProblem): string {
  const drawn = symbols.map(({ key, name }) => `${key}:${name}[${axes.get(key)?.join() ?? ""}]`);
  const sums = [data, penalty, loss?.data ?? [], loss?.penalty ?? []].map(sumKey);
  return [parameter.key, ...drawn, ...sums].join("\n");
}
