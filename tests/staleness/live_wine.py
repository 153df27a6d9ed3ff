"""Runs states of the wine pipeline with gokart itself, each in a process of its own that starts with everything imported.

`python live_wine.py` reads a list of jobs as JSON, `[{"folder": ..., "workspace": ...}]`, and prints what each one built: by class the
unique id, the path of the output, a digest of the value, and the id that `serialized_task_definition_check` would give.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import pickle
import sys
from typing import Any

import gokart
import luigi
import luigi.task_register

for _name in ('pandas', 'sklearn.datasets', 'sklearn.linear_model', 'sklearn.metrics', 'sklearn.model_selection', 'sklearn.preprocessing'):
    importlib.import_module(_name)  # so that no job imports it again

_configuration: Any = luigi.configuration
_registry: Any = luigi.task_register.Register

PARAMETERS: dict[str, Any] = {'test_share': 0.3, 'regularisation': 1.0, 'seed': 0}


def built(folder: str, workspace: str) -> dict[str, dict[str, str]]:
    """Build the pipeline of one state in a workspace."""
    os.chdir(folder)
    sys.path.insert(0, folder)
    _configuration.get_config().set('TaskOnKart', 'workspace_directory', workspace)
    import wine.pipeline  # type: ignore[import-not-found, unused-ignore]

    make = wine.pipeline.WinePipeline
    tasks = _all(make(**PARAMETERS))
    gokart.build(make(**PARAMETERS), log_level=50, reset_register=False)
    found = {name: {'id': task.make_unique_id(), **_output(task)} for name, task in tasks.items()}
    _configuration.get_config().set('TaskOnKart', 'serialized_task_definition_check', 'true')
    _registry.clear_instance_cache()
    for name, task in _all(make(**PARAMETERS)).items():
        found[name]['checked_id'] = task.make_unique_id()
    return found


def _all(root: gokart.TaskOnKart[Any]) -> dict[str, gokart.TaskOnKart[Any]]:
    found: dict[str, gokart.TaskOnKart[Any]] = {}
    pending = [root]
    while pending:
        task = pending.pop()
        found[type(task).__name__] = task
        pending += gokart.utils.flatten(task.requires())
    return found


def _output(task: gokart.TaskOnKart[Any]) -> dict[str, str]:
    target: Any = task.output()
    path = target.path()
    with open(path, 'rb') as file:
        data = file.read()
    value = data if path.endswith('.csv') else pickle.dumps(target.load())
    return {'path': os.path.relpath(path, task.workspace_directory), 'value': hashlib.sha256(value).hexdigest()}


def _run(job: dict[str, str]) -> str:
    """One job in a child of this process."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            text = json.dumps(built(job['folder'], job['workspace']))
            with open(write, 'w', encoding='utf-8') as file:
                file.write(text)
            status = 0
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(write)
    with open(read, encoding='utf-8') as file:
        text = file.read()
    if os.waitpid(child, 0)[1] != 0:
        sys.exit(f'{job["folder"]} could not be built')
    return text


if __name__ == '__main__':
    print(json.dumps([json.loads(_run(job)) for job in json.load(sys.stdin)]))
