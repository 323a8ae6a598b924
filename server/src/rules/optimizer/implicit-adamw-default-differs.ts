import { defineRule, type Fix } from "../../engine/rule.ts";
import type { OptimizerFact } from "../../facts/optimizer.ts";
import { numberText } from "../../semantics/decay-suggestion.ts";
import { type DeclaredNumber, unusedDecay } from "../../semantics/declared-decay.ts";
import { appendArgument } from "../../semantics/insertions.ts";

export const implicitAdamwDefaultDiffers = defineRule({
  code: "NL504",
  name: "implicit-adamw-default-differs",
  family: "optimizer",
  severity: "hint",
  preview: true,
  mentions: [
    ["adamw", "lion", "muon"],
    ["decay", "wd", "torch", "optax", "keras"],
  ],
  on: "optimizer",
  docs: {
    language: "python",
    what: "Hints at an AdamW that runs with its default weight decay where the document declares another value, or says that the code was ported from a library with another default.",
    why: "AdamW decays by 0.01 in torch, 0.004 in Keras, 1e-4 in optax and 0 in transformers' arguments. A decay that is declared but not handed over, or left out when code moves between libraries, changes by up to a factor of a hundred without a word.",
    bad: ["import optax", "", "tx = optax.adamw(1e-3)  # ported from torch", ""].join("\n"),
    good: [
      "import optax",
      "",
      "tx = optax.adamw(1e-3, weight_decay=1e-2)  # ported from torch",
      "",
    ].join("\n"),
    limits:
      "A declared value is a command-line option or a constant named after weight decay that nothing in the document reads. Values in configuration files are out of sight.",
    references: ["Manuals of torch.optim.AdamW, keras.optimizers.AdamW and optax.adamw"],
  },

  *check(optimizer) {
    const { weightDecay, hasSplat, decayDefault, name, span, call } = optimizer;
    if (weightDecay.kind !== "absent" || hasSplat || decayDefault === 0) return;
    if (call === undefined) return;
    const declared = unusedDecay(optimizer.program);
    const own = numberText(decayDefault);
    if (declared !== undefined && declared.value !== decayDefault) {
      yield {
        span,
        message: `\`${name}\` decays by its default, ${own}: the ${numberText(declared.value)} of \`${declared.name}\` is not handed over.`,
        related: [
          { span: declared.span, message: `${numberText(declared.value)} is declared here.` },
        ],
        fixes: [explicit(optimizer, declared)],
      };
      return;
    }
    const source = portedFrom(optimizer);
    if (source === undefined) return;
    yield {
      span,
      message: `\`${name}\` decays by ${own} by default, ${source.library}'s AdamW by ${numberText(source.decay)}.`,
      fixes: [explicit(optimizer, { value: source.decay })],
    };
  },
});

interface Source {
  readonly library: string;
  readonly decay: number;
}

const DEFAULTS: readonly (readonly [RegExp, framework: string, Source])[] = [
  [/\b(?:py)?torch\b/i, "torch", { library: "torch", decay: 0.01 }],
  [/\b(?:keras|tensorflow)\b/i, "keras", { library: "Keras", decay: 0.004 }],
  [/\boptax\b/i, "optax", { library: "optax", decay: 1e-4 }],
];

/** The library that a comment on the same line says the code comes from. */
function portedFrom({ program, span, framework, name, decayDefault }: OptimizerFact) {
  if (!/^adamw$/i.test(name)) return undefined;
  const { comments, text } = program.module;
  const end = text.indexOf("\n", span.end);
  const comment = comments.find(
    (other) => other.span.start >= span.end && (end < 0 || other.span.start < end),
  );
  if (comment === undefined || !/\b(?:port|from|same|as in|like)/i.test(comment.text))
    return undefined;
  return DEFAULTS.find(
    ([pattern, other, { decay }]) =>
      other !== framework && decay !== decayDefault && pattern.test(comment.text),
  )?.[2];
}

function explicit({ call, program }: OptimizerFact, { value }: Pick<DeclaredNumber, "value">): Fix {
  const argument = `weight_decay=${numberText(value)}`;
  return {
    title: `Add \`${argument}\``,
    safety: "suggestion",
    edits: call === undefined ? [] : [appendArgument(call, argument, program.module.text)],
  };
}
