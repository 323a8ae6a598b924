import { defineRule } from "../../engine/rule.ts";
import type { ParameterGroupsFact } from "../../facts/parameter-groups.ts";
import { relatedIn } from "../../project/related-in.ts";
import { knownNumber } from "../../semantics/call-arguments.ts";
import { splitByRankFix, wholeModel } from "../../semantics/group-edits.ts";
import { parametersOf } from "../../semantics/held-parameters.ts";
import { isFullyFlattened, isTestPath, trainsPartOfModel } from "../../semantics/training-setup.ts";

/** A decay this small moves nothing that matters. */
const LEAST_DECAY = 1e-4;
const TRANSFORMER = /^torch\.nn\.(?:MultiheadAttention|Transformer\w*)$/;

export const decayAppliedToBiasAndNorm = defineRule({
  code: "NL401",
  name: "decay-applied-to-bias-and-norm",
  family: "placement",
  severity: "hint",
  preview: false,
  mentions: [["adamw", "decoupled_weight_decay"], ["parameters"]],
  on: "parameterGroups",
  docs: {
    language: "python",
    what: "Notes a decoupled weight decay that shrinks all parameters of a model alike, the scales of its normalisation layers and its biases included.",
    why: "A norm's scale starts at 1 and a bias shifts the output: pulling them to 0 adds no smoothness, it takes away what the next layer relies on. The usual recipes for transformers decay matrices only.",
    bad: [
      "import torch",
      "from torch import nn",
      "",
      "class Encoder(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.norm = nn.LayerNorm(64)",
      "        self.out = nn.Linear(64, 10)",
      "",
      "model = Encoder()",
      "opt = torch.optim.AdamW(model.parameters(), lr=3e-4, weight_decay=0.1)",
      "",
    ].join("\n"),
    good: [
      "import torch",
      "from torch import nn",
      "",
      "class Encoder(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.norm = nn.LayerNorm(64)",
      "        self.out = nn.Linear(64, 10)",
      "",
      "model = Encoder()",
      "decay = [p for p in model.parameters() if p.ndim >= 2]",
      "rest = [p for p in model.parameters() if p.ndim < 2]",
      'opt = torch.optim.AdamW([{"params": decay}, {"params": rest, "weight_decay": 0.0}], lr=3e-4, weight_decay=0.1)',
      "",
    ].join("\n"),
    limits:
      "One report a file, an information for transformers, and only where the model's layers are in sight. Silent for decay that is part of the gradient (SGD, Adam), as the standard ResNet recipes decay everything that way; for decay left at its default; for decay up to 1e-4; where FSDP flattens parameters, so that their shape tells nothing; where the code freezes parameters, which then do not decay; and in tests.",
    references: ["Brown et al. 2020, arXiv:2005.14165", "He et al. 2019, arXiv:1812.01187, 3.1"],
  },

  *check(fact, { document, facts }) {
    if (isTestPath(document.path)) return;
    if (facts("parameterGroups").find((other) => decayedNorm(other) !== undefined) !== fact) return;
    const found = decayedNorm(fact);
    if (found === undefined) return;
    const { group, source, norm, decay, isTransformer } = found;
    yield {
      span: group.span,
      severity: isTransformer ? "information" : "hint",
      message: `Weight decay ${decay} also shrinks \`${norm.name}\` and all other norms and biases of the model.`,
      related: [relatedIn(norm.span, norm.home, fact.home, "This norm decays as well.")],
      fixes: splitByRankFix(group, source),
    };
  },
});

function decayedNorm({ optimizer, groups, home }: ParameterGroupsFact) {
  const [group, ...others] = groups;
  if (group === undefined || others.length > 0 || optimizer.coupling !== "decoupled")
    return undefined;
  // A default is the library's choice, and Muon is for matrices to begin with.
  if (optimizer.weightDecay.kind === "absent" || optimizer.name === "Muon") return undefined;
  const decay = knownNumber(group.weightDecay)?.value;
  const source = wholeModel(group);
  if (decay === undefined || decay <= LEAST_DECAY || source === undefined) return undefined;
  // What is frozen has no gradient, and then no decay either.
  if (isFullyFlattened(home.program) || trainsPartOfModel(home.program)) return undefined;
  const parameters = parametersOf([{ ...source, condition: { kind: "always" } }]);
  const norm = parameters.find(({ role }) => role === "norm");
  const isTransformer = parameters.some(({ layer }) => TRANSFORMER.test(layer));
  return norm === undefined ? undefined : { group, source, norm, decay, isTransformer };
}
