import type { ConfigEntryView } from "../../config/config-entries.ts";
import { dialectKeyAt } from "../../config/dialect-keys-at.ts";
import { knownKey } from "../../config/known-keys.ts";
import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ConfigEntryFact } from "../../facts/config-entry.ts";

export const emptyValueMeansNull = defineRule({
  code: "NLC05",
  name: "empty-value-means-null",
  family: "config",
  severity: "information",
  preview: false,
  mentions: [
    [
      "decay",
      "dropout",
      "l1",
      "l2",
      "reg_",
      "smoothing",
      "penalty",
      "lambda",
      "beta",
      "noise",
      "norm",
    ],
  ],
  on: "configEntry",
  docs: {
    what: "Finds keys that regularize and stand without a value in a YAML file, where a number is needed.",
    why: "YAML reads an empty value as null. PyTorch's optimizers fail on `weight_decay=None` at their first step, and others take it as 0 while the file looks as if the default applied.",
    bad: "weight_decay:\n",
    good: "weight_decay: 0.0\n",
    language: "yaml",
    limits:
      "Silent where the tool gives null a meaning (gradient clipping off, LoRA's alpha derived), for a written `null`, for keys over a mapping or list, and in files that leave other keys empty too, as templates do.",
    references: ["YAML 1.2.2, section 10.3.2, empty nodes", "torch.optim.AdamW, argument checks"],
  },

  *check(fact, { document, facts }) {
    const { key, keySpan, value, isItem, loader, dialect, path } = fact;
    if (value !== undefined || isItem || loader === "json" || loader === "toml") return;
    const own = dialectKeyAt(dialect, path);
    if (own === undefined ? !needsNumber(fact) : own.type !== "number" || own.isNullable === true)
      return;
    const isAlone = facts("configEntry").every(
      (other) => other.keySpan === keySpan || !isEmpty(other),
    );
    if (!isAlone) return;

    const missing = own?.default;
    yield {
      span: keySpan,
      message: `\`${key}\` has no value, which YAML reads as null, not as ${missing ?? 0}.`,
      fixes: fixesFor(key, document.text.indexOf(":", keySpan.end) + 1, missing ?? 0),
    };
  },
});

const isEmpty = ({ value, isItem }: ConfigEntryView) => value === undefined && !isItem;

/** Outside of any tool only keys whose libraries all want a number. */
function needsNumber({ key, dialect, siblings }: ConfigEntryFact): boolean {
  if (dialect !== undefined) return false;
  const known = knownKey(key);
  const isMeant = known?.beside?.some((other) => siblings.includes(other)) ?? true;
  return known !== undefined && known.isList !== true && isMeant && !/drop|smoothing/.test(key);
}

/** `afterColon` is 0 where no colon follows: a key of a flow mapping may stand alone. */
function fixesFor(key: string, afterColon: number, number: number): readonly Fix[] {
  if (afterColon === 0) return [];
  const written = Number.isInteger(number) ? `${number}.0` : String(number);
  return [
    {
      title: `Write \`${key}: ${written}\``,
      safety: "suggestion",
      edits: [{ span: { start: afterColon, end: afterColon }, newText: ` ${written}` }],
    },
  ];
}
