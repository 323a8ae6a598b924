import { hostname } from "node:os";
import path from "node:path";
import type { Experiment } from "../../core/experiment/experiment.ts";
import { RUN_FILES, type RunRecord } from "../../core/protocol/run-files.ts";
import type { TrainerEvent, TrainRequest } from "../../core/protocol/trainer.ts";
import { VERSION } from "../../core/protocol/version.generated.ts";
import type { LoadContext } from "./data-source.ts";
import { type ExperimentFile, readExperimentFile } from "./experiment-file.ts";
import { ExperimentRefused } from "./experiment-refused.ts";
import type { PreparedRun, Procedure, TrainingOutcome, Trial } from "./procedure.ts";
import { PROCEDURES } from "./procedures.generated.ts";
import { createRunFolder } from "./run/create-run-folder.ts";
import { cutRun } from "./run/cut-run.ts";
import { gitCommit } from "./run/git-commit.ts";
import { type InterruptedRun, interruptedRun } from "./run/interrupted-run.ts";
import { createRunWriter, type RunWriter, toJsonNumbers } from "./run/run-writer.ts";
import { prepareSweep } from "./sweep/prepare-sweep.ts";
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

/** Of a sweep, or as one of its trials. */
async function attempt(
  request: TrainRequest,
  context: TrainContext,
  trial?: Trial,
): Promise<TrainResult> {
  const { signal, emit } = context;
  const told: string[] = [];
  const report = (text: string) => {
    told.push(text);
    emit({ type: "message", level: "info", text });
  };
  let prepared: PreparedRun | undefined;
  try {
    const interrupted =
      request.resume === undefined ? undefined : await interruptedRun(request.resume);
    const given =
      interrupted === undefined
        ? readExperimentFile(request.spec, request.workspace, overridesOf(request))
        : readInterrupted(interrupted);
    const isTrial = trial !== undefined || interrupted?.record.parent !== undefined;
    const file = isTrial ? asTrial(given, trial) : given;
    const folder = specFolder(request, interrupted);
    prepared = await prepare(file, request, { folder, signal, report });
    if (interrupted !== undefined && prepared.canResume !== true) throw cannotResume(file);
    const commit = await gitCommit(folder);
    signal.throwIfAborted();
    const launch = { request, file, prepared, told, commit, interrupted, trial };
    return await trainInFolder(launch, context);
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
    prepared?.dispose();
  }
}

function prepare(
  file: ExperimentFile,
  request: TrainRequest,
  context: LoadContext,
): Promise<PreparedRun> {
  const { sweep } = file.experiment;
  if (sweep === undefined) {
    if (request.sweep === true) throw noSweep(file);
    return procedureFor(file.experiment).prepare(file, context);
  }
  const launch = { request, set: overridesOf(request), trainTrial };
  return prepareSweep(file, sweep, launch, context);
}

function noSweep({ refuse }: ExperimentFile): ExperimentRefused {
  return refuse({
    path: [],
    at: "value",
    message: "no key is named whose values should differ",
    allowed: "add a section `sweep`, or give --vary key=VALUES",
  });
}

function trainTrial(request: TrainRequest, trial: Trial, context: TrainContext) {
  return attempt(request, context, trial);
}

/** One training of the sweep in the file. */
function asTrial(file: ExperimentFile, trial: Trial | undefined): ExperimentFile {
  const { sweep: _, ...experiment } = file.experiment;
  const name = trial === undefined ? experiment.name : `${experiment.name}, trial ${trial.number}`;
  return { ...file, experiment: { ...experiment, name } };
}

/** @throws {TypeError} If the schema allows what no procedure is for. */
function procedureFor(experiment: Experiment): Procedure {
  const procedure = PROCEDURES.find(({ handles }) => handles(experiment));
  if (procedure === undefined) {
    throw new TypeError(`Cannot train ${experiment.model.type}: no procedure is for it`);
  }
  return procedure;
}

/** `--backend` is a value of the file like any other. */
function overridesOf({ set = [], backend }: TrainRequest): readonly string[] {
  return backend === undefined ? set : [...set, `training.backend=${backend}`];
}

/**
 * The run's own copy, on the backend that it ran on: another one rounds differently. What weights came
 * from is not looked for again: the newest of a folder of runs may be this one by now.
 */
function readInterrupted({ folder, record }: InterruptedRun): ExperimentFile {
  const { transfer } = record;
  const set = [
    ...(record.set ?? []),
    `training.backend=${record.backend}`,
    ...(transfer === undefined ? [] : [`transfer.from=${JSON.stringify(transfer.from)}`]),
  ];
  return readExperimentFile(path.join(folder, RUN_FILES.spec), folder, set);
}

