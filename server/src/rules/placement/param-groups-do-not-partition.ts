import { defineRule, type Fix, type Report } from "../../engine/rule.ts";
import type { ParameterGroupsFact } from "../../facts/parameter-groups.ts";
import { relatedIn } from "../../project/related-in.ts";
import {
  type Omission,
  type Overlap,
  omissionOf,
  overlapOf,
} from "../../semantics/group-partition.ts";
import { modelOrigin, type Place } from "../../semantics/model-origin.ts";
import { modelClasses } from "../../semantics/model-parameters.ts";
import { lastName } from "../../semantics/program-index.ts";
import { trainingDomain } from "../../semantics/training-domain.ts";
import { trainsPartOfModel } from "../../semantics/training-setup.ts";
import type { Expression } from "../../syntax/python/ast.ts";

export const paramGroupsDoNotPartition = defineRule({
  code: "NL407",
  name: "param-groups-do-not-partition",
  family: "placement",
  severity: "warning",
  preview: true,
  mentions: [["params"], ["parameters"], ["optim"]],
  on: "parameterGroups",
  docs: {
    language: "python",
    what: "Finds parameter groups of one optimizer that share parameters, and groups of a model's parts that leave a part out.",
    why: "PyTorch refuses a parameter in two groups when the optimizer is built. A parameter in none is no error: it stays as it was initialised, and the model trains around noise.",
    bad: [
      "import torch",
      "from torch import nn",
      "",
      "class Net(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.body = nn.Linear(8, 8)",
      "        self.neck = nn.Linear(8, 8)",
      "        self.head = nn.Linear(8, 2)",
      "",
      "net = Net()",
      'groups = [{"params": net.body.parameters(), "lr": 1e-4}, {"params": net.head.parameters()}]',
      "opt = torch.optim.AdamW(groups, lr=1e-3)",
      "",
    ].join("\n"),
    good: [
      "import torch",
      "from torch import nn",
      "",
      "class Net(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.body = nn.Linear(8, 8)",
      "        self.neck = nn.Linear(8, 8)",
      "        self.head = nn.Linear(8, 2)",
      "",
      "net = Net()",
      "head = set(map(id, net.head.parameters()))",
      "base = [p for p in net.parameters() if id(p) not in head]",
      'opt = torch.optim.AdamW([{"params": base, "lr": 1e-4}, {"params": net.head.parameters()}], lr=1e-3)',
      "",
    ].join("\n"),
    limits:
      "A part that is left out is an information, as it may be meant to stay; it is told only of `nn.Module` classes in the workspace, where the file freezes nothing and has one optimizer. Silent where a condition cannot be read.",
    references: ["https://docs.pytorch.org/docs/stable/optim.html#per-parameter-options"],
  },

  *check(fact, { facts }) {
    const overlap = overlapOf(fact.groups);
    if (overlap !== undefined) {
      yield overlapReport(overlap, fact);
      return;
    }
    const { program } = fact.home;
    const isAlone = facts("optimizer").length === 1 && trainingDomain(program) === "supervised";
    if (!isAlone || trainsPartOfModel(program)) return;
    const omission = omissionOf(fact.groups);
    if (omission === undefined || !isPlainModule(omission.model, fact.place)) return;
    yield omissionReport(omission, fact);
  },
});

const textOf = ({ span }: Expression, { home }: ParameterGroupsFact) =>
  home.program.module.text.slice(span.start, span.end);

function overlapReport(overlap: Overlap, fact: ParameterGroupsFact): Report {
  const { first, second, wider, path } = overlap;
  const isHere = second.place.home.path === fact.home.path;
  return {
    span: isHere ? second.span : fact.optimizer.span,
    message: `Parameters of \`${[textOfSource(wider), ...path].join(".")}\` are in two groups of \`${fact.optimizer.name}\`, which torch refuses.`,
    related: [relatedIn(first.span, first.place.home, fact.home, "The other group.")],
    fixes: complementFix(overlap, fact),
  };
}

const textOfSource = ({ model, place }: Overlap["wider"]) =>
  place.home.program.module.text.slice(model.span.start, model.span.end);

/** Takes from the wider group what the other has. */
function complementFix({ wider, path }: Overlap, fact: ParameterGroupsFact): readonly Fix[] {
  const isHere = wider.place.home.path === fact.home.path;
  if (!isHere || path.length === 0 || wider.condition.kind !== "always") return [];
  const model = textOf(wider.model, fact);
  const start = path.join(".");
  const newText = `[p for n, p in ${model}.named_parameters() if not n.startswith("${start}.")]`;
  const title = `Leave \`${start}\` to its own group`;
  return [{ title, safety: "suggestion", edits: [{ span: wider.span, newText }] }];
}

/** A class of `nn.Module`: others may hold teachers, losses and metrics beside the model. */
function isPlainModule(model: Expression, place: Place): boolean {
  const origin = modelOrigin(model, place);
  if (origin?.kind !== "class" || (model.kind === "name" && model.id === "self")) return false;
  const classes = modelClasses(origin);
  const known = new Set(["Module", ...classes.map(({ owner }) => owner.name)]);
  return classes.every(({ owner }) =>
    owner.bases.every(({ value }) => known.has(lastName(value) ?? "")),
  );
}

function omissionReport(omission: Omission, fact: ParameterGroupsFact): Report {
  const { model, attributes, example } = omission;
  const names = attributes.map((name) => `\`${textOf(model, fact)}.${name}\``);
  const listed = names.length > 3 ? [...names.slice(0, 3), "others"].join(", ") : names.join(", ");
  return {
    span: fact.optimizer.span,
    message: `No group of \`${fact.optimizer.name}\` has the parameters of ${listed}: they stay as they are.`,
    // It may be meant so.
    confidence: 0.7,
    related: [relatedIn(example.span, example.home, fact.home, "Left out.")],
    fixes: addGroupsFix(omission, fact),
  };
}

function addGroupsFix({ model, attributes }: Omission, fact: ParameterGroupsFact): readonly Fix[] {
  const last = fact.groups.at(-1);
  if (last === undefined || !last.isWritten || last.place.home.path !== fact.home.path) return [];
  const added = attributes.map((name) => `{"params": ${textOf(model, fact)}.${name}.parameters()}`);
  const { end } = last.span;
  return [
    {
      title: "Add groups for what is left out",
      safety: "suggestion",
      edits: [{ span: { start: end, end }, newText: `, ${added.join(", ")}` }],
    },
  ];
}
