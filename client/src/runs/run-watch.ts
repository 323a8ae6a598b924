import { type Disposable, workspace } from "vscode";

/** Bursts of writes are answered once. */
const QUIET_MS = 200;
/** Rows of runs in progress say how far they are; a process can vanish without a write. */
const PROGRESS_MS = 500;
/** Some file systems report no changes. */
const POLL_MS = 6_000;

interface Listeners {
  /** Records or notes have changed, or may have. */
  onChange(): void;
  /** Runs in progress may have come further. */
  onProgress(): void;
  hasRunning(): boolean;
}

/** Watches the runs of the workspace; looks of its own accord only while one is in progress. */
export function watchRuns({ onChange, onProgress, hasRunning }: Listeners): Disposable {
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
  const looks = [
    setInterval(() => {
      if (hasRunning()) onProgress();
    }, PROGRESS_MS),
    setInterval(() => {
      if (hasRunning()) onChange();
    }, POLL_MS),
  ];
  return {
    dispose() {
      clearTimeout(timer);
      for (const look of looks) clearInterval(look);
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
