/** True for what `node:fs` throws when a path, or a folder on the way to it, does not exist. */
export function isNotFound(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    (error.code === "ENOENT" || error.code === "ENOTDIR")
  );
}
