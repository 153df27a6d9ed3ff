"""The vocabulary of the generated project: pandas-like statements, columns, parameters, comments. Words only, no structure."""

from __future__ import annotations

from typing import NamedTuple

DIVISIONS = (
    'tokyo', 'osaka', 'nagoya', 'kyoto', 'sapporo', 'fukuoka', 'sendai', 'kobe', 'hiroshima', 'niigata', 'kumamoto',
    'okayama', 'shizuoka', 'kagoshima', 'matsuyama', 'kanazawa', 'nagasaki', 'toyama', 'akita', 'oita', 'gifu', 'naha',
)  # fmt: skip
AREAS = ('orders', 'customers', 'products', 'stores', 'weather', 'stock', 'prices', 'campaigns', 'reviews', 'returns')
VERBS = ('Load', 'Clean', 'Join', 'Aggregate', 'Split', 'Scale', 'Encode', 'Score', 'Rank', 'Evaluate', 'Filter', 'Collect')
THINGS = ('Rows', 'Features', 'Labels', 'Totals', 'Samples', 'Segments', 'Signals', 'Matrix', 'Trends', 'Pairs', 'Groups', 'Index')
TOPICS = ('loading', 'cleaning', 'features', 'sampling', 'training', 'scoring', 'ranking', 'reporting')
DEPENDENCIES = ('source', 'rows', 'features', 'labels', 'history', 'master', 'calendar', 'baseline')
COLUMNS = ('amount', 'price', 'quantity', 'discount', 'clicks', 'views', 'margin', 'cost', 'stock_count', 'temperature', 'rating', 'weight')
KEYS = ('store_id', 'customer_id', 'product_id', 'category', 'region', 'channel')

COMMENTS = (
    '# 欠損値は0で埋める（売上がない日はレコード自体が存在しないため）',
    '# 外れ値を除外する',
    '# 店舗ごとに集計してから結合する',
    '# TODO: この閾値はパラメータにする',
    '# The export repeats rows when a shop closes after midnight.',
    '# Keep the order of the columns: the model was trained on it.',
    '# 重複した行を取り除く',
    '# Prices before 2019 hold no tax, so they are not comparable.',
)
DOCSTRINGS = (
    'Bring the rows into the form that the model was trained on.',
    '商品マスタと結合し、カテゴリごとの特徴量を作る。',
    'Keep what a buyer could have seen on that day.',
    'Add the totals of the group to each of its rows.',
    '直近の販売実績から移動平均を計算する。',
    'Drop what the shops marked as a test.',
    'One row for each pair, the newest one first.',
    'Give every row a weight, so that small shops count too.',
)

# $a and $b are columns, $k is a key, $n a number, $w a word. Each works on `frame` and leaves `frame`.
STATEMENTS = (
    "frame = frame[frame['$a'] > $n]",
    "frame['$a'] = frame['$a'].fillna(0).astype(float)",
    "frame['${a}_rate'] = frame['$a'] / frame['$b'].replace(0, np.nan)",
    "frame = frame.sort_values(['$a', '$b'], ascending=False).reset_index(drop=True)",
    "frame['${a}_rank'] = frame.groupby('$k')['$a'].rank(method='first')",
    "totals = frame.groupby('$k', as_index=False).agg({'$a': 'sum', '$b': 'mean'})\n"
    "frame = frame.merge(totals, on='$k', how='left', suffixes=('', '_$w'))",
    "for column in ['$a', '$b']:\n    frame[column] = frame[column].clip(lower=0, upper=$n)",
    "if frame.empty:\n    logger.warning('no rows with %s', '$w')\n    return frame",
    'frame = (\n'
    "    frame.assign(${a}_double=frame['$a'] * 2, ${b}_half=frame['$b'] / 2)\n"
    "    .drop_duplicates(subset=['$k', '$a'])\n"
    "    .rename(columns={'$b': '${b}_total'})\n"
    ')',
    "low, high = frame['$a'].quantile([0.05, 0.95])\nframe['$a'] = frame['$a'].clip(low, high)",
    "weights = {row.$k: row.$a for row in frame.itertuples() if row.$a}\nframe['weight'] = frame['$k'].map(weights).fillna(0.0)",
    "with np.errstate(divide='ignore'):\n    frame['log_$a'] = np.log(frame['$a'] + 1)",
    "frame['label'] = frame['$a'].apply(lambda value: '$w' if value > $n else 'other')",
    "try:\n    frame = frame.set_index('$k')\nexcept KeyError as error:\n    raise ValueError(f'no column {error} in $w') from error",
    "missing = [column for column in ('$a', '$b', '$k') if column not in frame.columns]\n"
    "if missing:\n    raise KeyError(', '.join(missing))",
    "parts = []\nfor key, part in frame.groupby('$k'):\n    parts.append(part.head($n).assign(key=key))\n"
    'frame = pd.concat(parts, ignore_index=True)',
    "logger.info('%d rows of $w, mean of $a: %.3f', len(frame), frame['$a'].mean())",
    "share = frame['$a'].sum() / max(1, frame['$b'].sum())\nif share > 0.$n:\n    frame['share'] = share\nelse:\n    frame['share'] = 0.0",
)
WORDS = ('summer', 'winter', 'bargain', 'premium', 'returned', 'online', 'counter', 'night')


class Parameter(NamedTuple):
    """A plain parameter of a task, and how a helper works with it."""

    name: str
    kind: str
    type: str
    example: str
    use: str
    extra: str = ''


PARAMETERS = (
    Parameter('month', 'Parameter', 'str', "'2024-04'", "frame = frame[frame['month'] == month]"),
    Parameter('window', 'IntParameter', 'int', '7', "frame['${a}_mean'] = frame['$a'].rolling(window, min_periods=1).mean()"),
    Parameter('limit', 'FloatParameter', 'float', '0.5', "frame = frame[frame['$a'] >= limit]"),
    Parameter('columns', 'ListParameter', 'tuple', "['amount', 'price']", 'frame = frame.drop_duplicates(subset=list(columns))'),
    Parameter('with_tax', 'BoolParameter', 'bool', 'False', "if with_tax:\n    frame['$a'] = frame['$a'] * 1.1"),
    Parameter(
        'grain', 'ChoiceParameter', 'str', "'day'", "if grain == 'day':\n    frame = frame.dropna(subset=['$a'])", "choices=['day', 'week']"
    ),
    Parameter('options', 'DictParameter', 'dict', "{'depth': 3}", "frame['depth'] = options.get('depth', $n)"),
)
