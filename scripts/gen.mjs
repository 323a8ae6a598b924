// Writes the registries `*.generated.ts` from what lies in the folders; `--check` only compares.
// The rules' documentation pages are written by scripts/gen-docs.mjs, which runs the registries.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { rulePages } from "./gen-docs.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const HEADER = "// Written by `npm run gen`; do not edit.\n";
const camel = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
const pascal = (name) => camel(name).replace(/^\w/, (letter) => letter.toUpperCase());
const modules = (folder) =>
  readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".generated.ts"),
    )
    .map((entry) => entry.name.slice(0, -3))
    .sort();
const folders = (folder) =>
  readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

/** Folders whose every module exports a value named after the file: `[name, …]` in one list. */
function registry({ names, list, type, typeFrom }) {
  const imports = names.map(
    (name) => `import { ${camel(path.basename(name))} } from "./${name}.ts";`,
  );
  return [
    HEADER,
    `import type { ${type} } from "${typeFrom}";\n`,
    imports.join("\n"),
    `\n\nexport const ${list}: readonly ${type}[] = [\n`,
    names.map((name) => `  ${camel(path.basename(name))},\n`).join(""),
    "];\n",
  ].join("");
}

/** Facts: besides the list of extractors, the union of what they yield. */
function facts() {
  const names = modules("server/src/facts").filter((name) => name !== "extractor");
  const types = names.map((name) => `${pascal(name)}Fact`);
  return [
    HEADER,
    names
      .map(
        (name) => `import { type ${pascal(name)}Fact, ${camel(name)}Facts } from "./${name}.ts";\n`,
      )
      .join(""),
    'import type { Extractor } from "./extractor.ts";\n\n',
    `export type Fact = ${types.join(" | ") || "never"};\n`,
    'export type FactKind = Fact["kind"];\n',
    "export type FactOf<Kind extends FactKind> = Extract<Fact, { kind: Kind }>;\n\n",
    `export const EXTRACTORS: readonly Extractor<Fact>[] = [${names.map((name) => `${camel(name)}Facts`).join(", ")}];\n`,
  ].join("");
}

/** Commands of the editor: each declares what it needs of the host, the list is typed by all of it. */
function commands() {
  const names = modules("client/src/commands");
  return [
    HEADER,
    'import type { Command } from "./command.ts";\n',
    names.map((name) => `import { ${camel(name)} } from "./commands/${name}.ts";\n`).join(""),
    'import type { Host } from "./host.ts";\n\n',
    "export const COMMANDS: readonly Command<Host>[] = [\n",
    names.map((name) => `  ${camel(name)},\n`).join(""),
    "];\n",
  ].join("");
}

const outputs = new Map();
outputs.set("client/src/commands.generated.ts", commands());
outputs.set("server/src/facts/facts.generated.ts", facts());
outputs.set(
  "server/src/rules/rules.generated.ts",
  registry({
    names: folders("server/src/rules").flatMap((family) =>
      modules(`server/src/rules/${family}`).map((name) => `${family}/${name}`),
    ),
    list: "RULES",
    type: "AnyRule",
    typeFrom: "../engine/rule.ts",
  }),
);

outputs.set(
  "cli/src/commands.generated.ts",
  registry({
    names: modules("cli/src/commands").map((name) => `commands/${name}`),
    list: "COMMANDS",
    type: "CliCommand",
    typeFrom: "./command.ts",
  }),
);

outputs.set(
  "core/weights/weight-formats.generated.ts",
  registry({
    names: modules("core/weights/formats").map((name) => `formats/${name}`),
    list: "WEIGHT_FORMATS",
    type: "WeightFormat",
    typeFrom: "./weight-file.ts",
  }),
);

const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
outputs.set(
  "core/protocol/version.generated.ts",
  `${HEADER}export const VERSION = ${JSON.stringify(version)};\n`,
);

const isChecking = process.argv.includes("--check");
const trainerRegistries = [
  { folder: "penalties", list: "PENALTIES", type: "Penalty", typeFrom: "./penalty.ts" },
  { folder: "optimizers", list: "OPTIMIZERS", type: "Optimizer", typeFrom: "./optimizer.ts" },
  { folder: "models", list: "MODELS", type: "ModelKind", typeFrom: "./model.ts" },
  { folder: "losses", list: "LOSSES", type: "Loss", typeFrom: "./loss.ts" },
  { folder: "pair-losses", list: "PAIR_LOSSES", type: "PairLoss", typeFrom: "./pair-loss.ts" },
  {
    folder: "transfer-losses",
    list: "TRANSFER_LOSSES",
    type: "TransferLoss",
    typeFrom: "./transfer-loss.ts",
  },
  {
    folder: "alignment-methods",
    list: "ALIGNMENT_METHODS",
    type: "AlignmentMethod",
    typeFrom: "./alignment-method.ts",
  },
  { folder: "procedures", list: "PROCEDURES", type: "Procedure", typeFrom: "./procedure.ts" },
  { folder: "data", list: "DATA_SOURCES", type: "DataSource", typeFrom: "./data-source.ts" },
];
for (const { folder, ...rest } of trainerRegistries) {
  const names = modules(`trainer/src/${folder}`).map((name) => `${folder}/${name}`);
  outputs.set(`trainer/src/${folder}.generated.ts`, registry({ names, ...rest }));
}

outputs.set(
  "server/src/config/dialects/dialects.generated.ts",
  registry({
    names: modules("server/src/config/dialects"),
    list: "DIALECTS",
    type: "ConfigDialect",
    typeFrom: "../config-dialect.ts",
  }),
);

outputs.set(
  "server/src/lambda/conventions.generated.ts",
  registry({
    names: modules("server/src/lambda/conventions").map((name) => `conventions/${name}`),
    list: "CONVENTION_FAMILIES",
    type: "ConventionFamily",
    typeFrom: "./convention.ts",
  }),
);

let stale = 0;

/** Writes one output, `undefined` for a file that must not be; or counts it where only checking. */
function settle(file, text) {
  const target = path.join(root, file);
  const current = existsSync(target) ? readFileSync(target, "utf8") : undefined;
  if (current === text) return;
  if (isChecking) {
    console.error(`${file} is not current: run \`npm run gen\`.`);
    stale += 1;
  } else if (text === undefined) {
    rmSync(target);
    console.log(`removed ${file}`);
  } else {
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
    console.log(`wrote ${file}`);
  }
}

for (const [file, text] of outputs) settle(file, text);
const pages = await rulePages(root);
for (const [file, text] of pages) settle(file, text);
const docs = path.join(root, "docs/rules");
for (const name of existsSync(docs) ? readdirSync(docs) : []) {
  if (!pages.has(`docs/rules/${name}`)) settle(`docs/rules/${name}`, undefined);
}
process.exitCode = stale === 0 ? 0 : 1;
