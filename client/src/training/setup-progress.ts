/** What one line of the set-up's output says to the user. */
export interface SetupProgress {
  readonly message: string;
  /** Whole percent of the download, while there is one. */
  readonly percent?: number;
}

/** "Progress 1024 of 4096" counts bytes of all downloads; the other lines are sentences. */
const PROGRESS = /^Progress (\d+) of (\d+)$/;

/** `undefined` for lines that say nothing to the user. */
export function setupProgress(line: string): SetupProgress | undefined {
  const text = line.trim();
  if (text === "") return undefined;
  const [, done, all] = PROGRESS.exec(text) ?? [];
  if (done === undefined || all === undefined) return { message: text };
  const percent = Math.floor((100 * Number(done)) / Math.max(1, Number(all)));
  return { message: `Downloading: ${percent} %`, percent };
}
