import type { Loader } from "../../config/config-view.ts";
import { removeEntry } from "../../config/entry-edits.ts";
import { isNumericKey, knownKey } from "../../config/known-keys.ts";
import { mappingsIn } from "../../config/mappings.ts";
import { defineRule, type Report } from "../../engine/rule.ts";
import type { ConfigEntry, ConfigMapping, ConfigNode } from "../../syntax/config/config-tree.ts";

export const duplicateKey = defineRule({
  code: "NLC04",
  name: "duplicate-key",
  family: "config",
  severity: "error",
  preview: true,
  mentions: [],
  on: "configFile",
  docs: {
    what: "Finds a key that regularizes, or another quantity, given twice in one mapping of a YAML or JSON file.",
    why: "PyYAML and every JSON reader keep the last one without a word, so the value that is read first is not the one that is trained with; OmegaConf and ruamel.yaml refuse the file.",
    bad: "weight_decay: 0.1\nlr: 1.0e-3\nweight_decay: 0.0\n",
    good: "weight_decay: 0.1\nlr: 1.0e-3\n",
    language: "yaml",
    limits:
      "Keys that YAML merges in with `<<` may be given again. TOML refuses a second key by itself, and in Python a second assignment is a change of mind.",
    references: ["YAML 1.2.2, section 3.2.1.3, uniqueness of keys", "RFC 8259, section 4"],
  },

  *check({ tree, loader }, { document }) {
    if (loader === "python") return;
    for (const { mapping } of mappingsIn(tree)) {
      const lastOf = new Map(mapping.entries.map((entry) => [entry.key, entry]));
      for (const entry of mapping.entries) {
        const last = lastOf.get(entry.key);
        if (last === undefined || last === entry || !isQuantity(entry)) continue;
        yield reportOf(entry, last, mapping, loader, document.text);
      }
    }
  },
});

function isQuantity({ key, value }: ConfigEntry): boolean {
  return knownKey(key) !== undefined || (isNumericKey(key) && value?.kind === "scalar");
}

function reportOf(
  entry: ConfigEntry,
  last: ConfigEntry,
  mapping: ConfigMapping,
  loader: Loader,
  text: string,
): Report {
  return {
    span: entry.keySpan,
    message: `\`${entry.key}\` is given twice here, ${shown(entry.value)} and then ${shown(last.value)}. ${FATES[loader]}`,
    related: [{ span: last.keySpan, message: "Given again here." }],
    fixes: [
      {
        title: `Remove this \`${entry.key}\``,
        safety: "suggestion",
        edits: [removeEntry(mapping, entry, text)],
      },
    ],
  };
}

const shown = (node: ConfigNode | undefined) =>
  node?.kind === "scalar" ? node.text : node === undefined ? "nothing" : `a ${node.kind}`;

const PYYAML = "PyYAML keeps the last one without a word.";
const LAST_WINS = "The last one is kept without a word.";
const FATES: Readonly<Record<Loader, string>> = {
  pyyaml: PYYAML,
  "pyyaml-patched": PYYAML,
  yacs: PYYAML,
  pydantic: LAST_WINS,
  json: LAST_WINS,
  omegaconf: "OmegaConf refuses the file.",
  ruamel: "The loader, ruamel.yaml, refuses the file.",
  unknown: "PyYAML would keep the last one without a word.",
  toml: "TOML refuses the file.",
  python: LAST_WINS,
};
