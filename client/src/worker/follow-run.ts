import type { ProjectionKind } from "../../../core/protocol/panel/embeddings.ts";
import type { ToPage } from "../../../core/protocol/webview.ts";
import type { RunReader, RunRequest } from "../../../core/runs/run-reader.ts";
import type { Followed } from "./followed.ts";
import { createWake } from "./wake.ts";

/** Finds what a watcher misses: folders inside the run's, network file systems, a process that died. */
const POLL_MS = 500;
/** At most ten messages a second go to the page in the long run. */
const MESSAGE_MS = 100;
/** An opening sends more at once, after which a page asks for what it shows. */
const MOST_COUNTED = 3;
/** Rounds without news after which the files of a run that has ended are at rest. */
const QUIET_ROUNDS = 2;

interface Deps {
  readonly reader: RunReader;
  /** Starts watching; gives the function that ends it. */
  watch(onChange: () => void): () => void;
  /** Starts a projection beside the reading; gives the function that ends it. */
  project(kind: ProjectionKind): () => void;
  send(message: ToPage): void;
  /** Told about a fault that reading met, for example a folder that may not be read. */
  fail(problem: string): void;
}

/**
 * Sends all of a run, then what its files gain, until it has ended and its files are at rest.
 *
 * Requests are answered after that as well. A projection that is asked for ends the one before it.
 */
export function followRun({ reader, watch, project, send, fail }: Deps): Followed {
  const wake = createWake();
  const stopWatching = watch(wake.call);
  let isClosed = false;
  let endProjection: () => void = () => undefined;
  const wanted = new Map<string, RunRequest>();

  async function deliver(messages: AsyncGenerator<ToPage>): Promise<number> {
    let count = 0;
    for await (const message of messages) {
      if (isClosed) break;
      send(message);
      count += 1;
    }
    return count;
  }

  async function answer(): Promise<number> {
    let sent = 0;
    const requests = [...wanted.values()];
    wanted.clear();
    for (const request of requests) sent += await deliver(reader.answer(request));
    return sent;
  }

  /** What the files gained; a page need not wait for its answer until a long file is read. */
  async function update(): Promise<number> {
    let sent = 0;
    for await (const message of reader.update()) {
      if (isClosed) break;
      send(message);
      sent += 1 + (await answer());
    }
    return sent;
  }

  /** Number of messages sent; a fault counts as none. */
  async function round(): Promise<number> {
    try {
      const sent = await update();
      const answered = await answer();
      // What was asked for may be in files that were not read before.
      return sent + answered + (answered > 0 ? await update() : 0);
    } catch (error) {
      if (!isClosed) fail(error instanceof Error ? error.message : String(error));
      return 0;
    }
  }

  async function follow(): Promise<void> {
    let quietRounds = 0;
    while (!isClosed) {
      const sent = await round();
      quietRounds = sent === 0 && reader.hasEnded() ? quietRounds + 1 : 0;
      const isAtRest = quietRounds >= QUIET_ROUNDS;
      if (isAtRest) stopWatching();
      const shortestMs = Math.min(Math.max(1, sent), MOST_COUNTED) * MESSAGE_MS;
      if (isAtRest) await wake.pause(shortestMs);
      else await wake.pause(shortestMs, Math.max(shortestMs, POLL_MS));
    }
  }

  void follow();
  return {
    request(request) {
      if (request.type === "embeddings/project") {
        const { step, method, isGapRemoved } = request;
        endProjection();
        endProjection = project({ step, method, isGapRemoved });
        return;
      }
      wanted.set(request.type, request);
      wake.call();
    },
    showOthers(folders) {
      reader.showOthers(folders);
      wake.call();
    },
    close() {
      isClosed = true;
      endProjection();
      reader.close();
      stopWatching();
      wake.call();
    },
  };
}
