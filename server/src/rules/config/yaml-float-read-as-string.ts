import { isNumericKey } from "../../config/known-keys.ts";
import {
  isFloatLostToPyyaml,
  portableFloat,
  pyyamlFloatFault,
} from "../../config/pyyaml-number.ts";
import { defineRule } from "../../engine/rule.ts";

export const yamlFloatReadAsString = defineRule({
  code: "NLC01",
  name: "yaml-float-read-as-string",
  family: "config",
  severity: "warning",
  preview: false,
  mentions: [],
  on: "configEntry",
  docs: {
    what: "Finds numbers such as `1e-2` that PyYAML loads as text, under keys that stand for a quantity. An error where code of the workspace loads the file with PyYAML, a warning where the loader is not known.",
    why: "PyYAML follows YAML 1.1: a float needs a dot in its mantissa and a sign in its exponent. Anything else stays text, which fails far from the file, or, where the framework compares or formats it, is accepted silently.",
    bad: "weight_decay: 1e-2",
    good: "weight_decay: 1.0e-2",
    language: "yaml",
    limits:
      'Silent where OmegaConf, Hydra, ruamel.yaml, yacs, jsonargparse or a typed schema (Axolotl, Ludwig, timm) reads the file, where code casts the value, `float(cfg["lr"])`, for quoted text, and under keys that do not sound like a number.',
    references: [
      "YAML 1.1, tag:yaml.org,2002:float",
      "YAML 1.2.2, section 10.3.2",
      "hiyouga/LLaMA-Factory#4014",
      "rbgirshick/yacs#46",
    ],
  },

  *check({ key, value, loader, isTyped }, { document }) {
    if (value?.kind !== "scalar" || value.style !== "plain") return;
    if (!isFloatLostToPyyaml(value.text) || !isNumericKey(key)) return;
    if (isTyped || (loader !== "pyyaml" && loader !== "unknown")) return;
    if (document.project.castsKey?.(key) === true) return;

    const newText = portableFloat(value.text);
    const isKnown = loader === "pyyaml";
    const reads = isKnown ? "PyYAML reads" : "If PyYAML loads this file, it reads";
    yield {
      span: value.span,
      severity: isKnown ? "error" : "warning",
      message: `${reads} \`${key}: ${value.text}\` as the text "${value.text}", not as a number: ${pyyamlFloatFault(value.text)}.`,
      fixes:
        newText === undefined
          ? []
          : [
              {
                title: `Write \`${newText}\`, a number for every loader`,
                safety: "safe",
                edits: [{ span: value.span, newText }],
              },
            ],
    };
  },
});
