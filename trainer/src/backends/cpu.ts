import { version_cpu } from "@tensorflow/tfjs-backend-cpu";
import type { Backend } from "./backend.ts";
import { makeCurrent } from "./make-current.ts";
import { processor } from "./processor.ts";

/** Plain JavaScript: always there, and the reference that the others are tested against. */
export const cpu: Backend = {
  name: "cpu",
  detect: () => ({ available: true }),
  async activate() {
    await makeCurrent("cpu");
    return {
      available: true,
      device: `${processor()}, JavaScript, 1 thread`,
      versions: { "@tensorflow/tfjs-backend-cpu": version_cpu },
    };
  },
};
