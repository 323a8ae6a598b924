"""Reads {"name": source} from standard input; answers the nodes of each as CPython sees them.

A node is "kind detail start end", offsets in UTF-16 units; what NormLens's tree leaves out
(annotations of results, patterns, format specifications, type parameters) is left out here too.
"""

import ast
import json
import sys
import warnings

warnings.simplefilter("ignore")

SIGNS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Pow: "**", ast.MatMult: "@", ast.LShift: "<<", ast.RShift: ">>", ast.BitAnd: "&",
    ast.BitOr: "|", ast.BitXor: "^",
}  # fmt: skip
PLAIN = {
    ast.Call: "call", ast.UnaryOp: "unary", ast.Await: "unary", ast.IfExp: "conditional",
    ast.NamedExpr: "named", ast.Yield: "yield", ast.YieldFrom: "yield", ast.Subscript: "subscript",
    ast.Expr: "expression", ast.For: "for", ast.AsyncFor: "for", ast.While: "while", ast.If: "if",
    ast.Return: "return", ast.Pass: "other", ast.Break: "other", ast.Continue: "other",
    ast.Raise: "other", ast.Assert: "other", ast.AnnAssign: "assign 1", ast.JoinedStr: "string",
}  # fmt: skip
COUNTED = {
    ast.List: ("list", "elts"), ast.Set: ("set", "elts"), ast.Dict: ("dict", "keys"),
    ast.Compare: ("compare", "ops"), ast.Assign: ("assign", "targets"),
    ast.With: ("with", "items"), ast.AsyncWith: ("with", "items"),
    ast.Import: ("import", "names"), ast.ImportFrom: ("import", "names"),
    ast.ListComp: ("comprehension", "generators"), ast.SetComp: ("comprehension", "generators"),
    ast.DictComp: ("comprehension", "generators"),
}  # fmt: skip


def constant(value):
    if isinstance(value, (str, bytes)):
        return "string"
    is_number = isinstance(value, (int, float, complex)) and not isinstance(value, bool)
    return "number" if is_number else "constant"


def label(node):
    kind = type(node)
    if kind in PLAIN:
        return PLAIN[kind]
    if kind in COUNTED:
        name, field = COUNTED[kind]
        return f"{name} {len(getattr(node, field))}"
    if kind is ast.Name:
        return f"name {node.id}"
    if kind is ast.Attribute:
        return f"attribute {node.attr}"
    if kind is ast.BinOp:
        return f"binary {SIGNS[type(node.op)]}"
    if kind is ast.AugAssign:
        return f"augmented {SIGNS[type(node.op)]}"
    return constant(node.value) if kind is ast.Constant else None


def children(node):
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return [*node.decorator_list, node.args, *node.body]
    if isinstance(node, ast.ClassDef):
        return [*node.decorator_list, *node.bases, *node.keywords, *node.body]
    if isinstance(node, ast.JoinedStr):
        return []
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
        return [node.value, *node.slice.elts]
    return list(ast.iter_child_nodes(node))


def trees(text):
    starts = [0]
    lines = text.split("\n")
    for line in lines:
        starts.append(starts[-1] + len(line.encode("utf-16-le")) // 2 + 1)

    def offset(row, column):
        before = lines[row - 1].encode()[:column].decode()
        return starts[row - 1] + len(before.encode("utf-16-le")) // 2

    found = []
    rest = [ast.parse(text)]
    while rest:
        node = rest.pop()
        name = label(node)
        if name is not None:
            start = offset(node.lineno, node.col_offset)
            found.append(f"{name} {start} {offset(node.end_lineno, node.end_col_offset)}")
        rest.extend(children(node))
    return sorted(found)


def answer(text):
    try:
        return trees(text)
    except SyntaxError:
        return None


sys.setrecursionlimit(10_000)
print(json.dumps({name: answer(text) for name, text in json.load(sys.stdin).items()}))
