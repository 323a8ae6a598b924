/** Path of the file a menu was opened on: a URI of the explorer or of an editor title. */
export function pathOf(argument: unknown): string | undefined {
  return typeof argument === "object" &&
    argument !== null &&
    "fsPath" in argument &&
    typeof argument.fsPath === "string"
    ? argument.fsPath
    : undefined;
}
