import { defineRule, type Fix, type RuleContext } from "../../engine/rule.ts";
import type { FreezeFact } from "../../facts/freeze.ts";
import type { ParameterGroupsFact } from "../../facts/parameter-groups.ts";
import { indentOf } from "../../semantics/dropout-edits.ts";
import { endOf } from "../../semantics/insertions.ts";
import { OPTIMIZER_WORDS } from "../../semantics/optimizer-classes.ts";
import { conditionsIn } from "../../semantics/parameter-condition.ts";
import { programIndex } from "../../semantics/program-index.ts";
import { pathTo } from "../../semantics/same-model.ts";
import type { Statement } from "../../syntax/python/ast.ts";

export const unfrozenParamsNotInOptimizer = defineRule({
  code: "NL806",
  name: "unfrozen-params-not-in-optimizer",
  family: "transfer",
  severity: "error",
  preview: false,
  mentions: [["requires_grad"], OPTIMIZER_WORDS],
  on: "freeze",
  docs: {
    language: "python",
    what: "Finds parameters that are unfrozen after the optimizer was built from those that were trainable at that time.",
    why: "The optimizer only knows what it was given. The unfrozen parameters get gradients and cost their time and memory, but never change.",
    bad: [
      "import torch",
      "",
      "for p in model.layer4.parameters():",
      "    p.requires_grad = False",
      "opt = torch.optim.Adam(filter(lambda p: p.requires_grad, model.parameters()), weight_decay=1e-4)",
      "train(model, opt, epochs=5)",
      "for p in model.layer4.parameters():",
      "    p.requires_grad = True",
      "train(model, opt, epochs=5)",
      "",
    ].join("\n"),
    good: [
      "import torch",
      "",
      "for p in model.layer4.parameters():",
      "    p.requires_grad = False",
      "opt = torch.optim.Adam(filter(lambda p: p.requires_grad, model.parameters()), weight_decay=1e-4)",
      "train(model, opt, epochs=5)",
      "for p in model.layer4.parameters():",
      "    p.requires_grad = True",
      'opt.add_param_group({"params": model.layer4.parameters(), "lr": 1e-5})',
      "train(model, opt, epochs=5)",
      "",
    ].join("\n"),
    limits:
      "Follows one function or the module itself, where freeze, optimizer and unfreezing stand in this order. Silent when a group is added or another optimizer is built later, when nothing is trained afterwards, and when all of it happens again in a loop.",
    references: [
      "https://docs.pytorch.org/docs/stable/generated/torch.optim.Optimizer.add_param_group.html",
    ],
  },

  *check(unfreeze, context) {
    if (!unfreeze.isTrainable || unfreeze.form !== "requires_grad") return;
    const fact = optimizerWithout(unfreeze, context);
    if (fact === undefined) return;
    const { optimizer } = fact;
    yield {
      span: unfreeze.span,
      message: `These parameters train again, but \`${optimizer.name}\` was built while they were frozen and does not know them: they never change.`,
      related: [
        { span: optimizer.span, message: "Built from the parameters that were trainable here." },
      ],
      fixes: addGroupFix(unfreeze, fact),
    };
  },
});

/** The optimizer of the same scope that left the parameters out because they were frozen. */
function optimizerWithout(
  unfreeze: FreezeFact,
  { facts }: RuleContext,
): ParameterGroupsFact | undefined {
  const [freed, ...others] = unfreeze.selection;
  if (freed === undefined || others.length > 0) return undefined;
  const all = facts("parameterGroups");
  const scope = unfreeze.place.around.at(-1);
  const before = all.findLast(
    ({ optimizer, place }) =>
      place.around.at(-1) === scope && optimizer.site.call.span.end <= unfreeze.span.start,
  );
  if (before === undefined || isRepaired(unfreeze, before, { facts })) return undefined;
  const sources = before.groups.flatMap(({ selection }) => selection ?? []);
  const isKnown = before.groups.every(({ selection }) => selection !== undefined);
  // Any source that takes more than the trainable ones may hold the parameters already.
  const isFiltered = sources.every(({ condition }) =>
    conditionsIn(condition).some(({ kind }) => kind === "trainable"),
  );
  if (!isKnown || sources.length === 0 || !isFiltered) return undefined;
  const isOfModel = sources.some((source) => pathTo(freed, source) !== undefined);
  return isOfModel && wasFrozen(unfreeze, before, facts("freeze")) ? before : undefined;
}

function wasFrozen(
  unfreeze: FreezeFact,
  { optimizer }: ParameterGroupsFact,
  freezes: readonly FreezeFact[],
): boolean {
  const [freed] = unfreeze.selection;
  return freezes.some(({ form, isTrainable, selection, span, place }) => {
    const isEarlier = span.end <= optimizer.site.call.span.start;
    const isSameScope = place.around.at(-1) === unfreeze.place.around.at(-1);
    if (form !== "requires_grad" || isTrainable || !isEarlier || !isSameScope) return false;
    const [frozen] = selection;
    if (freed === undefined || frozen === undefined) return false;
    return pathTo(freed, frozen) !== undefined || pathTo(frozen, freed) !== undefined;
  });
}

/** A group is added, another optimizer follows, a loop comes round again, or nothing is trained. */
function isRepaired(
  unfreeze: FreezeFact,
  { optimizer }: ParameterGroupsFact,
  { facts }: Pick<RuleContext, "facts">,
): boolean {
  const { calls, statements } = programIndex(unfreeze.place.home.program);
  const isLater = (span: Statement["span"]) => span.start >= unfreeze.span.end;
  const isRebuilt = facts("optimizer").some(({ site }) => isLater(site.call.span));
  const isAdded = calls.some(
    ({ name }) => name === "add_param_group" || name === "unfreeze_and_add_param_group",
  );
  const inLoop = statements.some(
    ({ statement }) =>
      (statement.kind === "for" || statement.kind === "while") &&
      statement.span.start <= optimizer.span.start &&
      unfreeze.span.end <= statement.span.end,
  );
  const scope = unfreeze.place.around.at(-1);
  const isUsed = calls.some(({ call, within }) => within.at(-1) === scope && isLater(call.span));
  return isRebuilt || isAdded || inLoop || !isUsed;
}

/** Adds the unfrozen module right after it is unfrozen. */
function addGroupFix(
  { selection, statement }: FreezeFact,
  fact: ParameterGroupsFact,
): readonly Fix[] {
  const [freed] = selection;
  const assigned = fact.optimizer.site.statement;
  const [target] = assigned.kind === "assign" ? assigned.targets : [];
  const { program } = fact.home;
  const indent = indentOf(statement.span.start, program);
  const isPart = freed?.model.kind === "attribute" && freed.condition.kind === "always";
  if (freed === undefined || target === undefined || indent === undefined || !isPart) return [];
  const textOf = ({ start, end }: Statement["span"]) => program.module.text.slice(start, end);
  const line = `${textOf(target.span)}.add_param_group({"params": ${textOf(freed.model.span)}.parameters()})`;
  const end = endOf(statement);
  return [
    {
      title: "Give the unfrozen parameters to the optimizer",
      safety: "suggestion",
      edits: [{ span: { start: end, end }, newText: `\n${indent}${line}` }],
    },
  ];
}
