/** What the language server offers beyond LSP. Positions count from 0, columns in UTF-16 units. */
import type { Severity } from "./severity.ts";

/** Client -> server, a request with {@link CheckWorkspaceParams}; answers {@link WorkspaceReport}. */
export const CHECK_WORKSPACE = "normlens/checkWorkspace";

/** Client -> server, a request with {@link SettingsStatusParams}; answers {@link SettingsStatus}. */
export const SETTINGS_STATUS = "normlens/settingsStatus";

/** Client -> server, a request with {@link LambdaEditParams}; answers {@link LambdaEdit}. */
export const LAMBDA_EDIT = "normlens/lambdaEdit";

/**
 * Server -> client, a notification without parameters: settings have changed, so an earlier
 * {@link SettingsStatus} may no longer hold. Clients that do not know it ignore it, as LSP has it
 * for names that begin with `$/`.
 */
export const SETTINGS_CHANGED = "$/normlens/settingsChanged";

export interface CheckWorkspaceParams {
  /** Folder URIs; all workspace folders when absent. */
  readonly folders?: readonly string[];
  /** Progress is reported under this token, as LSP has it. */
  readonly workDoneToken?: string | number;
}

export interface WirePosition {
  readonly line: number;
  readonly character: number;
}

export interface WireFinding {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: { readonly start: WirePosition; readonly end: WirePosition };
}

/** Files without a finding are counted in `checked` and not listed. */
export interface WorkspaceReport {
  readonly files: readonly { readonly uri: string; readonly findings: readonly WireFinding[] }[];
  readonly checked: number;
  /** Files and folders that could not be read, and settings that were not understood. */
  readonly problems: readonly string[];
  /** True when the request was cancelled and `files` holds only what was done until then. */
  readonly isPartial: boolean;
}

export interface SettingsStatusParams {
  readonly uri: string;
}

/** Which settings rule a document. */
export interface SettingsStatus {
  /** URI of the settings file that rules it, absent when only the editor's settings do. */
  readonly file?: string;
  /** Keys that both set; the file's value holds. */
  readonly overridden: readonly string[];
  readonly problems: readonly string[];
}

export interface LambdaEditParams {
  /** The experiment file as it is. */
  readonly text: string;
  /** As the run was launched with it. */
  readonly launched: string;
  /** What the file shall name as the only λ to choose from. */
  readonly lambda: number;
  /** λ that this request wrote earlier; the file may differ from the run in that. */
  readonly applied?: number;
}

/** What to write in the place of `text` from `start` to `end`, or why nothing may be written. */
export type LambdaEdit =
  | { readonly start: number; readonly end: number; readonly newText: string }
  | { readonly refusal: string };
