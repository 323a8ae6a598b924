import type { EmbeddingsToPage } from "../protocol/panel/embeddings.ts";
import type { RunToPage } from "../protocol/panel/run.ts";
import type { SnapshotPlace } from "./embedding-files.ts";

/** What a page is told about a step that is read, or cannot be. */
export type ViewMessage =
  | Extract<
      EmbeddingsToPage,
      { type: "embeddings/reading" | "embeddings/view" | "embeddings/no-view" }
    >
  | Extract<RunToPage, { type: "run/problem" }>;

/** A view to be made, of a run by the name that the page knows it by. */
export interface WantedView {
  readonly run: string;
  /** Every step that was stored, ascending. */
  readonly steps: readonly number[];
  readonly at: SnapshotPlace;
}

/**
 * Starts to make a view beside the caller; gives the function that ends it, after which nothing is told.
 * The last that is told is the view or why there is none.
 */
export type ReadBeside = (wanted: WantedView, tell: (message: ViewMessage) => void) => () => void;

/** Views that take long, made one at a time. */
export interface ViewsBeside {
  /** A step that the reader asked for: ends the work on any other. */
  ask(wanted: WantedView): void;
  /** Ends the work on what was asked for. */
  endAsked(): void;
  /**
   * The newest snapshot: it waits for the work on another, which where snapshots come faster than
   * their views would else never be done, and takes the place of one that waits.
   */
  follow(wanted: WantedView): void;
  /** What came up since the last call. */
  messages(): readonly ViewMessage[];
  /** Ends the work for good. */
  close(): void;
}

interface Work {
  readonly wanted: WantedView;
  readonly isAsked: boolean;
  end(): void;
}

export function createViewsBeside(read: ReadBeside): ViewsBeside {
  let work: Work | undefined;
  let newest: WantedView | undefined;
  let unsent: ViewMessage[] = [];

  /** Of how far a reading has come only the last word counts. */
  function dropReading(): void {
    unsent = unsent.filter(({ type }) => type !== "embeddings/reading");
  }

  function add(message: ViewMessage): void {
    dropReading();
    unsent.push(message);
  }

  function start(wanted: WantedView, isAsked: boolean): void {
    const { run, steps, at } = wanted;
    let endReading: () => void = () => undefined;
    const started: Work = { wanted, isAsked, end: () => endReading() };
    work = started;
    add({ type: "embeddings/reading", run, steps, step: at.step, share: 0 });
    endReading = read(wanted, (message) => {
      if (work !== started) return;
      add(message);
      if (message.type === "embeddings/view" || message.type === "embeddings/no-view") next();
    });
  }

  function next(): void {
    work = undefined;
    const wanted = newest;
    newest = undefined;
    if (wanted !== undefined) start(wanted, false);
  }

  return {
    ask(wanted) {
      if (work?.wanted.at.step === wanted.at.step) return;
      work?.end();
      if (work?.isAsked === false) newest ??= work.wanted;
      start(wanted, true);
    },
    endAsked() {
      if (work?.isAsked !== true) return;
      work.end();
      dropReading();
      next();
    },
    follow(wanted) {
      if (work === undefined) start(wanted, false);
      else newest = wanted;
    },
    messages() {
      const found = unsent;
      unsent = [];
      return found;
    },
    close() {
      work?.end();
      work = undefined;
      newest = undefined;
    },
  };
}
