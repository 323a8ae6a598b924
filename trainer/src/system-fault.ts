/** What the codes of the operating system mean to somebody who writes no programs. */
const MEANINGS: ReadonlyMap<unknown, string> = new Map([
  ["EACCES", "permission denied"],
  ["EDQUOT", "the disk quota is used up"],
  ["EISDIR", "it is a folder"],
  ["ENOENT", "it does not exist"],
  ["ENOSPC", "no space is left on the disk"],
  ["ENOTDIR", "a part of its path is a file"],
  ["EPERM", "permission denied"],
  ["EROFS", "the file system is read-only"],
]);

/** Why a file operation failed, in words; the error's own message where the code is a rarer one. */
export function systemFault(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return ("code" in error ? MEANINGS.get(error.code) : undefined) ?? error.message;
}
