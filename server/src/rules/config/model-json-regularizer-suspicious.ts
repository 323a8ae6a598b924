import { mappingsIn, type PlacedMapping } from "../../config/mappings.ts";
import { decimalNumber } from "../../config/pyyaml-number.ts";
import { defineRule, type Report } from "../../engine/rule.ts";
import type { ConfigEntry, ConfigMapping } from "../../syntax/config/config-tree.ts";

/** L2 strengths from here on shrink weights faster than usual losses can hold them. */
const STRONG_L2 = 0.05;
/** Dropout from here on leaves too little to learn from. */
const STRONG_DROPOUT = 0.8;

export const modelJsonRegularizerSuspicious = defineRule({
  code: "NLC12",
  name: "model-json-regularizer-suspicious",
  family: "config",
  severity: "information",
  preview: true,
  mentions: [["class_name"], ["l1", "l2", "dropout"]],
  on: "configFile",
  docs: {
    what: "Reads the architecture that Keras or TensorFlow.js saved as JSON and notes regularizers that do nothing (`l1` and `l2` both 0), an `l2` of 0.05 or more, dropout of 0.8 or more, and one layer of a kind without the regularizer that all others of its kind have.",
    why: "The file is often all that is left of the code. A regularizer in it was trained with, and one that is odd explains weights that are odd.",
    bad: '{"class_name": "L2", "config": {"l2": 0.5}}\n',
    good: '{"class_name": "L2", "config": {"l2": 0.0005}}\n',
    language: "json",
    limits:
      "A hint where the file has no training configuration, as it was exported to predict. A first or last layer may go without its regularizer.",
    references: [
      "Keras, Model.to_json",
      "Keras, regularizers.L2: no factor 1/2 in front of the sum",
    ],
  },

  *check({ tree, loader }, { document }) {
    if (loader !== "json") return;
    const severity = isForPrediction(document.text) ? { severity: "hint" as const } : {};
    const mappings = mappingsIn(tree);
    for (const { mapping } of mappings) {
      const report = reportOf(mapping);
      if (report !== undefined) yield { ...report, ...severity };
    }
    for (const report of oddLayers(mappings)) yield { ...report, ...severity };
  },
});

/** A model with a format around it, but without what it was compiled with. */
const isForPrediction = (text: string) =>
  /"(?:keras_version|modelTopology|weightsManifest)"/.test(text) &&
  !text.includes('"training_config"');

const REGULARIZER = /^(?:L1|L2|L1L2|l1|l2|l1_l2)$/;
const DROPOUT = /^(?:(?:Alpha|Gaussian)?Dropout|SpatialDropout[123]D)$/;

function entryOf(mapping: ConfigMapping | undefined, name: string): ConfigEntry | undefined {
  return mapping?.entries.find(({ key }) => key === name);
}

function mappingOf(mapping: ConfigMapping, name: string): ConfigMapping | undefined {
  const value = entryOf(mapping, name)?.value;
  return value?.kind === "mapping" ? value : undefined;
}

function textOf(mapping: ConfigMapping, name: string): string {
  const value = entryOf(mapping, name)?.value;
  return value?.kind === "scalar" ? value.text : "";
}

function numberOf(entry: ConfigEntry | undefined): number | undefined {
  return entry?.value?.kind === "scalar" ? decimalNumber(entry.value.text) : undefined;
}

function reportOf(mapping: ConfigMapping): Report | undefined {
  const name = textOf(mapping, "class_name");
  const config = mappingOf(mapping, "config");
  if (DROPOUT.test(name)) {
    const rate = entryOf(config, "rate");
    const value = numberOf(rate);
    if (rate?.value === undefined || value === undefined || value < STRONG_DROPOUT)
      return undefined;
    const message = `\`${name}\` drops ${value} of its inputs and leaves ${kept(value)} to learn from.`;
    return { span: rate.value.span, message };
  }
  return REGULARIZER.test(name) ? regularizerReport(name, config) : undefined;
}

const kept = (rate: number) => Number((1 - rate).toPrecision(3));

function regularizerReport(name: string, config: ConfigMapping | undefined): Report | undefined {
  const given = ["l1", "l2"].flatMap((key) => entryOf(config, key) ?? []);
  const [first] = given;
  const numbers = given.map(numberOf);
  if (first?.value === undefined || numbers.includes(undefined)) return undefined;
  if (numbers.every((value) => value === 0)) {
    return { span: first.value.span, message: `\`${name}\` with strength 0 does nothing.` };
  }
  const l2 = entryOf(config, "l2");
  const strength = numberOf(l2);
  if (l2?.value === undefined || strength === undefined || strength < STRONG_L2) return undefined;
  const message = `\`${name}\` adds ${strength}·Σw² to the loss: usual strengths are 100 times smaller.`;
  return { span: l2.value.span, message };
}

/** Layers between the first and the last of their kind that alone have no regularizer. */
function* oddLayers(mappings: readonly PlacedMapping[]): Generator<Report> {
  const byKind = new Map<string, ConfigMapping[]>();
  for (const { mapping } of mappings) {
    if (entryOf(mappingOf(mapping, "config"), "kernel_regularizer") === undefined) continue;
    const name = textOf(mapping, "class_name");
    byKind.set(name, [...(byKind.get(name) ?? []), mapping]);
  }
  for (const [name, layers] of byKind) {
    const bare = layers.filter((layer) => !isRegularized(layer));
    const [odd] = bare;
    if (bare.length !== 1 || odd === undefined || layers.length < 4) continue;
    if (odd === layers[0] || odd === layers.at(-1)) continue;
    const entry = entryOf(mappingOf(odd, "config"), "kernel_regularizer");
    if (entry === undefined) continue;
    const message = `This \`${name}\` alone has no kernel regularizer; the other ${layers.length - 1} have one.`;
    yield { span: entry.keySpan, message };
  }
}

function isRegularized(layer: ConfigMapping): boolean {
  const config = mappingOf(layer, "config");
  return config !== undefined && mappingOf(config, "kernel_regularizer") !== undefined;
}
