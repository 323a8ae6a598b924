import type { Fix } from "../engine/rule.ts";
import type { OptimizerFact } from "../facts/optimizer.ts";
import { appendArgument, siblingCallee } from "./insertions.ts";
import type { PythonProgram } from "./python-program.ts";

/** Values that the libraries and their papers start from; each class has its own meaning of them. */
const DECOUPLED_TORCH = "weight_decay=0.01";
const DECOUPLED_FLAG = "weight_decay=0.01, decoupled_weight_decay=True";
const L2_TORCH = "weight_decay=1e-4";
const KERAS = "weight_decay=0.004";
const OPTAX = "weight_decay=1e-4";

/** What an optimizer does about large weights when nobody asked. */
export function withoutDecay({ framework }: OptimizerFact): string {
  return framework === "tfjs"
    ? "has no weight decay in TensorFlow.js"
    : "runs with weight decay 0, its default";
}

/** Ways to give an optimizer weight decay, the recommended one first. */
export function weightDecayFixes(optimizer: OptimizerFact, program: PythonProgram): Fix[] {
  const { call, name, framework } = optimizer;
  if (framework === "tfjs") return [];
  if (call === undefined) return namedFix(optimizer, program);
  const { text } = program.module;
  const append = (argument: string): Fix => ({
    title: `Add \`${argument}\``,
    safety: "suggestion",
    edits: [appendArgument(call, argument, text)],
  });
  const replace = (to: string, argument: string): Fix[] => {
    const edits = siblingCallee(call, to, program);
    if (edits === undefined) return [];
    const title = `Use \`${to}\` with ${argument}`;
    return [
      { title, safety: "suggestion", edits: [...edits, appendArgument(call, argument, text)] },
    ];
  };
  if (framework === "keras") return [append(KERAS)];
  if (framework === "optax") return name === "adam" ? replace("adamw", OPTAX) : [];
  if (name === "Adam") return [...replace("AdamW", DECOUPLED_TORCH), append(L2_TORCH)];
  return [append(name === "NAdam" || name === "RAdam" ? DECOUPLED_FLAG : L2_TORCH)];
}

/** `optimizer="adam"` can only become another name. */
function namedFix({ name, span }: OptimizerFact, program: PythonProgram): Fix[] {
  if (name.toLowerCase() !== "adam") return [];
  const quote = program.module.text[span.start] === "'" ? "'" : '"';
  return [
    {
      title: 'Use "adamw", whose weight decay is 0.004',
      safety: "suggestion",
      edits: [{ span, newText: `${quote}adamw${quote}` }],
    },
  ];
}
