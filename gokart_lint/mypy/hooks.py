"""mypy's hooks, and nothing else: from a full name to the feature that answers for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mypy.errors import CompileError
from mypy.nodes import MypyFile
from mypy.options import Options
from mypy.plugin import (
    ClassDefContext,
    FunctionContext,
    FunctionSigContext,
    MethodContext,
    MethodSigContext,
    Plugin,
    ReportConfigContext,
)
from mypy.types import FunctionLike, Type

from gokart_lint.mypy import configuration, mutation, names
from gokart_lint.mypy.classes import TaskClasses
from gokart_lint.mypy.cloning import Cloning
from gokart_lint.mypy.collecting import Collector
from gokart_lint.mypy.configuration import GivenByConfiguration
from gokart_lint.mypy.construction import Construction
from gokart_lint.mypy.declaring import Declaring
from gokart_lint.mypy.dumping import Dumping
from gokart_lint.mypy.guarding import guarded
from gokart_lint.mypy.leaning import Leaning
from gokart_lint.mypy.loading import Loading
from gokart_lint.mypy.project_model import ProjectModel
from gokart_lint.mypy.replacing import replace_others
from gokart_lint.mypy.settings import PluginSettings, SettingsError, load_settings
from gokart_lint.mypy.types import Types
from gokart_lint.mypy.wiring import Wiring

ClassHook = Callable[[ClassDefContext], None]
FunctionSignatureHook = Callable[[FunctionSigContext], FunctionLike]
FunctionHook = Callable[[FunctionContext], Type]
MethodSignatureHook = Callable[[MethodSigContext], FunctionLike]
MethodHook = Callable[[MethodContext], Type]


class GokartPlugin(Plugin):
    """Types the wiring of gokart's tasks."""

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self._wrong: SettingsError | None = None
        try:
            self._settings = load_settings(options.config_file)
        except SettingsError as error:
            self._settings, self._wrong = PluginSettings('.', missing_parameters='never'), error
        self._report: list[Any] | None = None
        self._has_replaced = False
        self._model = model = ProjectModel(self._settings.root, _cache(options))
        self._given = GivenByConfiguration(self._settings, model)
        self._types = Types(self)
        collector = Collector(self, self._types)
        classes = TaskClasses(collector, self._types, self._given, Leaning(model, _cache(options)), self._settings)
        declaring = Declaring(collector, classes, self._types)
        construction = Construction(collector, self._types, self._given)
        self._wiring = Wiring(self, collector, self._types)
        loading, cloning = Loading(self._wiring, self._types), Cloning(collector, self._types)

        self._silencing = classes.silencing
        self._leaning = classes.leaning
        self._of_base = classes.of_base
        self._declaration = guarded(declaring.signature), guarded(declaring.result)
        self._construction = guarded(construction.signature), guarded(construction.result)
        self._signatures: dict[str, MethodSignatureHook] = {
            'load': guarded(loading.signature),
            'load_generator': guarded(loading.signature),
            'dump': guarded(Dumping(self._wiring, self._types).signature),
            'clone': guarded(cloning.signature),
        }
        self._results: dict[str, MethodHook] = {
            'load': guarded(loading.load),
            'load_generator': guarded(loading.load_generator),
            'input': guarded(loading.input),
            'clone': guarded(cloning.result),
        }
        mutating = mutation.Mutation(collector)
        self._added = guarded(mutating.added)
        self._containers: dict[str, MethodHook] = {
            **dict.fromkeys(mutation.MUTATORS, guarded(mutating.result)),
            'builtins.dict.__getitem__': guarded(loading.item),
        }

    def set_modules(self, modules: dict[str, MypyFile]) -> None:
        """mypy says what it knows, once a run: all plugins are loaded, and none was asked anything."""
        super().set_modules(modules)
        if not self._has_replaced:
            replace_others(self.options)
            self._has_replaced = True

    def get_additional_deps(self, file: MypyFile) -> list[tuple[int, str, int]]:
        """mypy asks when it has read a file: the first moment at which an error of ours is shown without a traceback."""
        self._complain()
        self._silencing.renew()  # an update of the daemon begins here
        self._model.forget()
        return []

    def report_config_data(self, ctx: ReportConfigContext) -> Any:
        """What the results of one module rest on beside the code: nothing in one that knows no tasks."""
        self._complain()
        if not configuration.may_hold_tasks(ctx.path):
            return None
        if self._report is None:
            self._report = [self._settings.report(), self._given.report()]
        return [*self._report, self._leaning.report(ctx.path, is_check=ctx.is_check)]

    def _complain(self) -> None:
        if self._wrong is not None:
            raise CompileError([f'{self._wrong}'], use_stdout=True)

    def get_base_class_hook(self, fullname: str) -> ClassHook | None:
        info = self._types.base(fullname)
        return self._of_base if info is not None and names.is_task(info) else None

    def get_function_signature_hook(self, fullname: str) -> FunctionSignatureHook | None:
        info = self._types.info(fullname)
        if info is None:
            return None
        return self._declaration[0] if names.is_parameter(info) else self._construction[0] if names.is_task(info) else None

    def get_function_hook(self, fullname: str) -> FunctionHook | None:
        info = self._types.info(fullname)
        if info is None:
            return None
        return self._declaration[1] if names.is_parameter(info) else self._construction[1] if names.is_task(info) else None

    def get_method_signature_hook(self, fullname: str) -> MethodSignatureHook | None:
        if fullname == 'builtins.list.__add__':
            return self._added
        return self._signatures[fullname.rpartition('.')[2]] if self._is_of_task(fullname, self._signatures) else None

    def get_method_hook(self, fullname: str) -> MethodHook | None:
        if fullname in self._containers:
            return self._containers[fullname]
        return self._results[fullname.rpartition('.')[2]] if self._is_of_task(fullname, self._results) else None

    def _is_of_task(self, fullname: str, features: Any) -> bool:
        """Whether a method is gokart's own and has a feature: a project's override means what it says."""
        owner, _, method = fullname.rpartition('.')
        if method not in features:
            return False
        info = self._types.info(owner)
        return info is not None and names.is_gokart_task(info) and self._wiring.is_gokarts(info, method)


def _cache(options: Options) -> Path | None:
    return None if options.cache_dir == os.devnull else Path(options.cache_dir) / 'gokart-lint'
