"""Faults in code: a condition dropped or turned round, a bound moved, a hat swapped, an `and` for an `or`, a step left out.

A fault is laid by giving the living function another code object, so that whoever imported it sees it too.
"""

import ast
import gc
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from klimtouw.access.table import Hat
from klimtouw.people.composed import Composed
from tests.mutants.mutant import Mutant

TURNED: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.And: ast.Or, ast.Or: ast.And, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
BOUNDS = {"__lte": "__lt", "__lt": "__lte", "__gte": "__gt", "__gt": "__gte"}
PASSED_BY = ("annotation", "ctx")
"""A type decides nothing while the code runs."""
HATS = list(Hat.__members__)
TRUE, FALSE = ast.Constant(True), ast.Constant(False)
Replacement = tuple[str, ast.AST]


def mutants(module: ModuleType) -> Iterator[Mutant]:
    """Return every fault of one place in the functions and methods of a module."""
    path = Path(inspect.getfile(module))
    tree = ast.parse(path.read_text())
    where = f"{path.parent.name}/{path.name}"
    for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
        living = _living(module, function.name)
        if living is None:
            continue
        for fault, code in _faulty(tree, function, str(path)):
            if code.co_freevars != living.__code__.co_freevars:
                continue  # Python lays only code that looks outside itself in the same way
            yield Mutant(f"{where} {function.name}", fault, _laying(living, code))


def _living(module: ModuleType, name: str) -> FunctionType | None:
    owners = [
        module,
        *(
            each
            for each in vars(module).values()
            if inspect.isclass(each) and each.__module__ == module.__name__
        ),
    ]
    for owner in owners:
        found = vars(owner).get(name)
        found = found.plainly if isinstance(found, Composed) else found
        if isinstance(found, FunctionType):
            return found
    return None


def _laying(living: FunctionType, code: CodeType) -> Callable[[], None]:
    def lay() -> None:
        living.__code__ = code
        forget_what_was_composed()

    return lay


def forget_what_was_composed() -> None:
    """A query that was composed before the fault would hide it."""
    for each in gc.get_objects():
        if type(each) is Composed:  # to ask a lazy object what it is would wake it up
            each._text.cache_clear()


def _faulty(tree: ast.Module, function: ast.FunctionDef, path: str) -> Iterator[tuple[str, CodeType]]:
    for node, field, at in list(_places(function)):
        there = getattr(node, field) if at is None else getattr(node, field)[at]
        for fault, instead in _replacements(there):
            before = f"{ast.unparse(there).splitlines()[0]} → {fault}"
            _put(node, field, at, instead)
            ast.fix_missing_locations(tree)
            code = _code_of(compile(tree, path, "exec"), function.name)
            _put(node, field, at, there)
            yield before, code


