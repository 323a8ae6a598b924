import { cpus } from "node:os";

/** Name of this machine's processor, for example "AMD EPYC 7B13". */
export function processor(): string {
  const model = cpus()[0]?.model.replace(/\s+/g, " ").trim();
  return model === undefined || model === "" ? process.arch : model;
}
