import type { Home } from "../project/imported-definition.ts";
import { argumentOf, type NumberValue } from "../semantics/call-arguments.ts";
import { isHalfTyped } from "../semantics/half-typed.ts";
import type { Place } from "../semantics/model-origin.ts";
import { OPTIMIZER_WORDS } from "../semantics/optimizer-classes.ts";
import { type ParameterGroup, parameterGroups } from "../semantics/parameter-groups.ts";
import type { Extractor } from "./extractor.ts";
import { type OptimizerFact, optimizerFacts } from "./optimizer.ts";

/** What a torch optimizer is given to train, group by group. */
export interface ParameterGroupsFact {
  readonly kind: "parameterGroups";
  readonly optimizer: OptimizerFact;
  /** Their learning rates and decays are those that hold: their own, else the optimizer's. */
  readonly groups: readonly ParameterGroup[];
  readonly home: Home;
  readonly place: Place;
}

/** Libraries whose optimizers take a list of groups first. */
const GROUPED: ReadonlySet<OptimizerFact["framework"]> = new Set(["torch", "transformers"]);

/** None for optimizers whose groups are not all in sight. */
export const parameterGroupsFacts: Extractor<ParameterGroupsFact> = {
  kind: "parameterGroups",
  languages: ["python"],
  pythonMentions: [OPTIMIZER_WORDS],
  extract(syntax, document) {
    if (syntax.language !== "python") return [];
    const { path, project } = document;
    const home = { program: syntax.program, path, project };
    return optimizerFacts.extract(syntax, document).flatMap((optimizer): ParameterGroupsFact[] => {
      const { call, framework } = optimizer;
      const given = call === undefined ? undefined : argumentOf(call, "params", 0);
      if (
        !GROUPED.has(framework) ||
        given === undefined ||
        isHalfTyped(optimizer.site.call, syntax.program.module)
      )
        return [];
      const place = { home, around: optimizer.site.within };
      const groups = parameterGroups(given.value, place);
      if (groups === undefined) return [];
      const effective = groups.map((group) => withDefaults(group, optimizer));
      return [{ kind: "parameterGroups", optimizer, groups: effective, home, place }];
    });
  },
};

function withDefaults(group: ParameterGroup, optimizer: OptimizerFact): ParameterGroup {
  return {
    ...group,
    learningRate: orElse(group.learningRate, optimizer.learningRate),
    weightDecay: orElse(orElse(group.weightDecay, optimizer.weightDecay), defaultDecay(optimizer)),
  };
}

/** Options from elsewhere may bring a decay that the call does not show. */
function defaultDecay({ hasSplat, decayDefault, span }: OptimizerFact): NumberValue {
  return hasSplat
    ? { kind: "unknown", span }
    : { kind: "constant", value: decayDefault, span, origin: span };
}

const orElse = (own: NumberValue, other: NumberValue): NumberValue =>
  own.kind === "absent" ? other : own;
