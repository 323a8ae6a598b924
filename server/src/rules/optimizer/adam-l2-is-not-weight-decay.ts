import { defineRule, type Edit, type Fix } from "../../engine/rule.ts";
import type { OptimizerFact } from "../../facts/optimizer.ts";
import { knownNumber } from "../../semantics/call-arguments.ts";
import { numberText } from "../../semantics/decay-suggestion.ts";
import { wordsOf } from "../../semantics/identifier-words.ts";
import { appendArgument, siblingCallee } from "../../semantics/insertions.ts";
import { programIndex } from "../../semantics/program-index.ts";
import { trainingDomain } from "../../semantics/training-domain.ts";
import { isTestPath } from "../../semantics/training-setup.ts";

/** Below this the L2 gradient hardly matters, in whatever way it is divided. */
const LEAST_DECAY = 1e-6;
const ADAPTIVE =
  /^(?:torch\.optim\.(?:Adam|NAdam|RAdam|Adamax|RMSprop|Adagrad|Adadelta)|optax\.(?:chain|adam|nadam|radam|adamax|amsgrad|adabelief|rmsprop|adagrad|yogi|adadelta)|(?:apex\.optimizers|deepspeed\.ops\.adam)\.\w+)$/;
/** Graph networks are published with Adam and L2 of 5e-4; their code repeats it on purpose. */
const GRAPHS = /^(?:torch_geometric|dgl)\b/;
const GRAPH_WORDS = new Set(["gcn", "gat", "gnn", "graph"]);
const REPRODUCTION = /\b(?:reproduc\w*|paper|original|arxiv|published|replicat\w*)\b/i;

export const adamL2IsNotWeightDecay = defineRule({
  code: "NL502",
  name: "adam-l2-is-not-weight-decay",
  family: "optimizer",
  severity: "information",
  preview: false,
  mentions: [["decay"], ["adam", "rmsprop", "adagrad", "adadelta", "optax", "amsgrad", "yogi"]],
  on: "optimizer",
  docs: {
    language: "python",
    what: "Notes weight decay in Adam and its relatives where it is added to the gradient as an L2 term.",
    why: "These optimizers divide the gradient by a running measure of its size, and the L2 term with it: weights with large gradients are hardly decayed, others strongly. AdamW takes the decay off the weights beside the step, equally for all; its values are larger, typically 0.01 to 0.1.",
    bad: [
      "from torch import optim",
      "",
      "opt = optim.Adam(net.parameters(), lr=1e-3, weight_decay=1e-4)",
      "",
    ].join("\n"),
    good: [
      "from torch import optim",
      "",
      "opt = optim.AdamW(net.parameters(), lr=1e-3, weight_decay=1e-2)",
      "",
    ].join("\n"),
    limits:
      "Keras's and DeepSpeed's Adam decay beside the step, whatever their name says. Silent for graph networks and GANs, which are published this way, where a comment close by speaks of a paper or a reproduction, below 1e-6, and in tests. So is a decay that is given by position in a text that never says decay. There is no exact conversion: the decay of the fix is a usual start, not a translation.",
    references: ["Loshchilov & Hutter 2019, arXiv:1711.05101, section 2", "PyTorch issue 38767"],
  },

  *check(optimizer, { document, facts }) {
    const { weightDecay, qualifiedName, coupling, name } = optimizer;
    const decay = knownNumber(weightDecay);
    if (coupling !== "l2" || decay === undefined || decay.value <= LEAST_DECAY) return;
    if (!ADAPTIVE.test(qualifiedName) || isTestPath(document.path)) return;
    if (trainingDomain(optimizer.program) === "adversarial") return;
    const isSame = ({ weightDecay: other, coupling: form }: OptimizerFact) =>
      form === "l2" && knownNumber(other)?.origin.start === decay.origin.start;
    const isRepeated = facts("optimizer").find(isSame) !== optimizer;
    if (isRepeated || isReproduction(optimizer)) return;
    yield {
      span: optimizer.addedDecay?.span ?? decay.span,
      message: `\`${name}\` divides the L2 term ${numberText(decay.value)} · w by the size of past gradients, so weights with large gradients are hardly decayed.`,
      fixes: fixesOf(optimizer),
    };
  },
});

function isReproduction({ program, span }: OptimizerFact): boolean {
  const { comments, text } = program.module;
  const { imports, ids } = programIndex(program);
  const isGraph =
    imports.some((statement) => statement.names.some(({ module }) => GRAPHS.test(module))) ||
    [...ids].some((id) => wordsOf(id).some((word) => GRAPH_WORDS.has(word)));
  const lineOf = (offset: number) => text.slice(0, offset).split("\n").length;
  const line = lineOf(span.start);
  return (
    isGraph ||
    comments.some(
      (comment) =>
        REPRODUCTION.test(comment.text) && Math.abs(lineOf(comment.span.start) - line) <= 3,
    )
  );
}

const USUAL = "0.01";

/** AdamW takes the same arguments as Adam; NAdam and RAdam have a flag. */
function fixesOf({ name, call, qualifiedName, weightDecay, program }: OptimizerFact): Fix[] {
  const decay = knownNumber(weightDecay);
  if (call === undefined || decay === undefined || !qualifiedName.startsWith("torch.")) return [];
  const value: Edit = { span: decay.origin, newText: USUAL };
  if (name === "Adam") {
    const edits = siblingCallee(call, "AdamW", program);
    const title = `Use \`AdamW\` with a decay of ${USUAL}`;
    return edits === undefined ? [] : [{ title, safety: "suggestion", edits: [...edits, value] }];
  }
  if (name !== "NAdam" && name !== "RAdam") return [];
  const flag = appendArgument(call, "decoupled_weight_decay=True", program.module.text);
  const title = `Decouple the decay, ${USUAL}`;
  return [{ title, safety: "suggestion", edits: [value, flag] }];
}
