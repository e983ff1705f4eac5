"""Prints the house's figures for src/quarterday, beside what good houses have: a mirror, not a gate."""

import ast
import io
import tokenize
from collections.abc import Iterable
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[1]
LAYOUT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}
MANY_ARGUMENTS = 5

Function = ast.FunctionDef | ast.AsyncFunctionDef
Sized = tuple[int, str]


def percentile(sizes: list[int], percent: int) -> float:
    """The size that ``percent`` of the sizes do not pass."""
    return quantiles(sizes, n=100, method="inclusive")[percent - 1] if len(sizes) > 1 else sizes[0]


def docstring_lines(node: ast.AST) -> set[int]:
    """The lines of the node's docstring; none where it has none."""
    match node:
        case ast.Module(body=body) | ast.ClassDef(body=body) | ast.FunctionDef(body=body):
            pass
        case ast.AsyncFunctionDef(body=body):
            pass
        case _:
            return set()
    match body:
        case [ast.Expr(value=ast.Constant(value=str())) as first, *_]:
            return set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return set()


def code_lines(text: str, tree: ast.Module) -> int:
    """Lines that hold code: no blank line, comment or docstring."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    lines = {line for t in tokens if t.type not in LAYOUT for line in range(t.start[0], t.end[0] + 1)}
    return len(lines.difference(*map(docstring_lines, ast.walk(tree))))


def length(function: Function) -> int:
    """Lines from ``def`` to the end, less the docstring."""
    return (function.end_lineno or function.lineno) - function.lineno + 1 - len(docstring_lines(function))


def functions(tree: ast.Module) -> list[Function]:
    """Every function and method, nested ones too."""
    return [node for node in ast.walk(tree) if isinstance(node, Function)]


def is_typed(function: Function) -> bool:
    """Whether the result and every argument but self and cls has a type."""
    given = function.args
    arguments = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    untyped = {a.arg for a in arguments if a is not None and a.annotation is None}
    return function.returns is not None and untyped <= {"self", "cls"}


def spread(sized: Iterable[Sized]) -> str:
    """Median, p90, p99 and the largest with its name."""
    ordered = sorted(sized)
    if not ordered:
        return "none"
    sizes = [size for size, _ in ordered]
    p90, p99 = (percentile(sizes, percent) for percent in (90, 99))
    return f"median {median(sizes):g}, p90 {p90:.0f}, p99 {p99:.0f}, largest {sizes[-1]} ({ordered[-1][1]})"


def parsed(folder: str, pattern: str) -> dict[str, tuple[str, ast.Module]]:
    """Each file's text and tree, under its path inside ``folder``."""
    base = ROOT / folder
    texts = {str(path.relative_to(base)): path.read_text("utf-8") for path in base.rglob(pattern)}
    return {name: (text, ast.parse(text, name)) for name, text in texts.items() if "migrations/" not in name}


def main() -> None:
    """Print the table: what, good houses, ours."""
    files = parsed("src/quarterday", "*.py")
    ours = [(f, f"{name}: {f.name}") for name, (_, tree) in files.items() for f in functions(tree)]
    tests = [
        (length(f), f"{name}: {f.name}")
        for name, (_, tree) in parsed("tests", "test_*.py").items()
        for f in functions(tree)
        if f.name.startswith("test_")
    ]
    wide = [n for f, n in ours if len(f.args.posonlyargs + f.args.args) > MANY_ARGUMENTS]
    typed = sum(is_typed(f) for f, _ in ours) / max(len(ours), 1)
    rows = [
        ("", "good houses", "ours"),
        ("lines a function", "median <= 7, p90 <= 22, p99 <= 60", spread((length(f), n) for f, n in ours)),
        (
            "code lines a file",
            "median about 90, few over 400",
            spread((code_lines(*f), n) for n, f in files.items()),
        ),
        ("over five positional", "none: past five, a frozen config", ", ".join(wide) or "none"),
        ("signatures typed", "all", f"{typed:.0%} of {len(ours)}"),
        ("lines a test", "median about 11", f"{spread(tests)}; {len(tests)} tests"),
    ]
    for what, wanted, figure in rows:
        print(f"{what:22}{wanted:36}{figure}")


if __name__ == "__main__":
    main()
