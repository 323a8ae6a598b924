import { describe, expect, test } from "vitest";
import { explain } from "../../../cli/src/commands/explain.ts";
import { RULES } from "../../../server/src/rules/rules.generated.ts";
import { recordedIo } from "../../support/command-io.ts";

async function run(...args: readonly string[]) {
  const io = recordedIo();
  const code = await explain.run(args, io);
  return { code, ...io.written };
}

describe("normlens explain", () => {
  test.each(RULES.map(({ code, name }) => [code, name]))(
    "prints %s, by code and by name",
    async (code, name) => {
      const byCode = await run(code);
      expect(byCode.code).toBe(0);
      expect(byCode.out).toMatch(new RegExp(`^# ${code} ${name}\n`));
      for (const heading of ["Why it matters", "Reported", "Right", "Limits"]) {
        expect(byCode.out).toContain(`## ${heading}\n`);
      }
      expect(await run(name)).toEqual(byCode);
    },
  );

  test("lists all rules without an argument", async () => {
    const { code, out } = await run();
    expect(code).toBe(0);
    expect(out.trimEnd().split("\n")).toHaveLength(RULES.length);
  });

  test("prints what λ means to a library, and to all", async () => {
    const { code, out } = await run("sklearn-ridge");
    expect(code).toBe(0);
    expect(out).toMatch(/^# sklearn-ridge\n/);
    expect(out).toContain(String.raw`\alpha\lVert w\rVert_2^2`);
    expect((await run("lambda")).out).toMatch(/^# What λ means\n/);
  });

  test.each([["NL9999"], ["--json"]])("refuses %s", async (argument) => {
    const { code, error } = await run(argument);
    expect(code).toBe(2);
    expect(error).toContain("normlens explain: ");
  });
});
