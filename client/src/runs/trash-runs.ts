import { access, mkdir, rename } from "node:fs/promises";
import path from "node:path";

/** A run folder on its way into the trash; both paths are absolute. */
export interface TrashedRun {
  readonly from: string;
  readonly to: string;
}

/**
 * Moves run folders of `<root>/.normlens/runs` into `<root>/.normlens/trash`, all or none.
 *
 * Nothing is ever deleted there: emptying the trash is left to the user's own tools.
 *
 * @throws What the file system says when one of them cannot be moved.
 */
export async function trashRuns(folders: readonly string[]): Promise<readonly TrashedRun[]> {
  const moved: TrashedRun[] = [];
  try {
    for (const from of folders) {
      const trash = path.join(from, "..", "..", "trash");
      await mkdir(trash, { recursive: true });
      const to = await freeName(path.join(trash, path.basename(from)));
      await rename(from, to);
      moved.push({ from, to });
    }
    return moved;
  } catch (error) {
    await restoreRuns(moved);
    throw error;
  }
}

/** Moves run folders back to where they were. */
export async function restoreRuns(runs: readonly TrashedRun[]): Promise<void> {
  for (const { from, to } of runs) {
    if (await exists(from)) throw new Error(`${from} has been made anew; the run is in ${to}`);
    await rename(to, from);
  }
}

async function freeName(wanted: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const name = attempt === 1 ? wanted : `${wanted}-${attempt}`;
    if (!(await exists(name))) return name;
  }
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
