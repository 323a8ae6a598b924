import type { Fix } from "../engine/rule.ts";
import { conditionsIn } from "./parameter-condition.ts";
import type { ParameterGroup } from "./parameter-groups.ts";
import type { ParameterSource } from "./parameter-source.ts";

/**
 * The only source of a group that takes all parameters of one model, or all that are trainable;
 * `undefined` for every other group.
 */
export function wholeModel({ selection }: ParameterGroup): ParameterSource | undefined {
  const [only, ...others] = selection ?? [];
  if (only === undefined || others.length > 0) return undefined;
  const isWhole = conditionsIn(only.condition).every(({ kind }) =>
    ["always", "trainable", "and"].includes(kind),
  );
  return isWhole ? only : undefined;
}

function modelText(source: ParameterSource): string {
  const { start, end } = source.model.span;
  return source.place.home.program.module.text.slice(start, end);
}

const isTrainableOnly = (source: ParameterSource) =>
  conditionsIn(source.condition).some(({ kind }) => kind === "trainable");

/** Replaces the parameters of a whole model by two groups, of which vectors and scalars do not decay. */
export function splitByRankFix(group: ParameterGroup, source: ParameterSource): readonly Fix[] {
  if (group.isWritten) return [];
  const model = modelText(source);
  const also = isTrainableOnly(source) ? " and p.requires_grad" : "";
  const taken = (test: string) => `[p for p in ${model}.parameters() if p.ndim ${test}${also}]`;
  const newText = `[{"params": ${taken(">= 2")}}, {"params": ${taken("< 2")}, "weight_decay": 0.0}]`;
  return [
    {
      title: "Leave vectors and scalars without decay (`p.ndim < 2`)",
      safety: "unsafe",
      edits: [{ span: group.span, newText }],
    },
  ];
}

/** Replaces the parameters of a whole model by two groups, of which those its hook names do not decay. */
export function splitByHookFix(
  group: ParameterGroup,
  source: ParameterSource,
  hook: string,
): readonly Fix[] {
  if (group.isWritten) return [];
  const model = modelText(source);
  const also = isTrainableOnly(source) ? "p.requires_grad and " : "";
  const isOfKeywords = hook === "no_weight_decay_keywords";
  const named = isOfKeywords
    ? `any(k in n for k in ${model}.${hook}())`
    : `n in ${model}.${hook}()`;
  const others = isOfKeywords ? `not ${named}` : `n not in ${model}.${hook}()`;
  const taken = (test: string) => `[p for n, p in ${model}.named_parameters() if ${also}${test}]`;
  const newText = `[{"params": ${taken(others)}}, {"params": ${taken(named)}, "weight_decay": 0.0}]`;
  return [
    {
      title: `Leave what \`${hook}()\` names without decay`,
      safety: "suggestion",
      edits: [{ span: group.span, newText }],
    },
  ];
}
