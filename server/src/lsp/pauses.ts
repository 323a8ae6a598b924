import { debouncer } from "./debounce.ts";
import { type SourceDocument, sourceDocument } from "./source-document.ts";

/** Without a change for so long, nobody is about to wait for an answer. */
const COLLECT_DELAY_MS = 10;
/** A pause that is likely to last. */
const REHEARSAL_DELAY_MS = 100;

/** So many analyses later V8 has optimized most of the engine. */
const REHEARSALS = 16;
/** Shorter documents are judged fast enough by code that is not optimized. */
const LEAST_CHARACTERS = 10_000;

/** What the server does for itself between two changes. */
export interface Pauses {
  /** A document has changed: its findings will be asked for. */
  end(): void;
  /** The findings of a document have been given. */
  begin(document: SourceDocument): void;
}

export interface PauseWork {
  /** Frees what the last answer left behind. */
  readonly collect: () => void;
  /** Finds again what is wrong with a version of a document that nobody will ask for. */
  readonly rehearse: (document: SourceDocument) => Promise<void>;
}

/**
 * Collects garbage in every pause, and in the first ones judges a long document until the engine
 * is as fast as it gets: else the first twenty keystrokes after opening take twice as long.
 */
export function pauses({ collect, rehearse }: PauseWork): Pauses {
  const collections = debouncer(COLLECT_DELAY_MS);
  const rehearsals = debouncer(REHEARSAL_DELAY_MS);
  const next = debouncer(COLLECT_DELAY_MS);
  let left = REHEARSALS;
  let pause = 0;

  async function run(document: SourceDocument): Promise<void> {
    const started = pause;
    left -= 1;
    const { uri, languageId, version, text } = document;
    await rehearse(sourceDocument(uri, languageId, version, text));
    if (pause !== started) return;
    collect();
    if (left > 0) next.schedule("", () => void run(document));
  }

  return {
    end() {
      pause += 1;
      for (const waiting of [collections, rehearsals, next]) waiting.dispose();
    },
    begin(document) {
      collections.schedule("", collect);
      const isWorth = document.language === "python" && document.text.length >= LEAST_CHARACTERS;
      if (left > 0 && isWorth) rehearsals.schedule("", () => void run(document));
    },
  };
}
