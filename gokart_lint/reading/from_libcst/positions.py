"""Where each node stands, from one run of libcst's own code generator.

libcst 1.9's PositionProvider counts lines at every token and takes longer than the parse. Here the generator only notes how many
tokens came before and after a node; the offsets of the tokens are then summed once, and a place is looked up where it is asked for.
"""

from __future__ import annotations

from itertools import accumulate
from types import TracebackType

import libcst as cst
from libcst._nodes.internal import CodegenState

from gokart_lint.facts import Span
from gokart_lint.reading.text import Lines


class _Recorder(CodegenState):
    """Notes token numbers. Its marks nest like the calls of the generator, so one object on a stack serves them all."""

    def __init__(self, module: cst.Module) -> None:
        super().__init__(default_indent=module.default_indent, default_newline=module.default_newline)
        self.bounds: dict[int, tuple[int, int]] = {}
        self.comments: list[int] = []
        self._open: list[tuple[cst.CSTNode, cst.CSTNode | None, int]] = []

    def before_codegen(self, node: cst.CSTNode) -> None:
        if type(node) is cst.Comment:
            self.comments.append(len(self.tokens))
        elif type(node) is cst.LeftParen:
            self.bounds[id(node)] = (len(self.tokens), len(self.tokens) + 1)

    def after_codegen(self, node: cst.CSTNode) -> None:
        if type(node) is cst.RightParen:
            self.bounds[id(node)] = (len(self.tokens) - 1, len(self.tokens))

    def record_syntactic_position(  # type: ignore[override]
        self, node: cst.CSTNode, *, start_node: cst.CSTNode | None = None, end_node: cst.CSTNode | None = None
    ) -> _Recorder:
        self._open.append((node, end_node, len(self.tokens)))
        return self

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        node, end_node, start = self._open.pop()
        end = len(self.tokens) if end_node is None or id(end_node) not in self.bounds else self.bounds[id(end_node)][1]
        self.bounds[id(node)] = (start, end)


class Positions:
    """The places of the nodes of one module.

    They are counted in the text that libcst generates. libcst 1.9 loses the blank before the colon of `except (A, B) :`; all other lines
    are those of the file, to the character.
    """

    def __init__(self, module: cst.Module) -> None:
        recorder = _Recorder(module)
        module._codegen(recorder)
        self._bounds = recorder.bounds
        self._offsets = [0, *accumulate(map(len, recorder.tokens))]
        self.lines = Lines(''.join(recorder.tokens))
        self.comments = [(self._token_span(index), recorder.tokens[index]) for index in recorder.comments]

    def span(self, node: cst.CSTNode) -> Span:
        """The span of a node without the parentheses around it, as Python's own `ast` counts it."""
        start, end = self._bounds[id(node)]
        return self.lines.span(self._offsets[start], self._offsets[end])

    def with_parentheses(self, node: cst.Tuple | cst.GeneratorExp) -> Span:
        """The span of a node that its parentheses belong to, as Python's own `ast` counts it."""
        if not node.lpar:
            return self.span(node)
        start, _ = self._bounds[id(node.lpar[-1])]
        _, end = self._bounds[id(node.rpar[0])]
        return self.lines.span(self._offsets[start], self._offsets[end])

    def behind(self, node: cst.CSTNode, sign: str) -> tuple[int, int]:
        """The line and column of the first `sign` behind a node."""
        end = self._offsets[self._bounds[id(node)][1]]
        return self.lines.place(self.lines.text.index(sign, end))

    def _token_span(self, index: int) -> Span:
        return self.lines.span(self._offsets[index], self._offsets[index + 1])
