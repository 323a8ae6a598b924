import { Disposable, LanguageStatusSeverity, languages, Uri, window, workspace } from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import { SETTINGS_CHANGED, SETTINGS_STATUS, type SettingsStatus } from "../../core/protocol/lsp.ts";
import { DOCUMENT_SELECTOR } from "./document-selector.ts";
import { type ServerStatus, settingsStatusText } from "./settings-status-text.ts";

const SEVERITIES = {
  information: LanguageStatusSeverity.Information,
  warning: LanguageStatusSeverity.Warning,
  error: LanguageStatusSeverity.Error,
};

/** Shows, for the document at hand, whose settings rule it and how the server fares. */
export function createSettingsStatus(client: LanguageClient): Disposable {
  const item = languages.createLanguageStatusItem("normlens.settings", DOCUMENT_SELECTOR);
  item.name = "NormLens";
  /** Answers that come after a later question are about the past. */
  let asked = 0;

  const show = (status: ServerStatus) => {
    const { text, detail, severity, isBusy } = settingsStatusText(status);
    item.text = text;
    item.detail = detail;
    item.severity = SEVERITIES[severity];
    item.busy = isBusy;
    item.command = commandOf(status);
  };
  const update = async () => {
    asked += 1;
    const question = asked;
    if (client.state !== State.Running) {
      show({ kind: client.state === State.Starting ? "starting" : "stopped" });
      return;
    }
    const uri = window.activeTextEditor?.document.uri;
    if (uri === undefined) return;
    const params = { uri: client.code2ProtocolConverter.asUri(uri) };
    const settings = await client.sendRequest<SettingsStatus>(SETTINGS_STATUS, params);
    if (question === asked) show({ kind: "running", settings, shownFile: shownFile(settings) });
  };
  const refresh = () =>
    void update().catch((reason: unknown) => client.error("Settings status failed", reason, false));

  show({ kind: "starting" });
  return Disposable.from(
    item,
    client.onDidChangeState(refresh),
    client.onNotification(SETTINGS_CHANGED, refresh),
    window.onDidChangeActiveTextEditor(refresh),
  );
}

function shownFile({ file }: SettingsStatus): string | undefined {
  return file === undefined ? undefined : workspace.asRelativePath(Uri.parse(file));
}

/** Where the user goes from here: the file that rules, the editor's settings, or the log. */
function commandOf(status: ServerStatus) {
  if (status.kind !== "running") return { title: "Show Logs", command: "normlens.showLogs" };
  const { file } = status.settings;
  return file === undefined
    ? { title: "Settings", command: "workbench.action.openSettings", arguments: ["normlens"] }
    : { title: "Open", command: "vscode.open", arguments: [Uri.parse(file)] };
}
