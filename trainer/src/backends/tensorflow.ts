import type { Backend } from "./backend.ts";
export const tensorflow: Backend = {
  name: "tensorflow",
  detect: () => ({
    available: false,
    why: "TensorFlow is not set up",
    nextStep: "Run `npm run setup:tensorflow`",
  }),
  activate: () => Promise.reject(new Error("TensorFlow is not set up")),
};
