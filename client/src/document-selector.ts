/** Documents that the server reads. */
export const DOCUMENT_SELECTOR = [
  ...["python", "yaml", "json", "jsonc", "toml"].map((language) => ({ language })),
  ...["javascript", "javascriptreact", "typescript", "typescriptreact"].map((language) => ({
    language,
  })),
  // VS Code itself has no language of this name: without an extension such files are plain text.
  { pattern: "**/*.toml" },
];
