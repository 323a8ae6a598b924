import { enableProdMode, version_core } from "@tensorflow/tfjs-core";
import { UserError } from "../user-error.ts";
import type { ActiveBackend, Backend, BackendName } from "./backend.ts";
import { cpu } from "./cpu.ts";
import { selfTest } from "./self-test.ts";
import { tensorflow } from "./tensorflow.ts";
import { wasm } from "./wasm.ts";
import { webgpu } from "./webgpu.ts";
// Without this import every gradient is "not found": tfjs-core registers none by itself. It stands
// last because the copy of tfjs-core that is loaded first owns the tensors.
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { registerActivationGradients } from "../layers/activation-gradients.ts";

registerActivationGradients();

/** Fastest first: the order in which `auto` tries. */
const BACKENDS: readonly Backend[] = [tensorflow, webgpu, wasm, cpu];

export interface SelectedBackend {
  readonly name: string;
  readonly device: string;
  /** Why this one, for `run.json` and the panel. */
  readonly reason: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** Why a backend was passed over, and what would change that. */
interface Refusal {
  readonly name: BackendName;
  readonly why: string;
  readonly nextStep: string;
}

type Attempt =
  | { readonly backend: Omit<SelectedBackend, "reason"> & Pick<ActiveBackend, "caution"> }
  | Omit<Refusal, "name">;

/**
 * Makes a backend of tfjs-core current, proven by a self-test on this machine.
 *
 * `auto` takes the fastest that works and tells `report` what it passed over, and why.
 *
 * @throws {UserError} If the wanted backend, or with `auto` every backend, cannot be had.
 */
export async function selectBackend(
  wanted: BackendName | "auto",
  report: (text: string) => void,
): Promise<SelectedBackend> {
  const candidates = BACKENDS.filter(({ name }) => wanted === "auto" || wanted === name);
  // Keeps tfjs from advertising its Node package on the trainer's output.
  enableProdMode();
  const refusals: Refusal[] = [];
  for (const candidate of candidates) {
    const attempt = await tryBackend(candidate, wanted !== "auto");
    if ("backend" in attempt) {
      const { caution, ...backend } = attempt.backend;
      if (caution !== undefined) report(`Backend ${candidate.name}: ${caution}`);
      return { ...backend, reason: reasonFor(wanted, candidate.name, refusals) };
    }
    refusals.push({ name: candidate.name, ...attempt });
    if (wanted === "auto") report(`Backend ${candidate.name} is not used: ${attempt.why}`);
  }
  throw new UserError(
    "backend-unavailable",
    refusals.map(({ name, why }) => `The ${name} backend cannot be used: ${why}`).join("; "),
    refusals.at(-1)?.nextStep ?? "Use `backend: auto`",
  );
}

async function tryBackend(backend: Backend, isAskedFor: boolean): Promise<Attempt> {
  const detection = backend.detect();
  if (!detection.available) return detection;
  try {
    const active = await backend.activate(isAskedFor);
    if (!active.available) return active;
    const fault = await selfTest();
    if (fault !== undefined) return failure(`its self-test failed, ${fault}`);
    return {
      backend: {
        name: backend.name,
        device: active.device,
        ...(active.caution !== undefined && { caution: active.caution }),
        versions: { "@tensorflow/tfjs-core": version_core, ...active.versions },
      },
    };
  } catch (error) {
    return failure(`it does not load, ${error instanceof Error ? error.message : String(error)}`);
  }
}

function failure(why: string): Attempt {
  return { why, nextStep: "Use `backend: auto`, which passes over it" };
}

function reasonFor(
  wanted: BackendName | "auto",
  taken: BackendName,
  refusals: readonly Refusal[],
): string {
  if (wanted !== "auto") return "asked for";
  return refusals.length === 0
    ? `${taken} is the fastest backend and passed its self-test`
    : `${taken} is the fastest that works here (${refusals.map(({ name, why }) => `${name}: ${why}`).join("; ")})`;
}
