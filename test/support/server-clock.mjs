// Loaded into the language server's process before the server (`node --import`): writes down how
// long the server itself takes from the arrival of a change to the writing of its findings.
import { writeFileSync } from "node:fs";

const times = [];
let begin;

process.stdin.on("newListener", function listen(event) {
  if (event !== "data") return;
  process.stdin.off("newListener", listen);
  process.stdin.prependListener("data", (chunk) => {
    if (begin === undefined && chunk.includes("textDocument/didChange")) begin = performance.now();
  });
});

const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (chunk, ...rest) => {
  if (begin !== undefined && chunk.includes('"items"')) {
    times.push(performance.now() - begin);
    begin = undefined;
  }
  return write(chunk, ...rest);
};

process.on("exit", () => {
  const file = process.env.NORMLENS_SERVER_CLOCK;
  if (file !== undefined) writeFileSync(file, JSON.stringify(times));
});
