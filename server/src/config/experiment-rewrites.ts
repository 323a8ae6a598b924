import type { Span } from "../../../core/protocol/span.ts";
import type { Edit } from "../engine/rule.ts";
import { convert } from "../lambda/convert.ts";
import { findConvention } from "../lambda/find-convention.ts";
import { codeNumber } from "../lambda/number-text.ts";
import type { ConfigTree } from "../syntax/config/config-tree.ts";
import { type ConfigEntryView, configEntries } from "./config-entries.ts";
import { EXPERIMENT_CONVENTIONS } from "./experiment-lambdas.ts";

/** The same penalty with λ in another convention. */
export interface ExperimentRewrite {
  /** Word of the file: `half_mean`. */
  readonly convention: string;
  /** λ as it is written: a number, or an expression over m. */
  readonly lambda: string;
  readonly edits: readonly Edit[];
}

/**
 * The L2 penalty whose λ stands at `span`, in the other conventions. What differs by the number of
 * training samples is written with `m`, which the trainer knows.
 */
export function experimentRewrites(tree: ConfigTree, span: Span): readonly ExperimentRewrite[] {
  const entries = configEntries(tree);
  const entry = entries.find(
    ({ value, isItem }) => !isItem && value?.kind === "scalar" && value.span.start === span.start,
  );
  const word = entry === undefined ? undefined : siblingOf(entry, "convention", entries);
  if (entry?.value?.kind !== "scalar" || word?.value?.kind !== "scalar") return [];
  const from = findConvention(EXPERIMENT_CONVENTIONS[word.value.text] ?? "");
  const lambda = Number(entry.value.text);
  if (from === undefined || !Number.isFinite(lambda)) return [];
  const places = { lambda: entry.value.span, convention: word.value.span };
  return Object.entries(EXPERIMENT_CONVENTIONS).flatMap(([name, id]) => {
    const to = id === from.id ? undefined : findConvention(id);
    const one = to === undefined ? undefined : convert(from, { lambda }, to, { samples: 1 });
    const two = to === undefined ? undefined : convert(from, { lambda }, to, { samples: 2 });
    if (one?.kind !== "exact" || two?.kind !== "exact") return [];
    const { lambda: forOne = 0 } = one.values;
    const { lambda: forTwo = 0 } = two.values;
    const text = withCount(forOne, forTwo);
    const edits = [
      { span: places.lambda, newText: text },
      { span: places.convention, newText: name },
    ];
    return [{ convention: name, lambda: text, edits }];
  });
}

/** A number for one sample and for two, as an expression over m. */
function withCount(one: number, two: number): string {
  const number = codeNumber(one, true);
  if (one === two) return number;
  return two > one ? `"${number} * m"` : `"${number} / m"`;
}

function siblingOf(
  { path }: ConfigEntryView,
  key: string,
  entries: readonly ConfigEntryView[],
): ConfigEntryView | undefined {
  const wanted = [...path.slice(0, -1), key].join("\n");
  return entries.find((entry) => !entry.isItem && entry.path.join("\n") === wanted);
}
