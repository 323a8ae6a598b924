import { dialectKeyAt } from "../../config/dialect-keys-at.ts";
import { knownKey } from "../../config/known-keys.ts";
import { decimalNumber } from "../../config/pyyaml-number.ts";
import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ConfigEntryFact } from "../../facts/config-entry.ts";
import type { ConfigNode, ConfigScalar } from "../../syntax/config/config-tree.ts";

export const numericKeyHasWrongType = defineRule({
  code: "NLC11",
  name: "numeric-key-has-wrong-type",
  family: "config",
  severity: "error",
  preview: false,
  mentions: [],
  on: "configEntry",
  docs: {
    what: 'Finds regularization values that are no numbers: `"0.01"` in quotes, `10%`, a decimal comma, `true`, a list where the tool takes one number.',
    why: "Most libraries fail on text when training starts. Those that compare or format the value take it, and some, as Keras, accept it silently.",
    bad: '{"weight_decay": "0.01"}\n',
    good: '{"weight_decay": 0.01}\n',
    language: "json",
    limits:
      "Silent for `auto` and interpolations, where the tool converts text to numbers, where code casts the value, and in files that quote all their numbers. Lists and `true` are judged only for tools whose keys are known; outside of them a finding is a warning.",
    references: [
      "sklearn.linear_model.ElasticNet, parameter constraints",
      "torch.optim.AdamW, argument checks",
    ],
  },

  *check(fact, { document, facts }) {
    const { key, value, isItem, dialect, path, isTyped } = fact;
    const own = dialectKeyAt(dialect, path);
    if (isItem || value === undefined || !isNumber(fact)) return;
    if (document.project.castsKey?.(key) === true) return;
    const fault = faultOf(value, own !== undefined);
    if (fault === undefined || (isTyped && fault.isConverted)) return;
    if (fault.isConverted && quotesAll(facts("configEntry"), fact)) return;

    yield {
      span: value.span,
      severity: dialect === undefined ? "warning" : "error",
      message: `\`${key}\` is ${fault.what}, not a number.`,
      fixes: fault.fixes,
    };
  },
});

function isNumber({ dialect, path, key, siblings }: ConfigEntryFact): boolean {
  const own = dialectKeyAt(dialect, path);
  if (own !== undefined) return own.type === "number";
  const known = knownKey(key);
  if (known === undefined || known.isList === true) return false;
  return known.beside?.some((other) => siblings.includes(other)) ?? true;
}

interface Fault {
  readonly what: string;
  /** Whether a tool with types makes a number of it. */
  readonly isConverted: boolean;
  readonly fixes: readonly Fix[];
}

function faultOf(value: ConfigNode, isOwn: boolean): Fault | undefined {
  if (value.kind === "sequence") {
    return isOwn ? { what: "a list", isConverted: false, fixes: [] } : undefined;
  }
  if (value.kind !== "scalar" || value.style === "block") return undefined;
  const { text, style } = value;
  if (style !== "plain" && decimalNumber(text) !== undefined) {
    const fixes = [write(value, text, "safe")];
    return { what: `the text "${text}"`, isConverted: true, fixes };
  }
  const percent = /^([0-9.]+)\s*%$/.exec(text)?.[1];
  if (percent !== undefined && decimalNumber(percent) !== undefined) {
    const share = String(Number((Number(percent) / 100).toPrecision(12)));
    return {
      what: `the text "${text}"`,
      isConverted: false,
      fixes: [write(value, share, "unsafe")],
    };
  }
  if (/^-?[0-9]+,[0-9]+$/.test(text)) {
    const fixes = [write(value, text.replace(",", "."), "unsafe")];
    return { what: `the text "${text}"`, isConverted: false, fixes };
  }
  const isFlag = style === "plain" && /^(?:true|yes|on)$/i.test(text);
  return isOwn && isFlag ? { what: `\`${text}\``, isConverted: false, fixes: [] } : undefined;
}

function write({ span }: ConfigScalar, newText: string, safety: Fix["safety"]): Fix {
  return { title: `Write ${newText}`, safety, edits: [{ span, newText }] };
}

/** Whether the other numbers beside it are in quotes as well: then somebody converts them. */
function quotesAll(entries: readonly ConfigEntryFact[], fact: ConfigEntryFact): boolean {
  const numbers = entries.flatMap(({ value, siblings }) =>
    siblings === fact.siblings &&
    value !== fact.value &&
    value?.kind === "scalar" &&
    decimalNumber(value.text) !== undefined
      ? [value]
      : [],
  );
  return numbers.length > 0 && numbers.every(({ style }) => style !== "plain");
}
