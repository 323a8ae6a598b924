import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { mayStart } from "../may-start.ts";

/** Sets up the fastest training backend, with progress; running it again checks what is there. */
export const installTensorflowBackend: Command<
  Pick<Host, "isTrusted" | "pickTensorflowBuild" | "installBackend" | "inform">
> = {
  id: "normlens.installTensorflowBackend",
  async run(deps) {
    if (!mayStart(deps, "Installing starts pip and maybe a compiler")) return;
    const build = await deps.pickTensorflowBuild();
    if (build === undefined) return; // The user pressed Escape.
    const end = await deps.installBackend({ backend: "tensorflow", build });
    switch (end.status) {
      case "ready":
        deps.inform(`${end.message}. The next training uses it.`);
        return;
      case "failed":
        deps.inform(`The TensorFlow backend was not installed. ${end.message}`);
        return;
      case "cancelled":
        return;
    }
  },
};
