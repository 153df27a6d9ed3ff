"""Runs one command and writes what it cost to a file: the exit status, CPU and wall seconds, the peak of memory in bytes.

A process of its own, started with `python -I -S`, because Linux counts the memory of the process that starts a command towards that
command's peak: this one is smaller than anything that is measured. The CPU time holds the command's own processes too, once it has
waited for them; the memory is that of the largest one.
"""

import os
import sys
import time


def main() -> None:
    """`launcher.py RESULT OUTPUT COMMAND...`: the command's standard output goes to the file OUTPUT, its errors to OUTPUT.err."""
    result, output, *command = sys.argv[1:]
    actions = [
        (os.POSIX_SPAWN_OPEN, number, path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        for number, path in ((1, output), (2, f'{output}.err'))
    ]
    start = time.perf_counter()
    _, status, usage = os.wait4(os.posix_spawn(command[0], command, os.environ, file_actions=actions), 0)
    wall = time.perf_counter() - start
    memory = usage.ru_maxrss * (1 if sys.platform == 'darwin' else 1024)
    with open(result, 'w') as file:
        file.write(f'{os.waitstatus_to_exitcode(status)} {usage.ru_utime + usage.ru_stime} {wall} {memory}')


main()
