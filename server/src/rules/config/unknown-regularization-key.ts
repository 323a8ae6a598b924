import type { DialectSection } from "../../config/config-dialect.ts";
import { keySuggestion } from "../../config/key-suggestion.ts";
import { decimalNumber, isPyyamlNumber } from "../../config/pyyaml-number.ts";
import { defineRule } from "../../engine/rule.ts";
import type { ConfigNode } from "../../syntax/config/config-tree.ts";

export const unknownRegularizationKey = defineRule({
  code: "NLC02",
  name: "unknown-regularization-key",
  family: "config",
  severity: "warning",
  preview: false,
  mentions: [],
  on: "configEntry",
  docs: {
    what: "Finds keys that are one or two letters away from a key that regularizes, such as `weight_decy`. An error where the tool's keys are known, a warning where they are the user's own.",
    why: "A misspelt key is a regularizer that is not there. Some tools refuse it at start-up, others drop it, and the run differs from what its file says.",
    bad: "weight_decy: 0.01",
    good: "weight_decay: 0.01",
    language: "yaml",
    limits:
      "Silent where the tool leaves keys to the user (Hydra), where code of the workspace reads the key under this name, and for numbered or plural names (`dropout2`, `weight_decays`). Outside of a known tool only long names are compared, and only over numbers.",
    references: ["Damerau 1964, doi:10.1145/363958.363994"],
  },

  *check({ path, key, keySpan, value, isItem, siblings, dialect }, { document }) {
    if (isItem) return;
    const suggestion = keySuggestion(path, dialect);
    if (suggestion === undefined || document.project.readsKey?.(key) === true) return;
    const { meant, fate } = suggestion;
    const isTaken = siblings.includes(meant);
    const isOpenedByCode = document.project.loaderOf(document.path) !== undefined;
    if (dialect === undefined && (isTaken || !isNumber(value))) return;

    yield {
      span: keySpan,
      severity: dialect === undefined || fate === "passed on" ? "warning" : "error",
      message: `${fateText(key, isOpenedByCode ? "unread" : fate, dialect?.title)} Did you mean \`${meant}\`?`,
      fixes: isTaken
        ? []
        : [
            {
              title: `Rename to \`${meant}\``,
              safety: "safe",
              edits: [{ span: keySpan, newText: meant }],
            },
          ],
    };
  },
});

function isNumber(value: ConfigNode | undefined): boolean {
  if (value?.kind !== "scalar" || value.style !== "plain") return false;
  return decimalNumber(value.text) !== undefined || isPyyamlNumber(value.text);
}

function fateText(
  key: string,
  fate: DialectSection["unknownKeys"] | "unread",
  tool: string | undefined,
): string {
  if (tool === undefined) return `No known library reads \`${key}\`.`;
  switch (fate) {
    case "rejected":
      return `${tool} has no \`${key}\` and refuses it.`;
    case "ignored":
      return `${tool} has no \`${key}\` and ignores it silently.`;
    case "unread":
      return `${tool} has no \`${key}\`, and no code of the workspace reads it.`;
    case "passed on":
      return `${tool} has no \`${key}\`.`;
  }
}
