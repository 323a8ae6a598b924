import { checkExperiment } from "../../../core/experiment/check-experiment.ts";
import {
  type ExperimentProblem,
  problemText,
} from "../../../core/experiment/experiment-problem.ts";
import type { Span } from "../../../core/protocol/span.ts";
import type { Fix } from "../engine/rule.ts";
import type { ConfigTree } from "../syntax/config/config-tree.ts";
import { parseYaml } from "../syntax/config/yaml.ts";
import { yamlValue } from "../syntax/config/yaml-value.ts";
import { spanAtPath } from "./span-at-path.ts";

/** Something that the trainer would refuse. */
export interface ExperimentDiagnostic {
  readonly span: Span;
  /** What is wrong; what is allowed. */
  readonly message: string;
  readonly fixes: readonly Fix[];
}

/** What is wrong with the text of a `*.normlens.yaml` file, by position. Total. */
export function experimentDiagnostics(text: string): ExperimentDiagnostic[] {
  const { value, errors } = yamlValue(text);
  if (errors.length > 0) {
    return errors.map(({ message, span }) => ({ message, span: toWord(span, text), fixes: [] }));
  }
  const checked = checkExperiment(value);
  if ("experiment" in checked) return [];
  const tree = parseYaml(text);
  return checked.problems
    .map((problem) => toDiagnostic(problem, tree))
    .sort((a, b) => a.span.start - b.span.start);
}

/** Parsers point at the first character of what they dislike; a squiggle shows the word. */
function toWord({ start, end }: Span, text: string): Span {
  const word = /^[*&!]?[\w.-]*/.exec(text.slice(start, start + 200))?.[0] ?? "";
  return { start, end: Math.max(end, start + word.length) };
}

function toDiagnostic(problem: ExperimentProblem, tree: ConfigTree): ExperimentDiagnostic {
  const span = spanAtPath(tree, problem.path, problem.at);
  const { suggestion } = problem;
  return {
    span,
    message: problemText(problem),
    fixes:
      suggestion === undefined
        ? []
        : [
            {
              title: `Rename to \`${suggestion}\``,
              safety: "safe",
              edits: [{ span, newText: suggestion }],
            },
          ],
  };
}
