import { type Domain, type KnownKey, knownKey } from "../../config/known-keys.ts";
import { decimalNumber } from "../../config/pyyaml-number.ts";
import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ConfigEntryFact } from "../../facts/config-entry.ts";
import type { ConfigScalar } from "../../syntax/config/config-tree.ts";

export const valueOutOfRange = defineRule({
  code: "NLC03",
  name: "value-out-of-range",
  family: "config",
  severity: "error",
  preview: false,
  mentions: [],
  on: "configEntry",
  docs: {
    what: "Finds regularization values outside of the range that they are defined on: negative decay and penalty strengths, dropout and other shares outside 0..1, decay rates of Adam's moments outside [0, 1), `C` not above 0.",
    why: "PyTorch and scikit-learn refuse such values when training starts; Keras and optax accept a negative weight decay silently, and weights then grow at every step.",
    bad: "lora_dropout: 5",
    good: "lora_dropout: 0.05",
    language: "yaml",
    limits:
      "Only plain numbers are judged: interpolations, `auto` and anything inside a search space are left alone. Names with several meanings (`C`, `lambda`, `subsample`) are judged only beside keys that settle which is meant.",
    references: [
      "torch.optim.AdamW, argument checks",
      "sklearn.linear_model.LogisticRegression, parameter constraints",
    ],
  },

  *check(fact) {
    const known = knownKey(fact.key);
    const { value } = fact;
    if (known === undefined || value?.kind !== "scalar" || value.style !== "plain") return;
    if (fact.isItem !== (known.isList ?? false) || !isMeant(fact, known)) return;
    const number = decimalNumber(value.text);
    if (number === undefined || isInside(number, known.domain)) return;

    yield {
      span: value.span,
      message: `\`${fact.key}\` is ${value.text}, but ${known.what} ${known.domain.words}.`,
      fixes: fixesFor(value, number, known.domain),
    };
  },
});

/** Blocks whose numbers are bounds, exponents or candidates rather than values. */
const SEARCH_WORD =
  /^(?:search|sweep|grid|space|bounds?|ranges?|distributions?|priors?|candidates)$/;

function isMeant({ path, siblings }: ConfigEntryFact, { beside }: KnownKey): boolean {
  const isSearched = path.slice(0, -1).some((step) =>
    String(step)
      .toLowerCase()
      .split(/[^a-z]+/)
      .some((word) => SEARCH_WORD.test(word)),
  );
  if (isSearched) return false;
  return beside === undefined || beside.some((key) => siblings.includes(key));
}

function isInside(value: number, domain: Domain): boolean {
  const isAbove = domain.isMinimumOpen === true ? value > domain.minimum : value >= domain.minimum;
  const isBelow = domain.isMaximumOpen === true ? value < domain.maximum : value <= domain.maximum;
  return isAbove && isBelow;
}

/** The values that were probably meant; both change results. */
function fixesFor(value: ConfigScalar, number: number, domain: Domain): readonly Fix[] {
  const candidates = [
    { newText: value.text.replace(/^-/, ""), number: Math.abs(number) },
    ...(domain.isShare === true && number > 1 ? [percent(number)] : []),
  ];
  return candidates
    .filter((candidate) => candidate.number !== number && isInside(candidate.number, domain))
    .map(({ newText }) => ({
      title: `Change to ${newText}`,
      safety: "unsafe",
      edits: [{ span: value.span, newText }],
    }));
}

function percent(number: number): { readonly newText: string; readonly number: number } {
  // Twelve digits hide the rounding of the division: 7 / 100 is 0.07.
  const share = Number((number / 100).toPrecision(12));
  return { newText: String(share), number: share };
}
