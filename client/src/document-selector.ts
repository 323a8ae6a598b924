/** Documents that the server reads. */
export const DOCUMENT_SELECTOR = [
  ...["python", "yaml", "json", "jsonc"],
  "toml", // VS Code itself does not know it: `package.json` contributes the name.
  ...["javascript", "javascriptreact", "typescript", "typescriptreact"],
].map((language) => ({ language }));
