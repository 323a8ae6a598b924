import { spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = path.join(import.meta.dirname, "..");
const MANIFESTS = [
  "biome.json",
  "package.json",
  ".gitignore",
  "tsconfig.base.json",
  "core/tsconfig.json",
];

let copy = "";

/** A copy of what the checkers read; the packages themselves are linked. */
beforeAll(async () => {
  copy = await mkdtemp(path.join(tmpdir(), "normlens-walls-"));
  for (const file of MANIFESTS) {
    await mkdir(path.dirname(path.join(copy, file)), { recursive: true });
    await cp(path.join(ROOT, file), path.join(copy, file));
  }
  await cp(path.join(ROOT, "core"), path.join(copy, "core"), { recursive: true });
  await symlink(path.join(ROOT, "node_modules"), path.join(copy, "node_modules"), "dir");
});
afterAll(() => rm(copy, { recursive: true, force: true }));

async function plant(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(copy, file)), { recursive: true });
  await writeFile(path.join(copy, file), text);
}

/** All that a checker prints, whether it is content or not. */
function outputOf(tool: string, ...args: readonly string[]): string {
  const bin = path.join(ROOT, "node_modules", tool);
  const { stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd: copy,
    encoding: "utf8",
  });
  return stdout + stderr;
}

const biome = (file: string) =>
  outputOf("@biomejs/biome/bin/biome", "lint", "--colors=off", "--max-diagnostics=50", file);

const importing = (specifier: string) =>
  `import { x } from "${specifier}";\n\nexport const y = x;\n`;

describe("the walls between the rooms hold", () => {
  test.each([
    ["core", "core/protocol/planted.ts", "../../server/src/engine/lint.ts"],
    ["core", "core/formats/planted.ts", "vscode"],
    ["core", "core/measures/planted.ts", "@tensorflow/tfjs-core"],
    ["the engine", "server/src/engine/planted.ts", "vscode-languageserver"],
    ["the engine", "server/src/engine/planted-lsp.ts", "../lsp/session.ts"],
    ["core", "core/measures/planted-math.ts", "mathjs"],
    ["rules", "server/src/rules/scale/planted.ts", "yaml"],
    ["rules", "server/src/rules/scale/planted-math.ts", "mathjs/number"],
    ["conversions", "server/src/lambda/planted-math.ts", "mathjs"],
    ["the algebra", "server/src/math/planted.ts", "yaml"],
    ["the experiment", "core/experiment/planted.ts", "yaml"],
    ["facts", "server/src/facts/planted.ts", "yaml"],
    ["the syntax", "server/src/syntax/planted.ts", "vscode-languageserver"],
    ["the file walker", "server/src/workspace/planted.ts", "vscode-languageserver"],
    ["the file walker", "server/src/workspace/planted-lsp.ts", "../lsp/session.ts"],
    ["the file walker", "server/src/workspace/planted-math.ts", "mathjs/number"],
    ["the syntax", "server/src/syntax/planted-math.ts", "mathjs/number"],
    ["lsp", "server/src/lsp/planted.ts", "yaml"],
    ["lsp", "server/src/lsp/planted-math.ts", "mathjs"],
    ["lsp", "server/src/lsp/planted-client.ts", "../../../client/src/host.ts"],
    ["the trainer", "trainer/src/planted.ts", "../../server/src/engine/lint.ts"],
    ["the trainer", "trainer/src/planted-math.ts", "mathjs/number"],
    ["the client", "client/src/planted-math.ts", "mathjs"],
    ["the page", "webview/src/planted-math.ts", "mathjs"],
    ["the command line", "cli/src/planted-math.ts", "mathjs"],
    ["the client", "client/src/planted.ts", "../../server/src/engine/lint.ts"],
    ["the client", "client/src/planted-trainer.ts", "../../trainer/src/train.ts"],
    ["the page", "webview/src/planted.ts", "../../client/src/host.ts"],
    ["the page", "webview/src/views/planted.ts", "@vscode/webview-ui-toolkit"],
    ["the page", "webview/src/store/planted.ts", "vscode"],
    ["the command line", "cli/src/planted.ts", "../../server/src/lsp/session.ts"],
    ["the command line", "cli/src/planted-client.ts", "../../client/src/host.ts"],
  ])("%s: %s may not import %s", async (_room, file, specifier) => {
    await plant(file, importing(specifier));
    expect(biome(file)).toContain("lint/style/noRestrictedImports");
  });

  test.each(["core/experiment/planted-math.ts", "server/src/math/planted-math.ts"])(
    "%s may do algebra",
    async (file) => {
      await plant(file, importing("mathjs/number"));
      const output = biome(file);
      expect(output).toContain("Checked 1 file");
      expect(output).not.toContain("noRestrictedImports");
    },
  );

  test.each([
    ["core/protocol/planted-node.ts"],
    ["server/src/engine/planted-node.ts"],
    ["server/src/rules/scale/planted-node.ts"],
    ["webview/src/planted-node.ts"],
  ])("%s may not touch Node", async (file) => {
    await plant(
      file,
      'import { readFileSync } from "node:fs";\n\nexport const y = readFileSync;\n',
    );
    expect(biome(file)).toContain("lint/correctness/noNodejsModules");
  });

  test.each([
    ["an unawaited promise", "Promise.resolve(1);\n\nexport const y = 1;\n", "noFloatingPromises"],
    ["any", "export const y: any = 1;\n", "noExplicitAny"],
    ["a default export", "export default 1;\n", "noDefaultExport"],
    [
      "an empty catch",
      'export function y(): void {\n  try {\n    JSON.parse("");\n  } catch {}\n}\n',
      "noEmptyBlockStatements",
    ],
    ["an undeclared package", importing("left-pad"), "noUndeclaredDependencies"],
  ])("%s is refused", async (_name, text, rule) => {
    await plant("trainer/src/planted-lint.ts", text);
    expect(biome("trainer/src/planted-lint.ts")).toContain(rule);
  });

  test("an honest file passes, so the checks above are about the violation", async () => {
    await plant("core/protocol/planted-honest.ts", "export const planted = 1;\n");
    const output = biome("core/protocol/planted-honest.ts");
    expect(output).toContain("Checked 1 file");
    expect(output).not.toMatch(/lint\/|×/);
  });

  test("the compiler keeps Node, the page and the other rooms out of core", async () => {
    const name = (folder: string) => `core/${folder}/planted-types.ts`;
    await plant(name("protocol"), "export const pid = process.pid;\n");
    await plant(name("measures"), "export const title = document.title;\n");
    const output = outputOf("typescript/bin/tsc", "-p", "core", "--noEmit", "--pretty", "false");
    expect(output).toContain(`${name("protocol")}(1,20): error TS`);
    expect(output).toContain(`${name("measures")}(1,22): error TS`);
  });
});
