import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CancellationTokenSource } from "vscode-languageserver";
import { slowProgress } from "../../../server/src/lsp/slow-progress.ts";

function connectionWith(cancel: CancellationTokenSource) {
  const reporter = () => ({
    begin: vi.fn(),
    report: vi.fn(),
    done: vi.fn(),
    token: cancel.token,
  });
  const [own, attached] = [reporter(), reporter()];
  const createWorkDoneProgress = vi.fn(async () => own);
  const attachWorkDoneProgress = vi.fn(() => attached);
  return { own, attached, window: { createWorkDoneProgress, attachWorkDoneProgress } };
}

function begun(workDoneToken?: string) {
  const [request, shown] = [new CancellationTokenSource(), new CancellationTokenSource()];
  const connection = connectionWith(shown);
  const log = { error: vi.fn(), warn: vi.fn(), info: vi.fn() };
  const progress = slowProgress(
    { window: connection.window, log },
    { title: "Reading", workDoneToken, token: request.token },
  );
  return { ...connection, request, shown, progress, log };
}

describe("slowProgress()", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("shows nothing of work that is done within a second", async () => {
    const { progress, window } = begun();
    await vi.advanceTimersByTimeAsync(900);
    progress.report(0.5);
    progress.done();
    expect(window.createWorkDoneProgress).not.toHaveBeenCalled();
  });

  test("shows longer work once, and ends it", async () => {
    const { progress, own } = begun();
    await vi.advanceTimersByTimeAsync(1000);
    progress.report(0.25);
    await vi.advanceTimersByTimeAsync(1);
    progress.report(0.5);
    expect(own.begin.mock.calls).toEqual([["Reading", 0, undefined, true]]);
    expect(own.report.mock.calls).toEqual([[50]]);
    progress.done();
    expect(own.done).toHaveBeenCalledOnce();
  });

  test("ends what the editor was ready to show too late", async () => {
    const { progress, own } = begun();
    await vi.advanceTimersByTimeAsync(1000);
    progress.report(0.9);
    progress.done();
    await vi.advanceTimersByTimeAsync(1);
    expect(own.done).toHaveBeenCalledOnce();
  });

  test("is cancelled with the request, and with what is shown", async () => {
    const first = begun();
    expect(first.progress.isCancelled()).toBe(false);
    first.request.cancel();
    expect(first.progress.isCancelled()).toBe(true);
    const second = begun();
    await vi.advanceTimersByTimeAsync(1000);
    second.progress.report(0.5);
    await vi.advanceTimersByTimeAsync(1);
    second.shown.cancel();
    expect(second.progress.isCancelled()).toBe(true);
  });

  test("reports under the token of a client that has one, from the start", () => {
    const { progress, attached, window } = begun("t");
    expect(window.attachWorkDoneProgress).toHaveBeenCalledWith("t");
    progress.report(0.1);
    progress.done();
    expect(attached.report.mock.calls).toEqual([[10]]);
    expect(attached.done).toHaveBeenCalledOnce();
    expect(window.createWorkDoneProgress).not.toHaveBeenCalled();
  });

  test("says in the log that an editor refused to show it", async () => {
    const { progress, window, log } = begun();
    window.createWorkDoneProgress.mockRejectedValueOnce(new RangeError("no"));
    await vi.advanceTimersByTimeAsync(1000);
    progress.report(0.5);
    await vi.advanceTimersByTimeAsync(1);
    expect(log.warn).toHaveBeenCalledWith("Progress cannot be shown: RangeError: no");
  });
});
