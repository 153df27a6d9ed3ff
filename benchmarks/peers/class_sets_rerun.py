"""The one rule that Fixit runs in the benchmark: it looks at the body of every class, and asks for no metadata of its own."""

import libcst as cst
from fixit import LintRule


class ClassSetsRerun(LintRule):
    """What GK301 is in its simplest form."""

    MESSAGE = 'rerun = True deletes a cache that another run may be reading'

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        """Report each plain `rerun = ...` of a class body."""
        for line in node.body.body:
            for statement in line.body if isinstance(line, cst.SimpleStatementLine) else ():
                if isinstance(statement, cst.Assign) and any(self._is_rerun(target.target) for target in statement.targets):
                    self.report(statement)

    @staticmethod
    def _is_rerun(target: cst.BaseAssignTargetExpression) -> bool:
        return isinstance(target, cst.Name) and target.value == 'rerun'
