"""What reads the world outside a program, by qualified name, once: clocks, random sources, the environment, files, networks, databases.

`package.Class().method` stands for a method of an instance, however many calls and attributes are between the two:
`google.cloud.storage.Client().download_as_text` is also `client.bucket('b').blob('n').download_as_text()`. The tests compare each entry
with the real module where it is installed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

CLOCK, TIMER = 'clock', 'timer'
RANDOM, SEEDED_RANDOM = 'random', 'seeded random'
ENVIRONMENT, PROCESS = 'environment', 'process'
FILE, FOLDER = 'file', 'folder'
NETWORK, DATABASE, STORE = 'network', 'database', 'store'
CONFIGURATION = 'configuration'


class Argument(NamedTuple):
    """One argument of a call, by its place and, where it may be given so, by its keyword."""

    position: int
    keyword: str = ''


class Source(NamedTuple):
    """What one call reads. `unless`: an argument that, given, keeps it from that. `words`: it reads only if its first argument is one
    of these texts. `path` is the file, `mode` what it is opened for; a method reads the file that its instance was made with."""

    kind: str
    unless: Argument | None = None
    words: tuple[str, ...] = ()
    path: Argument | None = None
    mode: Argument | None = None


ENVIRONMENTS = frozenset({'os.environ', 'os.environb'})
"""The mappings that hold the environment."""

_FIRST = Argument(0)
_NOW = ('now', 'today')
_CLIENT = 'get post put patch delete head options request'
_FILE_SYSTEM = 'open ls glob find walk cat cat_file get get_file info du read_text read_bytes'
_REDIS = 'get mget hget hgetall keys exists lrange smembers scan'
_S3 = (
    'get_object head_object list_objects list_objects_v2 list_buckets download_file download_fileobj get_paginator select_object_content '
    'get_item batch_get_item query scan execute_statement get_query_results '
    'get_parameter get_parameters get_parameters_by_path get_secret_value start_query_execution'
)
_GCS = (
    'list_blobs list_buckets get_bucket lookup_bucket get_blob download_blob_to_file download_as_bytes download_as_string '
    'download_as_text download_to_file download_to_filename'
)


def _each(source: Source, package: str, names: str) -> dict[str, Source]:
    return {f'{package}.{name}': source for name in names.split()}


_CLOCKS = {
    **_each(Source(CLOCK), 'datetime.datetime', 'now utcnow today'),
    **_each(Source(CLOCK), 'datetime.date', 'today'),
    **_each(Source(CLOCK), 'time', 'time time_ns'),
    **_each(Source(CLOCK, unless=_FIRST), 'time', 'localtime gmtime ctime asctime'),
    **_each(Source(CLOCK, unless=Argument(1)), 'time', 'strftime'),
    **_each(Source(CLOCK, unless=Argument(0, 'timeval')), 'email.utils', 'formatdate'),
    **_each(Source(CLOCK, unless=Argument(0, 'dt')), 'email.utils', 'localtime'),
    **_each(Source(CLOCK), 'pandas.Timestamp', 'now today utcnow'),
    **_each(Source(CLOCK), 'pandas.Period', 'now'),
    **_each(Source(CLOCK, words=_NOW), 'pandas', 'Timestamp to_datetime'),
    **_each(Source(CLOCK, words=_NOW), 'numpy', 'datetime64'),
    **_each(Source(CLOCK), 'dateutil.utils', 'today'),
    **_each(Source(CLOCK), 'arrow', 'now utcnow'),
    **_each(Source(CLOCK), 'pendulum', 'now today yesterday tomorrow'),
    **_each(Source(CLOCK), 'django.utils.timezone', 'now localdate'),
    **_each(Source(TIMER), 'time', 'perf_counter perf_counter_ns monotonic monotonic_ns process_time process_time_ns thread_time'),
    **_each(Source(TIMER), 'time', 'thread_time_ns'),
    **_each(Source(TIMER), 'timeit', 'default_timer'),
}

_RANDOM = {
    **_each(Source(RANDOM), 'uuid', 'uuid1 uuid4 uuid6 uuid7'),
    **_each(Source(RANDOM), 'secrets', 'token_bytes token_hex token_urlsafe choice randbelow randbits SystemRandom'),
    **_each(Source(RANDOM), 'os', 'urandom getrandom'),
    **_each(Source(RANDOM), 'random', 'SystemRandom'),
    **_each(Source(RANDOM, unless=Argument(0, 'x')), 'random', 'Random'),
    **_each(Source(RANDOM, unless=Argument(0, 'a')), 'random', 'seed'),
    **_each(Source(RANDOM, unless=Argument(0, 'seed')), 'numpy.random', 'default_rng RandomState seed'),
    **_each(Source(RANDOM, unless=Argument(0, 'seed')), 'numpy.random', 'PCG64 PCG64DXSM MT19937 Philox SFC64'),
    **_each(Source(RANDOM, unless=Argument(0, 'entropy')), 'numpy.random', 'SeedSequence'),
    **_each(Source(RANDOM), 'torch', 'seed'),
    **_each(Source(RANDOM), 'shortuuid', 'uuid random'),
    **_each(
        Source(SEEDED_RANDOM),
        'random',
        'random uniform randint randrange randbytes getrandbits choice choices sample shuffle gauss normalvariate lognormvariate '
        'expovariate vonmisesvariate gammavariate betavariate paretovariate weibullvariate triangular',
    ),
    **_each(
        Source(SEEDED_RANDOM),
        'numpy.random',
        'rand randn randint random random_sample ranf sample random_integers choice bytes shuffle permutation uniform normal '
        'standard_normal beta binomial chisquare dirichlet exponential gamma geometric gumbel laplace logistic lognormal multinomial '
        'multivariate_normal pareto poisson power rayleigh triangular vonmises wald weibull zipf',
    ),
}
"""gokart seeds `random` and `numpy.random` before each run (TaskOnKart.fix_random_seed_methods)."""

_ENVIRONMENT = {
    **_each(Source(ENVIRONMENT), 'os', 'getenv getenvb getlogin uname'),
    **_each(Source(ENVIRONMENT), 'os.environ', 'get pop'),
    **_each(Source(ENVIRONMENT), 'os.environb', 'get pop'),
    **_each(Source(ENVIRONMENT), 'socket', 'gethostname getfqdn'),
    **_each(Source(ENVIRONMENT), 'platform', 'node uname'),
    **_each(Source(ENVIRONMENT), 'getpass', 'getuser'),
    **_each(Source(ENVIRONMENT), 'decouple', 'config'),
    **_each(Source(ENVIRONMENT), 'dotenv', 'dotenv_values get_key'),
    **_each(Source(ENVIRONMENT), 'environs.Env()', 'str int bool float list dict json date datetime path url'),
    **_each(Source(ENVIRONMENT), 'uuid', 'getnode'),
    **_each(Source(PROCESS), 'os', 'getpid getppid'),
    **_each(Source(CONFIGURATION), 'luigi.configuration.get_config()', 'get getboolean getint getfloat'),
}


def _file(package: str, names: str, path: str, *, mode: int | None = None, kind: str = FILE) -> dict[str, Source]:
    opened = None if mode is None else Argument(mode, 'mode')
    return _each(Source(kind, path=Argument(0, path), mode=opened), package, names)


_FILES = {
    **_file('builtins', 'open', 'file', mode=1),
    **_file('io', 'open', 'file', mode=1),
    **_file('io', 'FileIO', 'file', mode=1),
    **_file('codecs', 'open', 'filename', mode=1),
    **_file('shelve', 'open', 'filename'),
    **_file('filecmp', 'cmp', 'f1'),
    **_file('runpy', 'run_path', 'path_name'),
    **_file('gzip', 'open GzipFile', 'filename', mode=1),
    **_file('bz2', 'open BZ2File', 'filename', mode=1),
    **_file('lzma', 'open LZMAFile', 'filename', mode=1),
    **_file('zipfile', 'ZipFile', 'file', mode=1),
    **_file('tarfile', 'open TarFile', 'name', mode=1),
    **_file('fileinput', 'input', 'files'),
    **_file('linecache', 'getline getlines', 'filename'),
    **_file('shutil', 'copy copy2 copyfile copytree move', 'src'),
    **_file('shutil', 'unpack_archive', 'filename'),
    **_file('os.path', 'getmtime getsize', 'filename'),
    **_file('os', 'listdir scandir', 'path', kind=FOLDER),
    **_file('os', 'walk', 'top', kind=FOLDER),
    **_file('glob', 'glob iglob', 'pathname', kind=FOLDER),
    **_each(Source(FILE), 'pathlib.Path()', 'read_text read_bytes'),
    **_each(Source(FILE, mode=Argument(0, 'mode')), 'pathlib.Path()', 'open'),
    **_each(Source(FOLDER), 'pathlib.Path()', 'glob rglob iterdir'),
    **_each(Source(FILE, mode=Argument(0, 'mode')), 'luigi.LocalTarget()', 'open'),
    **_file('configparser.ConfigParser()', 'read', 'filenames'),
    **_file('configparser.RawConfigParser()', 'read', 'filenames'),
    **_file('xml.etree.ElementTree', 'parse', 'source'),
    **_file('xml.dom.minidom', 'parse', 'file'),
    **_file('lxml.etree', 'parse', 'source'),
    **_file('toml', 'load', 'f'),
    **_file('joblib', 'load', 'filename'),
    **_file('pandas', 'read_csv read_table read_fwf read_pickle read_stata read_sas', 'filepath_or_buffer'),
    **_file('pandas', 'read_parquet read_feather read_orc read_spss', 'path'),
    **_file('pandas', 'read_json read_hdf', 'path_or_buf'),
    **_file('pandas', 'read_excel read_html', 'io'),
    **_file('pandas', 'read_xml ExcelFile', 'path_or_buffer'),
    **_file('pandas', 'HDFStore', 'path', mode=1),
    **_file('polars', 'read_csv read_parquet read_json read_ndjson read_ipc read_ipc_stream read_avro read_excel read_ods', 'source'),
    **_file('polars', 'scan_csv scan_parquet scan_ndjson scan_ipc scan_delta read_delta', 'source'),
    **_file('numpy', 'load fromfile', 'file'),
    **_file('numpy', 'loadtxt genfromtxt', 'fname'),
    **_file('numpy', 'memmap', 'filename', mode=2),
    **_file('scipy.io', 'loadmat', 'file_name'),
    **_file('scipy.io', 'mmread', 'source'),
    **_file('scipy.io.wavfile', 'read', 'filename'),
    **_file('scipy.sparse', 'load_npz', 'file'),
    **_file('sklearn.datasets', 'load_svmlight_file', 'f'),
    **_file('sklearn.datasets', 'load_files', 'container_path', kind=FOLDER),
    **_file('networkx', 'read_adjlist read_edgelist read_gml read_graphml', 'path'),
    **_file('pyarrow.parquet', 'read_table ParquetFile', 'source'),
    **_file('pyarrow.parquet', 'read_pandas', 'source'),
    **_file('pyarrow.parquet', 'ParquetDataset', 'path_or_paths'),
    **_file('pyarrow.dataset', 'dataset', 'source'),
    **_file('pyarrow.orc', 'read_table', 'source'),
    **_file('pyarrow.feather', 'read_table read_feather', 'source'),
    **_file('pyarrow.csv', 'read_csv', 'input_file'),
    **_file('pyarrow.json', 'read_json', 'input_file'),
    **_file('dask.dataframe', 'read_csv read_json', 'urlpath'),
    **_file('dask.dataframe', 'read_parquet', 'path'),
    **_file('h5py', 'File', 'name', mode=1),
    **_file('xarray', 'open_dataset', 'filename_or_obj'),
    **_file('openpyxl', 'load_workbook', 'filename'),
    **_file('xlrd', 'open_workbook', 'filename'),
    **_file('pypdf', 'PdfReader', 'stream'),
    **_file('geopandas', 'read_file', 'filename'),
    **_file('PIL.Image', 'open', 'fp', mode=1),
    **_file('cv2', 'imread', 'filename'),
    **_file('imageio', 'imread', 'uri'),
    **_file('librosa', 'load', 'path'),
    **_file('soundfile', 'read', 'file'),
    **_file('torch', 'load', 'f'),
    **_file('keras.models', 'load_model', 'filepath'),
    **_file('tensorflow.keras.models', 'load_model', 'filepath'),
    **_file('gensim.models.Word2Vec', 'load', 'fname'),
    **_file('gensim.models.KeyedVectors', 'load load_word2vec_format', 'fname'),
    **_file('fasttext', 'load_model', 'path'),
    **_file('fsspec', 'open', 'urlpath', mode=1),
    **_file('smart_open', 'open', 'uri', mode=1),
}

_REMOTE = {
    **_each(Source(NETWORK), 'requests', _CLIENT),
    **_each(Source(NETWORK), 'requests.Session()', _CLIENT),
    **_each(Source(NETWORK), 'requests.session()', _CLIENT),
    **_each(Source(NETWORK), 'httpx', f'{_CLIENT} stream'),
    **_each(Source(NETWORK), 'httpx.Client()', f'{_CLIENT} stream send'),
    **_each(Source(NETWORK), 'httpx.AsyncClient()', f'{_CLIENT} stream send'),
    **_each(Source(NETWORK), 'aiohttp.ClientSession()', _CLIENT),
    **_each(Source(NETWORK), 'urllib.request', 'urlopen urlretrieve'),
    **_each(Source(NETWORK), 'http.client.HTTPConnection()', 'request getresponse'),
    **_each(Source(NETWORK), 'http.client.HTTPSConnection()', 'request getresponse'),
    **_each(Source(NETWORK), 'ftplib.FTP()', 'retrbinary retrlines nlst mlsd'),
    **_each(Source(NETWORK), 'urllib3', 'request'),
    **_each(Source(NETWORK), 'urllib3.PoolManager()', 'request urlopen'),
    **_each(Source(DATABASE), 'pandas', 'read_sql read_sql_query read_sql_table read_gbq'),
    **_each(Source(DATABASE), 'pandas_gbq', 'read_gbq'),
    **_each(Source(DATABASE), 'polars', 'read_database read_database_uri'),
    **_each(Source(DATABASE), 'sqlalchemy.create_engine()', 'connect begin raw_connection execute'),
    **_each(Source(DATABASE), 'sqlalchemy.orm.Session()', 'execute query scalars scalar get'),
    **_each(Source(DATABASE), 'sqlalchemy.orm.sessionmaker()', 'execute query scalars scalar get'),
    **_each(Source(DATABASE), 'google.cloud.bigquery.Client()', 'query query_and_wait list_rows get_table list_tables list_datasets'),
    **_each(Source(DATABASE), 'sqlite3', 'connect'),
    **_each(Source(DATABASE), 'psycopg2', 'connect'),
    **_each(Source(DATABASE), 'psycopg', 'connect'),
    **_each(Source(DATABASE), 'pymysql', 'connect'),
    **_each(Source(DATABASE), 'MySQLdb', 'connect'),
    **_each(Source(DATABASE), 'mysql.connector', 'connect'),
    **_each(Source(DATABASE), 'snowflake.connector', 'connect'),
    **_each(Source(DATABASE), 'oracledb', 'connect'),
    **_each(Source(DATABASE), 'pyodbc', 'connect'),
    **_each(Source(DATABASE), 'pyathena', 'connect'),
    **_each(Source(DATABASE), 'trino.dbapi', 'connect'),
    **_each(Source(DATABASE), 'tdclient', 'connect'),
    **_each(Source(DATABASE), 'elasticsearch.Elasticsearch()', 'search get count scroll'),
    **_each(Source(DATABASE), 'gspread.service_account()', 'open open_by_key open_by_url'),
    **_each(Source(DATABASE), 'gspread.authorize()', 'open open_by_key open_by_url'),
    **_each(Source(DATABASE), 'duckdb', 'connect sql query'),
    **_each(Source(DATABASE), 'pymongo', 'MongoClient'),
    **_each(Source(DATABASE), 'redis.Redis()', _REDIS),
    **_each(Source(DATABASE), 'redis.StrictRedis()', _REDIS),
    **_each(Source(DATABASE), 'redis.from_url()', _REDIS),
    **_each(Source(STORE), 'google.cloud.storage.Client()', _GCS),
    **_each(Source(STORE), 'boto3.client()', _S3),
    **_each(Source(STORE), 'boto3.resource()', f'get all filter load download_file download_fileobj {_S3}'),
    **_each(Source(STORE), 'boto3.Session()', _S3),
    **_each(Source(STORE), 'boto3.session.Session()', _S3),
    **_each(Source(STORE), 's3fs.S3FileSystem()', _FILE_SYSTEM),
    **_each(Source(STORE), 'gcsfs.GCSFileSystem()', _FILE_SYSTEM),
    **_each(Source(STORE), 'fsspec.filesystem()', _FILE_SYSTEM),
    **_each(Source(STORE), 'awswrangler.s3', 'read_csv read_parquet read_json read_excel list_objects'),
    **_each(Source(DATABASE), 'awswrangler.athena', 'read_sql_query read_sql_table'),
    **_each(Source(STORE), 'azure.storage.blob.BlobServiceClient()', 'download_blob list_blobs list_containers'),
}

SOURCES: Mapping[str, Source] = {**_CLOCKS, **_RANDOM, **_ENVIRONMENT, **_FILES, **_REMOTE}
MAKERS = frozenset(name.partition('()')[0] for name in SOURCES if '()' in name)
"""What makes the instances whose methods read."""
CLOCKS = frozenset(name for name, source in SOURCES.items() if source.kind in (CLOCK, TIMER))
