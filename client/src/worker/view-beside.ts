import type { ToPage } from "../../../core/protocol/webview.ts";
import type { ReadBeside, ViewMessage } from "../../../core/runs/views-beside.ts";
import { workInThread } from "./work-in-thread.ts";

interface Deps {
  /** The file that the thread runs with a job as its data. */
  readonly script: string;
  readonly folder: string;
  /** Called after each message, which waits to be asked for. */
  onNews(): void;
}

/** Makes views of the run in `folder` in a thread each. */
export function viewBeside({ script, folder, onNews }: Deps): ReadBeside {
  return (wanted, tell) => {
    const { run, at } = wanted;
    const pass = (message: ViewMessage) => {
      tell(message);
      onNews();
    };
    const fail = (reason: string) => {
      const text = `The embeddings of step ${at.step} cannot be read: ${reason}`;
      pass({ type: "embeddings/no-view", run, step: at.step, reason: text });
    };
    const send = (message: ToPage) => {
      if (isViewMessage(message)) pass(message);
      else fail(`its thread sent ${message.type}`);
    };
    return workInThread({ script, send, fail }, { type: "view", folder, wanted });
  };
}

function isViewMessage(message: ToPage): message is ViewMessage {
  return ["embeddings/reading", "embeddings/view", "embeddings/no-view", "run/problem"].includes(
    message.type,
  );
}
