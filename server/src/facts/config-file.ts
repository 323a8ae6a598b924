import { type ConfigView, configView } from "../config/config-view.ts";
import { CONFIG_MENTIONS, mayBeConfig } from "../config/may-be-config.ts";
import type { Extractor } from "./extractor.ts";

/** A config file as a whole, for what is wrong between its keys. */
export interface ConfigFileFact extends ConfigView {
  readonly kind: "configFile";
}

export const configFileFacts: Extractor<ConfigFileFact> = {
  kind: "configFile",
  languages: ["yaml", "json", "toml", "python"],
  pythonMentions: CONFIG_MENTIONS,
  extract(syntax, document) {
    const view = mayBeConfig(document) ? configView(syntax, document) : undefined;
    return view === undefined ? [] : [{ ...view, kind: "configFile" }];
  },
};
