/** What the language server offers beyond LSP. Positions count from 0, columns in UTF-16 units. */
import type { Severity } from "./severity.ts";

/** Client -> server, a request with {@link CheckWorkspaceParams}; answers {@link WorkspaceReport}. */
export const CHECK_WORKSPACE = "normlens/checkWorkspace";

/** Client -> server, a request with {@link SettingsStatusParams}; answers {@link SettingsStatus}. */
export const SETTINGS_STATUS = "normlens/settingsStatus";

/** Client -> server, a request with {@link LambdaEditParams}; answers {@link LambdaEdit}. */
export const LAMBDA_EDIT = "normlens/lambdaEdit";

/** Client -> server, a request with {@link LayerLocationsParams}; answers {@link LayerLocations}. */
export const LAYER_LOCATIONS = "normlens/layerLocations";

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

export interface LayerLocationsParams {
  /** Parameters or layers by the names that they have in a run or weight file. */
  readonly names: readonly string[];
  /** All names of that run or file, which tell apart models that share some. */
  readonly all: readonly string[];
  /** Of a run of an experiment file, which then makes the layers: both as URIs. */
  readonly experiment?: {
    readonly file: string;
    /** The copy in the run's folder. */
    readonly launched: string;
  };
  /** Only layers that a line makes, with all their locations. */
  readonly at?: { readonly uri: string; readonly line: number };
  /** Progress is reported under this token; without one the server shows what takes over a second. */
  readonly workDoneToken?: string | number;
}

export interface LayerLocation {
  /** Of a file, or of a cell where the editor has the notebook open. */
  readonly uri: string;
  /** Where `uri` is a notebook file: which of all its cells, from 0. The range is within the cell. */
  readonly cell?: number;
  readonly range: { readonly start: WirePosition; readonly end: WirePosition };
  /** Class, variable or key that the layer is part of, or is made by. */
  readonly model: string;
  /** True where the layer itself is made elsewhere, and this line holds what it is in. */
  readonly isAround: boolean;
}

export interface LayerLocations {
  /**
   * In the order of `names`. No location: nothing in sight makes it. Several: it cannot be told which
   * one is meant.
   */
  readonly layers: readonly {
    readonly name: string;
    readonly locations: readonly LayerLocation[];
  }[];
  /** The experiment file describes another model now; the locations are in the run's own copy. */
  readonly isOutdated: boolean;
}
