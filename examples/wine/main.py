"""Runs the task that the command line names: `python main.py WinePipeline --local-scheduler`."""

import gokart

import wine.pipeline  # noqa: F401 (luigi looks tasks up by name, so they must be imported)

if __name__ == '__main__':
    gokart.add_config('./conf/param.ini')
    gokart.run()
