import { type Disposable, workspace } from "vscode";

/** Bursts of writes are answered once. */
const QUIET_MS = 200;
/** A running process can vanish without a write, and some file systems report none. */
const POLL_MS = 3_000;

/** Calls `onChange` after runs of the workspace changed; polls only while `hasRunning` says so. */
export function watchRuns(onChange: () => void, hasRunning: () => boolean): Disposable {
  const watcher = workspace.createFileSystemWatcher("**/.normlens/runs/*/{run,notes}.json");
  let timer: NodeJS.Timeout | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, QUIET_MS);
  };
  const subscriptions = [
    watcher,
    watcher.onDidCreate(soon),
    watcher.onDidChange(soon),
    watcher.onDidDelete(soon),
  ];
  const poll = setInterval(() => {
    if (hasRunning()) onChange();
  }, POLL_MS);
  return {
    dispose() {
      clearTimeout(timer);
      clearInterval(poll);
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