def _places(function: ast.FunctionDef) -> Iterator[tuple[ast.AST, str, int | None]]:
    """Walk the body of a function: its signature and docstring decide nothing."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    for statement in body:
        yield function, "body", function.body.index(statement)
        for node in _walk(statement):
            for field, value in ast.iter_fields(node):
                if field in PASSED_BY:
                    continue
                if isinstance(value, ast.AST):
                    yield node, field, None
                elif isinstance(value, list):
                    yield from (
                        (node, field, at) for at, each in enumerate(value) if isinstance(each, ast.AST)
                    )


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for field, value in ast.iter_fields(node):
        if field not in PASSED_BY:
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, ast.AST):
                    yield from _walk(each)


def _put(node: ast.AST, field: str, at: int | None, value: ast.AST) -> None:
    if at is None:
        setattr(node, field, value)
    else:
        getattr(node, field)[at] = value


def _code_of(code: CodeType, name: str) -> CodeType:
    for const in code.co_consts:
        if isinstance(const, CodeType):
            if const.co_name == name:
                return const
            if const.co_name[0].isupper():  # a class: its methods are inside
                for inner in const.co_consts:
                    if isinstance(inner, CodeType) and inner.co_name == name:
                        return inner
    raise LookupError(name)


def _replacements(node: ast.AST) -> Iterator[Replacement]:
    if maker := MAKERS.get(type(node).__name__):
        yield from maker(node)


def _of_compare(node: ast.Compare) -> Iterator[Replacement]:
    for at, op in enumerate(node.ops):
        if instead := TURNED.get(type(op)):
            ops = [*node.ops[:at], instead(), *node.ops[at + 1 :]]
            yield _told(ast.Compare(node.left, ops, node.comparators))


def _of_bool(node: ast.BoolOp) -> Iterator[Replacement]:
    yield _told(ast.BoolOp(TURNED[type(node.op)](), node.values))
    yield from (_told(value) for value in node.values)


def _of_binary(node: ast.BinOp) -> Iterator[Replacement]:
    if type(node.op) in TURNED:
        yield _told(ast.BinOp(node.left, TURNED[type(node.op)](), node.right))
        yield from (_told(value) for value in (node.left, node.right))


def _of_unary(node: ast.UnaryOp) -> Iterator[Replacement]:
    yield _told(node.operand)


def _of_if(node: ast.If) -> Iterator[Replacement]:
    for always in (TRUE, FALSE):
        yield f"if {always.value}", ast.If(always, node.body, node.orelse)


def _of_choice(node: ast.IfExp) -> Iterator[Replacement]:
    yield from (_told(value) for value in (node.body, node.orelse))


def _of_constant(node: ast.Constant) -> Iterator[Replacement]:
    if isinstance(node.value, str):
        for ending, other in BOUNDS.items():
            if node.value.endswith(ending):
                yield _told(ast.Constant(node.value.removesuffix(ending) + other))


def _of_attribute(node: ast.Attribute) -> Iterator[Replacement]:
    if ast.unparse(node.value) == "Hat" and node.attr in HATS:
        yield from (_told(ast.Attribute(node.value, other, node.ctx)) for other in HATS if other != node.attr)


def _of_call(node: ast.Call) -> Iterator[Replacement]:
    called = ast.unparse(node.func)
    if called == "Q" or called.endswith(".filter"):
        yield from _with_one_condition_less(node)
    if called == "frozenset" and node.args:
        yield _told(ast.Call(node.func, [], []))
    if called == "bool":
        yield _told(TRUE)
        yield _told(FALSE)
    if called == "min":
        yield _told(ast.Call(ast.Name("max", ast.Load()), node.args, []))


def _with_one_condition_less(node: ast.Call) -> Iterator[Replacement]:
    if len(node.args) + len(node.keywords) > 1:
        for at in range(len(node.args)):
            yield _told(ast.Call(node.func, [*node.args[:at], *node.args[at + 1 :]], node.keywords))
        for at in range(len(node.keywords)):
            yield _told(ast.Call(node.func, node.args, [*node.keywords[:at], *node.keywords[at + 1 :]]))


def _of_comprehension(node: ast.comprehension) -> Iterator[Replacement]:
    if node.ifs:
        yield _told(ast.comprehension(node.target, node.iter, [], node.is_async))


def _of_statement(node: ast.Expr) -> Iterator[Replacement]:
    if isinstance(node.value, ast.Call):
        yield "left out", ast.Pass()


def _of_raise(node: ast.Raise) -> Iterator[Replacement]:
    yield "left out", ast.Pass()


def _told(node: ast.AST) -> Replacement:
    return ast.unparse(ast.fix_missing_locations(node)), node


MAKERS: dict[str, Callable[[Any], Iterator[Replacement]]] = {
    "Compare": _of_compare, "BoolOp": _of_bool, "BinOp": _of_binary, "UnaryOp": _of_unary, "If": _of_if,
    "IfExp": _of_choice, "Constant": _of_constant, "Attribute": _of_attribute, "Call": _of_call,
    "comprehension": _of_comprehension, "Expr": _of_statement, "Raise": _of_raise,
}  # fmt: skip
