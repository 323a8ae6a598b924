/** Names and messages come from files: nothing in them is markup, nor ends the line. */
export function plainMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~&]/g, "\\$&").replace(/[\r\n]+/g, " ");
}

/** The same as code, which only a backtick would end. */
export function codeMarkdown(text: string): string {
  return `\`${text.replace(/[`\r\n]/g, " ")}\``;
}
