import { hostname } from "node:os";
import path from "node:path";
import type { RunRecord } from "../../core/protocol/run-files.ts";
import type { TrainerEvent, TrainRequest } from "../../core/protocol/trainer.ts";
import { VERSION } from "../../core/protocol/version.generated.ts";
import { type SelectedBackend, selectBackend } from "./backends/select.ts";
import { type ExperimentFile, readExperimentFile } from "./experiment-file.ts";
import { ExperimentRefused } from "./experiment-refused.ts";
import { type Preparation, prepareTraining } from "./preparation.ts";
import { createRunFolder } from "./run/create-run-folder.ts";
import { gitCommit } from "./run/git-commit.ts";
import { createRunWriter, type RunWriter, toJsonNumbers } from "./run/run-writer.ts";
import { runTraining, type TrainingOutcome } from "./run-training.ts";
import { systemFault } from "./system-fault.ts";
import { UserError } from "./user-error.ts";

export interface TrainContext {
  readonly signal: AbortSignal;
  /** Called with every event, in order; the last one is `finished`. */
  emit(event: TrainerEvent): void;
}

type FinishedEvent = Extract<TrainerEvent, { readonly type: "finished" }>;

export interface TrainResult extends FinishedEvent {
  /** The experiment file or the request was refused, nothing was trained. */
  readonly isRefused: boolean;
}

/**
 * Trains what the experiment file of `request` asks for and writes its run folder.
 *
 * Never rejects. Before there is a folder a fault is only told; after that it stands in `run.json`
 * as well.
 */
export async function train(request: TrainRequest, context: TrainContext): Promise<TrainResult> {
  const result = await attempt(request, context);
  const { isRefused: _, ...event } = result;
  context.emit(event);
  return result;
}

async function attempt(request: TrainRequest, context: TrainContext): Promise<TrainResult> {
  const { signal, emit } = context;
  const message = (text: string) => {
    emit({ type: "message", level: "info", text });
  };
  let preparation: Preparation | undefined;
  try {
    const file = readExperimentFile(request.spec, request.workspace, overridesOf(request));
    const backend = await selectBackend(file.experiment.training.backend, message);
    message(`Making ${file.experiment.data.samples} samples of ${file.experiment.data.source}`);
    preparation = await prepareTraining(file, signal);
    const commit = await gitCommit(path.dirname(request.spec));
    signal.throwIfAborted();
    return await trainInFolder({ request, file, backend, preparation, commit }, context);
  } catch (error) {
    return {
      type: "finished",
      run: "",
      status: signal.aborted ? "cancelled" : "failed",
      final: {},
      ...(signal.aborted ? {} : { error: messageOf(error) }),
      isRefused: error instanceof ExperimentRefused || error instanceof UserError,
    };
  } finally {
    preparation?.model.dispose();
  }
}

/** `--backend` is a value of the file like any other. */
function overridesOf({ set = [], backend }: TrainRequest): readonly string[] {
  return backend === undefined ? set : [...set, `training.backend=${backend}`];
}

interface Launch {
  readonly request: TrainRequest;
  readonly file: ExperimentFile;
  readonly backend: SelectedBackend;
  readonly preparation: Preparation;
  readonly commit: string | undefined;
}

async function trainInFolder(launch: Launch, { signal, emit }: TrainContext): Promise<TrainResult> {
  const { request, file, preparation } = launch;
  const started = new Date();
  const folder = createRunFolder(request, file.experiment.name, started);
  const writer = createRunWriter(
    folder,
    file.text,
    firstRecord(launch, path.basename(folder), started),
  );
  try {
    const { record } = writer;
    writer.log(`${record.name}: ${record.objective}`);
    writer.log(`Backend ${record.backend} on ${record.device}: ${record.backend_reason}`);
    for (const sample of sampleNotes(preparation)) writer.log(sample);
    emit({
      type: "started",
      run: folder,
      id: record.id,
      name: record.name,
      backend: record.backend,
      device: record.device,
      backend_reason: record.backend_reason,
      steps_total: record.steps_total,
      epochs_total: record.epochs_total,
      objective: record.objective,
    });
    return finish(writer, await runTraining(preparation, writer, emit, signal));
  } catch (error) {
    return failWriting(writer, error);
  } finally {
    writer.close();
  }
}

function firstRecord(launch: Launch, id: string, started: Date): RunRecord {
  const { request, file, backend, preparation, commit } = launch;
  const { dataset, experiment, model, objective, split } = preparation;
  return {
    format: 1,
    id,
    name: experiment.name,
    status: "running",
    pid: process.pid,
    host: hostname(),
    started: started.toISOString(),
    spec: file.name,
    spec_hash: file.hash,
    ...(request.set === undefined || request.set.length === 0 ? {} : { set: request.set }),
    seed: experiment.training.seed,
    backend: backend.name,
    device: backend.device,
    backend_reason: backend.reason,
    versions: { normlens: VERSION, node: process.versions.node, ...backend.versions },
    ...(commit === undefined ? {} : { git_commit: commit }),
    steps_total: preparation.stepsTotal,
    epochs_total: experiment.training.epochs,
    samples: {
      train: split.train.length,
      validation: split.validation.length,
      test: split.test.length,
    },
    classes: dataset.classes,
    modalities: model.modalities,
    objective,
    findings: request.findings ?? [],
    final: {},
  };
}

/** Where a part is measured on a sample of it. */
function sampleNotes({ split, evaluated }: Preparation): readonly string[] {
  return (["train", "validation", "test"] as const)
    .filter((part) => evaluated[part].length < split[part].length)
    .map(
      (part) =>
        `${part} metrics of an epoch are measured on ${evaluated[part].length} of ${split[part].length} rows`,
    );
}

function finish(writer: RunWriter, outcome: TrainingOutcome): TrainResult {
  const { status, moment } = outcome;
  const final = toJsonNumbers(outcome.final);
  const ended = new Date().toISOString();
  const place = `step ${moment.step}, epoch ${moment.epoch}`;
  if (outcome.status === "failed") {
    const message = messageOf(outcome.error);
    writer.log(`failed at ${outcome.where}: ${stackOf(outcome.error)}`);
    writer.update({ status, ended, final, error: { message, where: outcome.where } });
    const error = `${message} (${outcome.where})`;
    return { type: "finished", run: writer.folder, status, final, error, isRefused: false };
  }
  writer.log(`${status} at ${place}`);
  writer.update({ status, ended, final });
  return { type: "finished", run: writer.folder, status, final, isRefused: false };
}

/**
 * Ends a run whose files cannot be written, on a full disk say. What was written stays as it is; if
 * not even `run.json` can be replaced, readers tell by the process that the run is lost.
 */
function failWriting(writer: RunWriter, cause: unknown): TrainResult {
  const message = `Cannot write the run folder: ${systemFault(cause)}`;
  let error = message;
  try {
    const ended = new Date().toISOString();
    writer.update({ status: "failed", ended, error: { message, where: writer.folder } });
  } catch (second) {
    error = `${message}; it stays marked as running (${systemFault(second)})`;
  }
  const run = writer.folder;
  return { type: "finished", run, status: "failed", final: {}, error, isRefused: false };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
