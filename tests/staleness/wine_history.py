"""A history of the wine example: what people do to a pipeline, one edit a commit, with the verdicts that are right."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

WINE = Path(__file__).parent.parent.parent / 'examples' / 'wine'

FEATURES = '''\
"""What the tasks share."""

LIMIT = 13.0


def clip(rows):
    """Cut what is too large off."""
    return rows.assign(alcohol=rows['alcohol'].clip(upper=LIMIT))
'''
LIMIT_IMPORT = 'from wine.features import LIMIT'
READING = """dropped = json.loads(Path('conf/dropped.json').read_text())
        return clip(load_wine(as_frame=True).frame.drop(columns=dropped))"""


class Edit(NamedTuple):
    """One commit: `changes` are texts to replace, file by file. `verdicts` are those of the tasks that it touches itself."""

    title: str
    changes: tuple[tuple[str, str, str], ...]
    verdicts: Mapping[str, str] = MappingProxyType({})


PREPARATION = Edit(
    'a helper, a constant and a JSON file, as larger pipelines have them',
    (
        ('wine/features.py', '', FEATURES),
        ('conf/dropped.json', '', '["ash"]\n'),
        ('wine/data.py', 'from typing import NamedTuple\n', 'import json\nfrom pathlib import Path\nfrom typing import NamedTuple\n'),
        ('wine/data.py', 'import StandardScaler\n', 'import StandardScaler\n\nfrom wine.features import clip\n'),
        ('wine/data.py', 'return load_wine(as_frame=True).frame', READING),
    ),
)

VERSION = 'version: luigi.IntParameter = luigi.IntParameter(default={})'
TRAINING = '\n\n    def run(self) -> None:\n        self.dump(self._run(self.load(self.wine),'
SPLIT_CALL = "(wine, test_size=test_share, random_state=seed, stratify=wine['target'])"
WIDE_CALL = """(
            wine,
            random_state=seed,
            stratify=wine["target"],
            test_size=test_share,
        )"""
RUN = '    def run(self) -> None:\n        self.dump(self._run())\n'
ABOVE_SPLIT = {'ScaleWine': 'downstream', 'TrainModel': 'downstream', 'EvaluateModel': 'downstream'}
ABOVE_SCALE = {'TrainModel': 'downstream', 'EvaluateModel': 'downstream'}

EDITS = (
    Edit(
        'a comment and a docstring',
        (('wine/data.py', '    """The 178 wines, 13 measurements each."""', '    # as scikit-learn has it\n    """The wines."""'),),
    ),
    Edit('another layout', (('wine/data.py', SPLIT_CALL, WIDE_CALL),)),
    Edit('a renamed local', (('wine/data.py', 'measurements', 'columns'),)),
    Edit(
        'a log line',
        (('wine/model.py', '        model = Logistic', "        print('training on', len(wine.train))\n        model = Logistic"),),
    ),
    Edit('annotations', (('wine/model.py', '(wine: Split, *, regularisation: float) -> LogisticRegression', '(wine, *, regularisation)'),)),
    Edit(
        'methods in another order',
        (
            ('wine/data.py', f'{RUN}\n    @staticmethod\n    def _run() ->', '    @staticmethod\n    def _run() ->'),
            ('wine/data.py', '.drop(columns=dropped))\n', f'.drop(columns=dropped))\n\n{RUN}'),
        ),
    ),
    Edit(
        'a helper that is moved and renamed',
        (
            ('wine/features.py', FEATURES, FEATURES[: FEATURES.index('\n\ndef')]),
            (
                'wine/cutting.py',
                '',
                FEATURES.replace('clip(rows)', 'cut(frame)').replace('rows', 'frame').replace('LIMIT = 13.0', LIMIT_IMPORT),
            ),
            ('wine/data.py', 'from wine.features import clip\n', 'from wine.cutting import cut\n'),
            ('wine/data.py', 'return clip(', 'return cut('),
        ),
    ),
    Edit('an imported constant', (('wine/features.py', 'LIMIT = 13.0', 'LIMIT = 13.5'),), {'LoadWine': 'stale'}),
    Edit('an imported helper', (('wine/cutting.py', '.clip(upper', '.clip(lower=12.0, upper'),), {'LoadWine': 'stale'}),
    Edit('a JSON file that the code reads', (('conf/dropped.json', '"ash"', '"ash", "hue"'),), {'LoadWine': 'stale'}),
    Edit('a line of a static method', (('wine/model.py', 'max_iter=1000', 'max_iter=50'),), {'TrainModel': 'stale'}),
    Edit(
        'another class of a library',
        (('wine/data.py', 'import StandardScaler\n', 'import MinMaxScaler as StandardScaler\n'),),
        {'ScaleWine': 'stale'},
    ),
    Edit('the last task', (('wine/model.py', '[loss]', "[loss], 'rows': [len(target)]"),), {'EvaluateModel': 'stale'}),
    Edit(
        'code, with its version',
        (
            ('wine/model.py', 'C=1 / regularisation', 'C=2 / regularisation'),
            ('wine/model.py', VERSION.format(1) + TRAINING, VERSION.format(2) + TRAINING),
        ),
        {'TrainModel': 'recomputed', 'EvaluateModel': 'downstream'},
    ),
    Edit(
        'a version alone',
        (('wine/data.py', f'default=0)\n    {VERSION.format(1)}', f'default=0)\n    {VERSION.format(2)}'),),
        {'SplitWine': 'recomputed', **ABOVE_SPLIT},
    ),
    Edit(
        'a new parameter',
        (('wine/data.py', '    seed: luigi', '    shuffle: luigi.BoolParameter = luigi.BoolParameter(default=True)\n    seed: luigi'),),
        {'SplitWine': 'recomputed', **ABOVE_SPLIT},
    ),
    Edit('a default that the pipeline overrides', (('wine/model.py', 'default=1.0', 'default=3.0'),)),
    Edit(
        'a value that the pipeline gives',
        (('wine/pipeline.py', 'LoadWine()', 'LoadWine(version=7)'),),
        {'LoadWine': 'recomputed', 'SplitWine': 'downstream', **ABOVE_SPLIT},
    ),
    Edit(
        'another class name',
        tuple((f'wine/{name}.py', 'ScaleWine', 'StandardiseWine') for name in ('data', 'model', 'pipeline')),
        {'StandardiseWine': 'recomputed', **ABOVE_SCALE},
    ),
    Edit('another output path', (('wine/model.py', "'wine/metrics.csv'", "'wine/scores.csv'"),), {'EvaluateModel': 'recomputed'}),
    Edit(
        'a changed helper and a bumped version above it',
        (('wine/cutting.py', 'lower=12.0', 'lower=12.5'), ('wine/model.py', 'default=2)', 'default=3)')),
        {'LoadWine': 'stale', 'TrainModel': 'recomputed', 'EvaluateModel': 'downstream'},
    ),
    Edit(
        'the same result in another way',
        (('wine/cutting.py', '.clip(lower=12.5, upper=LIMIT)', '.clip(upper=LIMIT).clip(lower=12.5)'),),
        {'LoadWine': 'stale'},
    ),
)


def apply(edit: Edit, folder: Path) -> None:
    """Make an edit in a copy of the example."""
    for name, old, new in edit.changes:
        path = folder / name
        text = path.read_text(encoding='utf-8') if path.exists() else ''
        assert not text or text.count(old), f'{edit.title}: {old!r} is not in {name}'
        path.write_text(text.replace(old, new) if text else new, encoding='utf-8')
