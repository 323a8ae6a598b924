/** True or false where it can be told, `undefined` for a process on another machine. */
export type IsAlive = (run: {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601. */
  readonly started: string;
}) => Promise<boolean | undefined>;

/** What telling needs of Node: `process.kill`, `os.hostname()` and reading text below `/proc`. */
export interface ProcessProbe {
  readonly host: string;
  kill(pid: number, signal: 0): unknown;
  /** Rejects where there is no such file. */
  readText(path: string): Promise<string>;
}

/** Linux counts in hundredths of a second for user space, whatever the kernel's own clock does. */
const TICKS_PER_SECOND = 100;
/** Boot time is given in whole seconds, and a record is written a little after its process starts. */
const SLACK_MS = 2_000;

/**
 * Tells whether a run's process still lives.
 *
 * Numbers of processes are used again, often so in containers: where the start of the process can
 * be read and lies after the start of the run, it is another process.
 */
export function processLiveness(probe: ProcessProbe): IsAlive {
  return async ({ pid, host, started }) => {
    if (host !== probe.host) return undefined;
    if (pid === 0 || !exists(probe, pid)) return false;
    const process = await readProcess(probe, pid);
    if (process === undefined) return true;
    return !process.isDead && process.startedMs <= Date.parse(started) + SLACK_MS;
  };
}

function exists(probe: ProcessProbe, pid: number): boolean {
  try {
    probe.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is there, but may not be signalled.
    return typeof error === "object" && error !== null && "code" in error && error.code === "EPERM";
  }
}

interface ProcessState {
  /** Ended, but not yet collected by its parent; without one that does, it stays so for ever. */
  readonly isDead: boolean;
  /** Milliseconds since the Unix epoch. */
  readonly startedMs: number;
}

/** `undefined` where there is no `/proc`. */
async function readProcess(probe: ProcessProbe, pid: number): Promise<ProcessState | undefined> {
  try {
    const boot = /^btime (\d+)$/m.exec(await probe.readText("/proc/stat"))?.[1];
    const process = await probe.readText(`/proc/${pid}/stat`);
    // Fields 3 and 22; the second is the program's name in brackets and may hold blanks itself.
    const fields = process.slice(process.lastIndexOf(")") + 2).split(" ");
    const [state, ticks] = [fields[0], fields[19]];
    if (boot === undefined || ticks === undefined) return undefined;
    const startedMs = (Number(boot) + Number(ticks) / TICKS_PER_SECOND) * 1000;
    return { isDead: state === "Z" || state === "X", startedMs };
  } catch {
    return undefined;
  }
}
