import type { ConfigDialect, MisplacedKeys } from "../../config/config-dialect.ts";
import { entryStart, removeEntry } from "../../config/entry-edits.ts";
import { mappingAt, mappingsIn } from "../../config/mappings.ts";
import { matchesPath } from "../../config/path-pattern.ts";
import { defineRule, type Edit, type Fix } from "../../engine/rule.ts";
import type { ConfigFileFact } from "../../facts/config-file.ts";
import type { ConfigEntry, ConfigMapping } from "../../syntax/config/config-tree.ts";

export const keyInWrongSection = defineRule({
  code: "NLC06",
  name: "key-in-wrong-section",
  family: "config",
  severity: "warning",
  preview: false,
  mentions: [["weight_decay", "betas", "momentum", "regularization_lambda"]],
  on: "configFile",
  docs: {
    what: "Finds a regularization key in a part of the file where the tool does not look for it, such as `weight_decay` beside DeepSpeed's `optimizer` instead of in `optimizer.params`.",
    why: "The run trains with the optimizer's default, and the file says otherwise. Where the tool is strict, it refuses to start.",
    bad: '{"optimizer": {"type": "AdamW"}, "weight_decay": 0.1}\n',
    good: '{"optimizer": {"type": "AdamW", "params": {"weight_decay": 0.1}}}\n',
    language: "json",
    path: "ds_config.json",
    limits:
      "DeepSpeed, Lightning CLI, torchtune, Ludwig, Detectron2 and MMEngine, where the tool is told by other keys. Silent where the file takes the value up elsewhere, as in `${weight_decay}`.",
    references: [
      "DeepSpeed configuration JSON, optimizer parameters",
      "Lightning CLI, configure hyperparameters, class_path and init_args",
    ],
  },

  *check(file, { document }) {
    const { dialect, tree } = file;
    if (dialect?.misplaced === undefined) return;
    for (const { path, mapping } of mappingsIn(tree)) {
      const known = dialect.misplaced.filter(({ at }) => matchesPath(at, path));
      for (const entry of mapping.entries) {
        const misplaced = known.find(({ keys }) => keys.includes(entry.key));
        if (misplaced === undefined || !isValue(entry)) continue;
        if (isTakenUp(entry.key, document.text)) continue;
        yield {
          span: entry.keySpan,
          message: messageFor(entry.key, misplaced, dialect),
          fixes: fixesFor(entry, mapping, misplaced, file, document.text),
        };
      }
    }
  },
});

/** A mapping of that name is something else. */
const isValue = ({ value }: ConfigEntry) => value?.kind === "scalar" || value?.kind === "sequence";

/** Interpolations of OmegaConf and jsonargparse. */
const isTakenUp = (key: string, text: string) =>
  text.includes(`\${${key}}`) || text.includes(`.${key}}`);

function messageFor(
  key: string,
  { belongs, fate }: MisplacedKeys,
  { title }: ConfigDialect,
): string {
  const here = `${title} reads \`${key}\` in \`${belongs}\``;
  return fate === "rejected"
    ? `${here} and refuses it here.`
    : `${here}; here it is ignored silently.`;
}

function fixesFor(
  entry: ConfigEntry,
  mapping: ConfigMapping,
  { belongs }: MisplacedKeys,
  { tree, loader }: ConfigFileFact,
  text: string,
): readonly Fix[] {
  if (loader === "python") return [];
  const source = sourceOf(entry, text);
  const target = mappingAt(tree, belongs);
  const steps = belongs.split(".");
  const holder = mappingAt(tree, steps.slice(0, -1).join("."));
  const insertion =
    target === undefined
      ? loader === "json" && steps.length > 1
        ? insertFirst(holder, `"${steps.at(-1)}": {${source}}`, text)
        : undefined
      : target.entries.some(({ key }) => key === entry.key)
        ? undefined
        : insertFirst(target, source, text);
  if (insertion === undefined) return [];
  return [
    {
      title: `Move to \`${belongs}\``,
      safety: "unsafe",
      edits: [insertion, removeEntry(mapping, entry, text)],
    },
  ];
}

const sourceOf = (entry: ConfigEntry, text: string) =>
  text.slice(entryStart(entry, text), entry.value?.span.end ?? entry.keySpan.end);

/** Before the first entry, on a line of its own where the mapping has lines. */
function insertFirst(
  mapping: ConfigMapping | undefined,
  source: string,
  text: string,
): Edit | undefined {
  const first = mapping?.entries[0];
  if (mapping === undefined || first === undefined) return undefined;
  const start = entryStart(first, text);
  const isFlow = text.charAt(mapping.span.start) === "{";
  const indent = /[^\n]*$/.exec(text.slice(0, start))?.[0] ?? "";
  if (!isFlow && indent.trim() !== "") return undefined;
  const separator = isFlow ? (indent.trim() === "" ? `,\n${indent}` : ", ") : `\n${indent}`;
  return { span: { start, end: start }, newText: `${source}${separator}` };
}
