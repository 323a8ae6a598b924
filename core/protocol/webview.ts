/**
 * Extension host <-> panel page: the messages of all parts of the panel, which `panel/` declares.
 *
 * They hold plain data and typed arrays only, and are checked on arrival in both directions.
 * Everything the page shows comes from run files through the host's worker; the page computes
 * layouts, never statistics.
 */
import type { Decoded } from "./decoder.ts";
import { CODE_ACTIONS, CODE_TO_PAGE, type CodeAction, type CodeToPage } from "./panel/code.ts";
import {
  COMPARE_ACTIONS,
  COMPARE_REQUESTS,
  COMPARE_TO_PAGE,
  type CompareAction,
  type CompareRequest,
  type CompareToPage,
} from "./panel/compare.ts";
import {
  CURVES_REQUESTS,
  CURVES_TO_PAGE,
  type CurvesRequest,
  type CurvesToPage,
} from "./panel/curves.ts";
import {
  EMBEDDINGS_REQUESTS,
  EMBEDDINGS_TO_PAGE,
  type EmbeddingsRequest,
  type EmbeddingsToPage,
} from "./panel/embeddings.ts";
import { decodeMessage, type MessageDecoders } from "./panel/message-decoders.ts";
import {
  OTHERS_ACTIONS,
  OTHERS_TO_PAGE,
  type OthersAction,
  type OthersToPage,
} from "./panel/others.ts";
import { PATH_ACTIONS, PATH_TO_PAGE, type PathAction, type PathToPage } from "./panel/path.ts";
import { RUN_ACTIONS, RUN_TO_PAGE, type RunAction, type RunToPage } from "./panel/run.ts";
import { WEIGHT_FILE_TO_PAGE, type WeightFileToPage } from "./panel/weight-file.ts";
import {
  WEIGHTS_REQUESTS,
  WEIGHTS_TO_PAGE,
  type WeightsRequest,
  type WeightsToPage,
} from "./panel/weights.ts";

/** Extension host -> page. */
export type ToPage =
  | RunToPage
  | OthersToPage
  | CurvesToPage
  | WeightsToPage
  | EmbeddingsToPage
  | PathToPage
  | CompareToPage
  | WeightFileToPage
  | CodeToPage;

/** Page -> worker, through the host, which only forwards: something to be read from the files. */
export type PanelRequest = CurvesRequest | WeightsRequest | EmbeddingsRequest | CompareRequest;

/** Page -> extension host: something to be done by the editor. */
export type PanelAction = RunAction | OthersAction | PathAction | CompareAction | CodeAction;

export type FromPage = PanelRequest | PanelAction;

const TO_PAGE: MessageDecoders<ToPage> = {
  ...RUN_TO_PAGE,
  ...OTHERS_TO_PAGE,
  ...CURVES_TO_PAGE,
  ...WEIGHTS_TO_PAGE,
  ...EMBEDDINGS_TO_PAGE,
  ...PATH_TO_PAGE,
  ...COMPARE_TO_PAGE,
  ...WEIGHT_FILE_TO_PAGE,
  ...CODE_TO_PAGE,
};

const REQUESTS: MessageDecoders<PanelRequest> = {
  ...CURVES_REQUESTS,
  ...WEIGHTS_REQUESTS,
  ...EMBEDDINGS_REQUESTS,
  ...COMPARE_REQUESTS,
};

const FROM_PAGE: MessageDecoders<FromPage> = {
  ...REQUESTS,
  ...RUN_ACTIONS,
  ...OTHERS_ACTIONS,
  ...PATH_ACTIONS,
  ...COMPARE_ACTIONS,
  ...CODE_ACTIONS,
};

export function decodeToPage(value: unknown): Decoded<ToPage> {
  return decodeMessage(TO_PAGE, value);
}

export function decodeFromPage(value: unknown): Decoded<FromPage> {
  return decodeMessage(FROM_PAGE, value);
}

export function decodePanelRequest(value: unknown): Decoded<PanelRequest> {
  return decodeMessage(REQUESTS, value);
}

export function isPanelRequest(message: FromPage): message is PanelRequest {
  return Object.hasOwn(REQUESTS, message.type);
}

/** Fails to compile when a `switch` over a message union forgets a member. */
export function assertNever(message: never): never {
  throw new TypeError(`Unhandled message: ${JSON.stringify(message)}`);
}
