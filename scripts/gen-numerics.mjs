// `npm run numerics`: runs the tests that compare numbers with a reference and writes what they
// measured to docs/numerics.md. `--check` runs nothing: it compares the page with the last test run.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { runStep } from "./run-step.mjs";

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const ROWS = path.join(ROOT, "out/numerics");
const PAGE = path.join(ROOT, "docs/numerics.md");
const PYTORCH = path.join(ROOT, ".venv/requirements-pytorch.sha256");
/** How the reference of a row begins that only machines with PyTorch measure. */
const OPTIONAL_REFERENCE = "PyTorch 2";

const INTRODUCTION = `# Numbers and what they are tested against

Written by \`npm run numerics\` from what the tests measured. Every row is asserted in each test run: the error is at most the tolerance. Errors are absolute unless the quantity says relative, and shown as the power of ten above them, because last digits differ from machine to machine. Networks are trained in binary32, so what goes through the tensor library is compared at its precision; what is computed in binary64 has tolerances to match.
`;

/** "1e-7" for any error in (1e-8, 1e-7]; what is below binary64's resolution counts as exact. */
export function magnitude(error) {
  return error < 1e-16 ? "exact" : `1e${Math.ceil(Math.log10(error) - 1e-9)}`;
}

/** The page of these rows, sections and quantities in the order of the alphabet. */
export function numericsPage(rows) {
  const sections = [...new Set(rows.map(({ section }) => section))].sort();
  const cell = (text) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
  const parts = sections.map((section) => {
    const lines = rows
      .filter((row) => row.section === section)
      .sort((a, b) => (a.quantity < b.quantity ? -1 : 1))
      .map(
        ({ quantity, formula, reference, tolerance, error }) =>
          `| ${[quantity, formula, reference].map(cell).join(" | ")} | ${tolerance === 0 ? "exact" : tolerance.toExponential()} | ${magnitude(error)} |`,
      );
    return `\n## ${section}\n\n| Quantity | Formula | Reference | Tolerance | Measured |\n|---|---|---|---|---|\n${lines.join("\n")}\n`;
  });
  return `${INTRODUCTION}${parts.join("")}`;
}

/** The page without its last column: what was measured may differ between machines. */
export function withoutMeasured(page) {
  return page
    .split("\n")
    .map((line) => (line.startsWith("| ") ? line.slice(0, line.lastIndexOf(" | ")) : line))
    .join("\n");
}

export function readRows(folder = ROWS) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(readFileSync(path.join(folder, name), "utf8")));
}

/** The page without what only machines with PyTorch measure, and without sections of that alone. */
export function withoutOptional(page) {
  const isRow = (line) => line.startsWith("| ") && !line.startsWith("| Quantity");
  return page
    .split("\n## ")
    .map((section) => {
      const lines = section.split("\n");
      const kept = lines.filter(
        (line) => line.split(" | ")[2]?.startsWith(OPTIONAL_REFERENCE) !== true,
      );
      return lines.some(isRow) && !kept.some(isRow) ? undefined : kept.join("\n");
    })
    .filter((section) => section !== undefined)
    .join("\n## ");
}

/** What differs between the page and the rows of the last run, beyond the measured errors. */
export function numericsDrift(rows, page, hasPyTorch = true) {
  const whole = hasPyTorch ? page : withoutOptional(page);
  const [expected, found] = [numericsPage(rows), whole].map((text) =>
    withoutMeasured(text).split("\n"),
  );
  return [
    ...expected.filter((line) => !found.includes(line)).map((line) => `not in the page: ${line}`),
    ...found.filter((line) => !expected.includes(line)).map((line) => `not measured: ${line}`),
  ];
}

async function measure() {
  rmSync(ROWS, { recursive: true, force: true });
  mkdirSync(ROWS, { recursive: true });
  const vitest = path.join(ROOT, "node_modules/vitest/vitest.mjs");
  const { code } = await runStep([vitest, "run", ...measuringTests()]);
  return code;
}

function measuringTests() {
  const folder = path.join(ROOT, "test");
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => path.join(folder, name))
    .filter((file) => readFileSync(file, "utf8").includes("expectWithin("));
}

async function main(isChecking) {
  if (!isChecking && !existsSync(PYTORCH)) {
    console.error("Rows of the page need PyTorch: run `node scripts/setup-pytorch.mjs` first.");
    return 1;
  }
  const code = isChecking ? 0 : await measure();
  if (code !== 0) {
    console.error("A test fails, so docs/numerics.md is left as it is.");
    return code;
  }
  const rows = readRows();
  if (!isChecking) {
    writeFileSync(PAGE, numericsPage(rows));
    console.log(`wrote docs/numerics.md: ${rows.length} quantities`);
    return 0;
  }
  const page = existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "";
  const drift = numericsDrift(rows, page, existsSync(PYTORCH));
  for (const line of drift) console.error(`docs/numerics.md, ${line}`);
  if (drift.length > 0) console.error("Run `npm run numerics`.");
  return drift.length === 0 ? 0 : 1;
}

const [, script] = process.argv;
if (script !== undefined && import.meta.url === pathToFileURL(script).href) {
  process.exitCode = await main(process.argv.includes("--check"));
}
