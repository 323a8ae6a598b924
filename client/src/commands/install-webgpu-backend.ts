import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { mayStart } from "../may-start.ts";

/** Sets up training on any graphics card; running it again checks what is there. */
export const installWebgpuBackend: Command<Pick<Host, "isTrusted" | "installBackend" | "inform">> =
  {
    id: "normlens.installWebgpuBackend",
    async run(deps) {
      if (!mayStart(deps, "Installing starts npm")) return;
      const end = await deps.installBackend({ backend: "webgpu" });
      // What the set-up says last also tells whether there is a graphics card to use.
      if (end.status === "ready") deps.inform(end.message);
      if (end.status === "failed")
        deps.inform(`The WebGPU backend was not installed. ${end.message}`);
    },
  };
