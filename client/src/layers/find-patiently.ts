import { randomUUID } from "node:crypto";
import { type CancellationToken, CancellationTokenSource, ProgressLocation, window } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { WorkDoneProgress } from "vscode-languageclient/node";
import type { LayerLocations, LayerLocationsParams } from "../../../core/protocol/lsp.ts";
import { whileSlow } from "./while-slow.ts";

export interface LayerQuestions {
  readonly client: Pick<LanguageClient, "onProgress">;
  ask(params: LayerLocationsParams, token?: CancellationToken): Promise<LayerLocations>;
}

/** An answer that comes sooner is not worth a notification. */
const SHOWN_AFTER_MS = 1000;

/** Asks with progress that can be cancelled, where it takes its time; then there is no answer. */
export async function findPatiently(
  { client, ask }: LayerQuestions,
  params: LayerLocationsParams,
): Promise<LayerLocations | undefined> {
  const cancel = new CancellationTokenSource();
  const workDoneToken = randomUUID();
  let percent = 0;
  let shown = 0;
  let report: (() => void) | undefined;
  const listening = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
    if (value.kind === "report") percent = value.percentage ?? percent;
    report?.();
  });
  const answer = ask({ ...params, workDoneToken }, cancel.token);
  const options = {
    location: ProgressLocation.Notification,
    title: "Reading the models of this workspace",
    cancellable: true,
  };
  try {
    const found = await whileSlow(answer, SHOWN_AFTER_MS, (settled) => {
      void window.withProgress(options, (progress, token) => {
        token.onCancellationRequested(() => cancel.cancel());
        report = () => {
          progress.report({ increment: percent - shown });
          shown = percent;
        };
        report();
        return settled;
      });
    });
    return cancel.token.isCancellationRequested ? undefined : found;
  } finally {
    listening.dispose();
    cancel.dispose();
  }
}
