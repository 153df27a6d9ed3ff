"""Fetches real gokart code to lint: published packages that use gokart, from PyPI, and gokart's own source.

    python -m benchmarks.corpus [FOLDER]

Nothing of it is run or committed: `.corpus/` is ignored by git. What is there already is not fetched again.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import subprocess
import sys
import tempfile
import zipfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

FOLDER = Path(__file__).parent.parent / '.corpus'
PACKAGES = ('redshells==0.1.22', 'thunderbolt==0.1.2', 'kannon==0.1.4', 'gokart-pipeliner==0.0.8')
# Some of these packages say that they support no newer Python. Their code is only read here, so any Python may fetch it.
WHEEL = ('--only-binary', ':all:', '--python-version', '3.9')


class Failed(Exception):
    """A package cannot be had."""


def main() -> int:
    """The command line: 1 if a package is lacking at the end."""
    parser = argparse.ArgumentParser(description='Fetch real gokart code to lint.')
    parser.add_argument('folder', type=Path, nargs='?', default=FOLDER)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    for package in PACKAGES:
        try:
            report(fetched(package, folder))
        except Failed as failure:
            failed += 1
            print(failure, file=sys.stderr)
    copied = own_gokart(folder)
    if copied:
        report(copied)
    else:
        print('gokart: not installed here, so its own source is left out', file=sys.stderr)
    return 1 if failed or not copied else 0


def report(target: Path) -> None:
    """Say what is there, and how much of it."""
    print(f'{target.name}: {sum(1 for _ in target.rglob("*.py"))} Python files in {target}')


def fetched(package: str, folder: Path) -> Path:
    """The folder `NAME-VERSION` with the package's source, fetched if it is not there yet."""
    target = folder / package.replace('==', '-')
    if not target.is_dir():
        with tempfile.TemporaryDirectory(dir=folder, prefix='.fetching-') as scratch:
            unpacked = Path(scratch, 'unpacked')
            with zipfile.ZipFile(downloaded(package, Path(scratch))) as wheel:
                wheel.extractall(unpacked)
            unpacked.rename(target)  # only a package that is complete gets its name
    return target


def downloaded(package: str, folder: Path) -> Path:
    """The package's wheel."""
    command = [sys.executable, '-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--dest', str(folder)]
    done = subprocess.run([*command, *WHEEL, package], capture_output=True, text=True, check=False)
    wheels = list(folder.glob('*.whl'))
    if done.returncode or not wheels:
        reason = '\n'.join(f'  {line}' for line in done.stderr.strip().splitlines()[-3:])
        raise Failed(f'{package}: pip cannot download it. Is there a network, and an index that has it? pip says:\n{reason}')
    return wheels[0]


def own_gokart(folder: Path) -> Path | None:
    """A copy of the gokart that is installed beside this Python."""
    try:
        target = folder / f'gokart-{version("gokart")}'
    except PackageNotFoundError:
        return None
    found = importlib.util.find_spec('gokart')
    if found is None or not found.submodule_search_locations:
        return None
    if not target.is_dir():
        shutil.copytree(found.submodule_search_locations[0], target / 'gokart', ignore=shutil.ignore_patterns('__pycache__'))
    return target


if __name__ == '__main__':
    sys.exit(main())
