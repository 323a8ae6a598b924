import { describe, expect, test } from "vitest";
import { processLiveness } from "../../../core/runs/process-liveness.ts";

const BOOT_SECONDS = 1_700_000_000;
const fault = (code: string) => Object.assign(new Error(code), { code });

/**
 * Process 7 lives and started 100 s after the boot, 6 has ended and was not collected, 8 may not be
 * signalled, 9 is gone.
 */
function probe(hasProc: boolean) {
  return {
    host: "here",
    kill(pid: number) {
      if (pid === 8) throw fault("EPERM");
      if (pid === 9) throw fault("ESRCH");
    },
    async readText(path: string) {
      if (hasProc && path === "/proc/stat") return `cpu 1 2\nbtime ${BOOT_SECONDS}\n`;
      const pid = /^\/proc\/([67])\/stat$/.exec(path)?.[1];
      if (hasProc && pid !== undefined) {
        return `${pid} (a b) c) ${pid === "6" ? "Z" : "S"} ${new Array(18).fill("0").join(" ")} 10000 0 0`;
      }
      throw fault("ENOENT");
    },
  };
}

const at = (seconds: number) => new Date((BOOT_SECONDS + seconds) * 1000).toISOString();

describe("processLiveness", () => {
  test.each([
    ["a process that is there", 7, "here", 101, true],
    ["one that is gone", 9, "here", 101, false],
    ["one that has ended and waits for its parent", 6, "here", 101, false],
    ["one of another user", 8, "here", 101, true],
    ["one of another machine", 7, "there", 101, undefined],
    ["one that took the number of a run before it", 7, "here", 50, false],
    ["the number 0, which means a group", 0, "here", 101, false],
  ])("tells %s", async (_name, pid, host, started, expected) => {
    expect(await processLiveness(probe(true))({ pid, host, started: at(started) })).toBe(expected);
  });

  test("goes by the number alone where no start can be read", async () => {
    const isAlive = processLiveness(probe(false));
    expect(await isAlive({ pid: 7, host: "here", started: at(50) })).toBe(true);
  });
});
