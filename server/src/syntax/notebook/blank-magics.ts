/** Cell magics whose cell is Python all the same. */
const PYTHON_CELLS = /^%%(?:time|timeit|capture|prun|python3?|mprun|memit)\b/;
/** Line magics, shell lines, help: `%matplotlib inline`, `!pip install x`, `?np.dot`, `np.dot?`. */
const MAGIC_LINE = /^\s*(?:[%!?].*|[\w.]+\?{1,2}\s*)$/;
/** `files = !ls` and `time = %timeit f()`; not the remainder of a division. */
const MAGIC_VALUE = /^(\s*[\w., ]+=\s*)([%!].*)$/;

const blank = (text: string) => text.replaceAll(/[^\r\n]/g, " ");

/**
 * The Python code of a notebook's cell: what IPython alone understands becomes blanks, so that every
 * other character stays where it is.
 */
export function blankMagics(cell: string): string {
  if (!/[%!?]/.test(cell)) return cell;
  const first = cell.trimStart();
  if (first.startsWith("%%") && !PYTHON_CELLS.test(first)) return blank(cell);
  let isContinued = false;
  return cell
    .split(/(?<=\n)/)
    .map((line) => {
      const code = line.replace(/\r?\n$/, "");
      const end = line.slice(code.length);
      const wasContinued = isContinued;
      const isMagic = wasContinued || MAGIC_LINE.test(code);
      isContinued = isMagic && code.endsWith("\\");
      if (isMagic) return blank(code) + end;
      const [, target, magic] = MAGIC_VALUE.exec(code) ?? [];
      if (target === undefined || magic === undefined) return line;
      isContinued = code.endsWith("\\");
      // The name is bound to something that nobody knows.
      return `${target}...${blank(magic).slice(3)}${end}`;
    })
    .join("");
}
