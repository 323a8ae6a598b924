import type { RunChanges } from "../../../core/protocol/panel/code.ts";
import type { ChangesSince } from "./changes-since.ts";

/** As the page takes it. */
export function pageChanges({ config, code }: ChangesSince): RunChanges {
  return code === undefined
    ? { config }
    : { config, code: { commit: code.commit, files: code.files.length } };
}