/** Paths in the experiment file stay relative to where it was when the run began. */
function specFolder(request: TrainRequest, interrupted: InterruptedRun | undefined): string {
  if (interrupted === undefined) return path.dirname(request.spec);
  const runs = path.dirname(interrupted.folder);
  const isInside = runs.endsWith(path.join(".normlens", "runs"));
  const workspace = isInside ? path.join(runs, "..", "..") : request.workspace;
  return path.dirname(path.resolve(workspace, interrupted.record.spec));
}

function cannotResume({ experiment }: ExperimentFile): UserError {
  return new UserError(
    "resume-unsupported",
    `A run of \`${experiment.model.type}\` writes no checkpoints and cannot be resumed`,
    "Start it again",
  );
}

interface Launch {
  readonly request: TrainRequest;
  readonly file: ExperimentFile;
  readonly prepared: PreparedRun;
  /** What was found in the data, say, before there was a folder to log it in. */
  readonly told: readonly string[];
  readonly commit: string | undefined;
  readonly interrupted: InterruptedRun | undefined;
  readonly trial: Trial | undefined;
}

/** A new folder, or the interrupted run's as it was at its checkpoint. */
function openRun(launch: Launch): RunWriter {
  const { request, file, interrupted } = launch;
  const started = new Date();
  if (interrupted === undefined) {
    const folder = createRunFolder(request, file.experiment.name, started);
    return createRunWriter(folder, file.text, firstRecord(launch, path.basename(folder), started));
  }
  const { folder, record, checkpoint } = interrupted;
  // What is said of how the run ended is said anew when it does.
  const { ended: _, error: __, diagnoses: ___, stopped_by: ____, reached: _____, ...kept } = record;
  const step = checkpoint?.moment.step;
  cutRun(folder, step);
  return createRunWriter(folder, file.text, {
    ...kept,
    final: {},
    status: "running",
    pid: process.pid,
    host: hostname(),
    resumed: [...(record.resumed ?? []), step ?? 0],
  });
}

async function trainInFolder(launch: Launch, { signal, emit }: TrainContext): Promise<TrainResult> {
  const { prepared, interrupted, trial } = launch;
  const writer = openRun(launch);
  const { folder } = writer;
  try {
    const { record } = writer;
    if (interrupted === undefined) writer.log(`${record.name}: ${record.objective}`);
    else writer.log(`Resumed at step ${record.resumed?.at(-1) ?? 0}`);
    writer.log(`Backend ${record.backend} on ${record.device}: ${record.backend_reason}`);
    for (const note of [...launch.told, ...prepared.notes]) writer.log(note);
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
    const { checkpoint } = interrupted ?? {};
    return finish(writer, await prepared.run(writer, emit, signal, checkpoint, trial));
  } catch (error) {
    return failWriting(writer, error);
  } finally {
    writer.close();
  }
}

function firstRecord(launch: Launch, id: string, started: Date): RunRecord {
  const { request, file, prepared, commit, trial } = launch;
  const { backend, facts } = prepared;
  const { experiment } = file;
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
    ...(trial === undefined ? {} : { parent: trial.parent }),
    ...facts,
    findings: request.findings ?? [],
    ...(request.findings === undefined ? {} : { is_checked: true }),
    final: {},
  };
}

function finish(writer: RunWriter, outcome: TrainingOutcome): TrainResult {
  const { status, moment, record = {} } = outcome;
  const final = toJsonNumbers(outcome.final);
  const { step, epoch } = moment;
  const reached = { step, epoch };
  const ended = new Date().toISOString();
  const place = `step ${step}, epoch ${epoch}`;
  if (outcome.status === "failed") {
    const message = messageOf(outcome.error);
    const { where, lastGood } = outcome;
    writer.log(`failed at ${where}: ${stackOf(outcome.error)}`);
    const good = lastGood === undefined ? {} : { last_good_weights: lastGood };
    const end = { ...record, status, ended, final, reached };
    writer.update({ ...end, error: { message, where, ...good } });
    const tail = lastGood === undefined ? "" : `; the last good weights are in ${lastGood}`;
    const error = `${message} (${where})${tail}`;
    return { type: "finished", run: writer.folder, status, final, error, isRefused: false };
  }
  writer.log(`${status} at ${place}`);
  writer.update({ ...record, status, ended, final, reached });
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
