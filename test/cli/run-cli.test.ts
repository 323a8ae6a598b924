import { describe, expect, test } from "vitest";
import type { CliCommand } from "../../cli/src/command.ts";
import { runCli } from "../../cli/src/run-cli.ts";
import { recordedIo } from "../support/command-io.ts";

const command = (name: string, run: CliCommand["run"]): CliCommand => ({
  name,
  summary: `Does ${name}`,
  help: `Usage: normlens ${name}\n`,
  run,
});

const COMMANDS = [
  command("echo", async (args, io) => {
    io.out(args.join(" "));
    return 1;
  }),
  command("fail", () => Promise.reject(new RangeError("too far"))),
];

async function run(...args: readonly string[]) {
  const io = recordedIo();
  const code = await runCli(COMMANDS, "1.2.3", args, io);
  return { code, ...io.written };
}

describe("runCli()", () => {
  test("hands the arguments to the command and returns its exit code", async () => {
    expect(await run("echo", "a", "--b")).toEqual({ code: 1, out: "a --b", error: "" });
  });

  test.each([["--version"], ["-V"]])("%s prints the version", async (flag) => {
    expect(await run(flag)).toEqual({ code: 0, out: "normlens 1.2.3\n", error: "" });
  });

  test.each([["--help"], ["-h"], ["help"]])("%s lists the commands", async (flag) => {
    const { code, out } = await run(flag);
    expect(code).toBe(0);
    expect(out).toContain("echo  Does echo\n");
  });

  test.each([["--help"], ["-h"]])("%s after a command explains it", async (flag) => {
    expect(await run("echo", "x", flag)).toEqual({
      code: 0,
      out: "Usage: normlens echo\n",
      error: "",
    });
  });

  test("wrong usage is 2, on standard error", async () => {
    expect(await run()).toMatchObject({ code: 2, out: "" });
    const { code, error } = await run("ecco");
    expect(code).toBe(2);
    expect(error).toMatch(/^normlens: no command "ecco"\n/);
  });

  test("a command that fails is 2 and says why", async () => {
    const { code, error } = await run("fail");
    expect(code).toBe(2);
    expect(error).toContain("normlens fail: RangeError: too far");
  });
});
