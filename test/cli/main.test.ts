import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { VERSION } from "../../core/protocol/version.generated.ts";
import { type Built, buildBundles } from "../support/built.ts";

let built: Built;
let folder = "";

/** The command line as users run it, trainer and all. */
beforeAll(async () => {
  built = await buildBundles();
  folder = path.dirname(built.dist);
  await writeFile(path.join(folder, "bad.yaml"), "dropout: 5\n");
}, 120_000);
afterAll(() => built.dispose());

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

function run(args: readonly string[], stdin = ""): Promise<Ended> {
  const child = spawn(process.execPath, [path.join(folder, "dist/cli.js"), ...args], {
    cwd: folder,
  });
  let out = "";
  let error = "";
  child.stdout.on("data", (chunk) => (out += String(chunk)));
  child.stderr.on("data", (chunk) => (error += String(chunk)));
  child.stdin.end(stdin);
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, error })));
}

describe("node dist/cli.js", () => {
  test("--version and --help", async () => {
    expect(await run(["--version"])).toEqual({ code: 0, out: `normlens ${VERSION}\n`, error: "" });
    const { code, out } = await run(["--help"]);
    expect(code).toBe(0);
    for (const name of ["check", "explain", "train", "runs"]) expect(out).toContain(`  ${name} `);
  });

  test("check: findings are 1, clean is 0, a pipe gets no colour", async () => {
    const { code, out } = await run(["check", "bad.yaml"]);
    expect(code).toBe(1);
    expect(out).toMatch(/^bad\.yaml:1:10 error NLC03 /);
    expect(out).not.toContain("\u001B");
    expect(await run(["check", "--stdin-filename", "good.yaml"], "dropout: 0.5\n")).toMatchObject({
      code: 0,
    });
  });

  test("a reader that leaves early is no failure", async () => {
    const shell = `"${process.execPath}" "${path.join(folder, "dist/cli.js")}" explain all`;
    const child = spawn("sh", ["-c", `(${shell}; echo "code $?" >&2) | head -n 1`], {
      cwd: folder,
    });
    let error = "";
    child.stderr.on("data", (chunk) => (error += String(chunk)));
    await new Promise((resolve) => child.on("close", resolve));
    expect(error).toBe("code 0\n");
  });

  test("wrong usage is 2", async () => {
    expect(await run(["chekc"])).toMatchObject({ code: 2, out: "" });
    expect(await run(["check", "gone.py"])).toMatchObject({ code: 2 });
  });
});
