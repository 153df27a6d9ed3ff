"""Every gokart and luigi name that the project knows, once.

Names are canonical: as the package itself exports them (`gokart.TaskOnKart`, not `gokart.task.TaskOnKart`). Read off gokart 1.12.2 and
luigi 3.8.1; the tests compare these tables with the installed packages.
"""

from __future__ import annotations

TASK_ON_KART = 'gokart.TaskOnKart'
LUIGI_TASK = 'luigi.Task'
CONFIG = 'luigi.Config'
TASK_PARAMETER = 'gokart.TaskInstanceParameter'
TASK_LIST_PARAMETER = 'gokart.ListTaskInstanceParameter'

EXPECTED_TYPE_KEYWORD = {TASK_PARAMETER: 'expected_type', TASK_LIST_PARAMETER: 'expected_elements_type'}
"""How each task parameter class calls its first argument (gokart.parameter)."""

_HOMES = {
    'gokart': ('gokart.task', 'gokart.parameter', 'gokart.build', 'gokart.run', 'gokart.pandas_type_config', 'gokart.required_task_output'),
    'luigi': ('luigi.task', 'luigi.parameter', 'luigi.target', 'luigi.local_target', 'luigi.interface', 'luigi.event'),
}
"""Modules whose public names their package exports."""

PARAMETERS = {
    'luigi.Parameter': 'any',
    'luigi.StrParameter': 'str',
    'luigi.IntParameter': 'int',
    'luigi.FloatParameter': 'float',
    'luigi.BoolParameter': 'bool',
    'luigi.NumericalParameter': 'number',
    'luigi.DateParameter': 'date',
    'luigi.MonthParameter': 'date',
    'luigi.YearParameter': 'date',
    'luigi.DateHourParameter': 'datetime',
    'luigi.DateMinuteParameter': 'datetime',
    'luigi.DateSecondParameter': 'datetime',
    'luigi.DateIntervalParameter': 'date interval',
    'luigi.TimeDeltaParameter': 'timedelta',
    'luigi.ListParameter': 'list',
    'luigi.TupleParameter': 'list',
    'luigi.DictParameter': 'dict',
    'luigi.EnumParameter': 'enum',
    'luigi.EnumListParameter': 'enum list',
    'luigi.ChoiceParameter': 'choice',
    'luigi.ChoiceListParameter': 'choice list',
    'luigi.PathParameter': 'path',
    'luigi.TaskParameter': 'task class',
    'luigi.OptionalParameter': 'any',
    'luigi.OptionalStrParameter': 'str',
    'luigi.OptionalIntParameter': 'int',
    'luigi.OptionalFloatParameter': 'float',
    'luigi.OptionalBoolParameter': 'bool',
    'luigi.OptionalListParameter': 'list',
    'luigi.OptionalTupleParameter': 'list',
    'luigi.OptionalDictParameter': 'dict',
    'luigi.OptionalPathParameter': 'path',
    'luigi.OptionalChoiceParameter': 'choice',
    'luigi.OptionalNumericalParameter': 'number',
    TASK_PARAMETER: 'task',
    TASK_LIST_PARAMETER: 'task list',
    'gokart.ExplicitBoolParameter': 'bool',
    'gokart.SerializableParameter': 'serializable',
    'gokart.ZonedDateSecondParameter': 'datetime',
}
"""Each parameter class with the kind of value that it holds."""

TASK_ON_KART_PARAMETERS = frozenset({
    'workspace_directory', 'local_temporary_directory', 'rerun', 'strict_check', 'modification_time_check',
    'serialized_task_definition_check', 'delete_unnecessary_output_files', 'significant', 'fix_random_seed_methods',
    'fix_random_seed_value', 'redis_host', 'redis_port', 'redis_timeout', 'fail_on_empty_dump', 'store_index_in_feather',
    'cache_unique_id', 'should_dump_supplementary_log_files', 'complete_check_at_run', 'should_lock_run',
})  # fmt: skip
"""gokart's own parameters, none of them significant."""

LIBRARY_TASKS = {
    'kannon.TaskOnBullet': TASK_ON_KART,
    'kannon.task.TaskOnBullet': TASK_ON_KART,
    'luigi.WrapperTask': LUIGI_TASK,
    'luigi.ExternalTask': LUIGI_TASK,
}
"""Task classes of libraries, each with the base that it adds nothing to but what its name says."""

REDSHELLS_TASKS = frozenset({
    'ExtractColumnAsList', 'ExtractColumnAsDict', 'FilterByColumn', 'RenameColumn', 'GroupByColumnAsDict', 'ConvertToOneHot',
    'ConvertTypeToCategory', 'SplitTrainTestData', 'SampleData', 'LoadDataOfTask', 'LoadExistingFile', 'TrainTfidf', 'TrainDictionary',
    'TrainLdaModel', 'TrainSCDV', 'TrainWord2Vec', 'TrainDoc2Vec', 'TrainFastText', 'TrainFactorizationMachine',
    'ValidateFactorizationMachine', 'TrainBinaryClassificationModel', 'OptimizeBinaryClassificationModel',
    'ValidateBinaryClassificationModel', 'TrainClassificationModel', 'OptimizeClassificationModel', 'ValidateClassificationModel',
    'TrainPairwiseSimilarityModel', 'ValidatePairwiseSimilarityModel', 'BuildWordItemSimilarity', 'TrainMatrixFactorization',
    'TrainGraphConvolutionalMatrixCompletion', 'TrainFeatureAggregationSimilarityModel',
})  # fmt: skip
"""The task classes of redshells 0.1.22; their own parameters and methods are not known here."""

INERT_BASES = frozenset(
    {'typing.Generic', 'typing.Protocol', 'typing_extensions.Protocol', 'abc.ABC', 'builtins.object', 'builtins.Generic'}
)
"""Bases that add nothing that a task could inherit."""

INHERITING_DECORATORS = frozenset({'luigi.util.inherits', 'luigi.util.requires'})
"""Class decorators that copy the parameters of the classes that they are given."""

CONFIG_DECORATORS = frozenset({
    'gokart.config_params.inherits_config_params',
    'gokart.config_params_util.inherits_config_params',
    'gokart.inherits_config_params',
    'gokart.utils.inherits_config_params',
})  # fmt: skip

TYPING_DECORATORS = frozenset({
    'typing.final', 'typing_extensions.final', 'typing.dataclass_transform', 'typing_extensions.dataclass_transform',
})  # fmt: skip
"""Class decorators that tell type checkers something, and do nothing."""

KEEPING_DECORATORS = INHERITING_DECORATORS | CONFIG_DECORATORS | TYPING_DECORATORS | {'luigi.util.copies', 'luigi.util.delegates'}
"""Class decorators that keep what the class body says."""

CASTS = frozenset({'typing.cast', 'typing_extensions.cast'})

ABSTRACT_DECORATORS = frozenset({'abc.abstractmethod', 'abc.abstractproperty', 'abc.abstractclassmethod', 'abc.abstractstaticmethod'})

KEEPING_METHOD_DECORATORS = frozenset({'typing.override', 'typing_extensions.override', 'typing.final', 'typing_extensions.final'})
"""Decorators that leave a method what it is."""

LOADS = frozenset({'load', 'load_generator', 'load_data_frame'})
"""Methods of a task that give what its dependencies dumped (`load_data_frame` until gokart 1.2)."""

READERS = LOADS | {
    '__init__', 'complete', 'deps', 'get_code', 'get_info', 'get_own_code', 'get_param_names', 'get_params', 'get_processing_time',
    'get_task_family', 'get_task_log', 'get_task_namespace', 'get_task_params', 'input', 'is_task_on_kart', 'make_task_instance_dictionary',
    'make_unique_id', 'process_resources', 'requires', 'set_progress_percentage', 'set_status_message', 'set_tracking_url', 'to_str_params',
    'try_set_seed',
}  # fmt: skip
"""Methods of TaskOnKart and luigi.Task that write no output, whatever they are given."""

PLAIN_ATTRIBUTES = frozenset({
    'FIX_RANDOM_SEED_VALUE_NONE_MAGIC_NUMBER', '__class__', '__doc__', '__module__', 'param_kwargs', 'priority', 'resources', 'retry_count',
    'task_family', 'task_id', 'task_log', 'task_module', 'task_namespace', 'task_unique_id', 'worker_timeout',
})  # fmt: skip
"""Attributes of a TaskOnKart, beside its parameters, that hold no way to write an output."""

TASK_MEMBERS = TASK_ON_KART_PARAMETERS | {
    'FIX_RANDOM_SEED_VALUE_NONE_MAGIC_NUMBER', '_abc_impl', '_add_configuration', '_check_modification_time',
    '_create_processor_for_dataframe_type', '_dump_module_versions', '_dump_processing_time', '_dump_task_log',
    '_dump_task_params', '_event_callbacks', '_get_input_targets', '_get_module_versions', '_get_module_versions_target',
    '_get_output_target', '_get_param_visibilities', '_get_processing_time_target', '_get_random_seed',
    '_get_random_seeds_target', '_get_task_log_target', '_get_task_params_target', '_get_task_string', '_is_protocol',
    '_log_unique_id', '_make_hash_id', '_make_representation', '_namespace_at_class_time', '_owner_list', '_requires',
    '_set_random_seed', '_unconsumed_params', '_visible_in_registry', '_warn_on_wrong_param_types', 'accepts_messages',
    'batch_param_names', 'batchable', 'bulk_complete', 'clone', 'complete', 'deps', 'disable_hard_timeout', 'disable_window',
    'disable_window_seconds', 'disabled', 'dump', 'event_handler', 'from_str_params', 'get_code', 'get_info', 'get_own_code',
    'get_param_names', 'get_param_values', 'get_params', 'get_processing_time', 'get_task_family', 'get_task_log',
    'get_task_namespace', 'get_task_params', 'initialized', 'input', 'is_task_on_kart', 'load', 'load_data_frame',
    'load_generator', 'make_large_data_frame_target', 'make_model_target', 'make_target', 'make_task_instance_dictionary',
    'make_unique_id', 'max_batch_size', 'no_unpicklable_properties', 'on_failure', 'on_success', 'output', 'owner_email',
    'param_args', 'param_kwargs', 'priority', 'process_resources', 'remove_event_handler', 'requires', 'resources', 'restore',
    'retry_count', 'run', 'set_progress_percentage', 'set_status_message', 'set_tracking_url', 'task_family', 'task_id',
    'task_log', 'task_module', 'task_namespace', 'task_unique_id', 'to_str_params', 'trigger_event', 'try_set_seed',
    'use_cmdline_section', 'worker_timeout',
}  # fmt: skip
"""All names that a TaskOnKart has from gokart and luigi."""

PRIVATE_ATTRIBUTES = frozenset({'_lock_at_dump', '_rerun_state', 'redis_fail_on_collision'})
"""What gokart gives to each task for its own use, now or in an older version."""

SETTABLE_ATTRIBUTES = frozenset({
    'FIX_RANDOM_SEED_VALUE_NONE_MAGIC_NUMBER', 'accepts_messages', 'batchable', 'disable_hard_timeout', 'disable_window',
    'disable_window_seconds', 'disabled', 'max_batch_size', 'owner_email', 'priority', 'resources', 'retry_count', 'task_namespace',
    'use_cmdline_section', 'worker_timeout',
})  # fmt: skip
"""Attributes that luigi documents as ones to set in the body of a task class."""

GIVEN_ATTRIBUTES = frozenset({
    'param_kwargs', 'set_progress_percentage', 'set_status_message', 'set_tracking_url', 'task_id', 'task_log', 'task_unique_id',
})  # fmt: skip
"""Attributes that gokart and luigi give to each task when it is made, or while it runs."""

TASK_PROPERTIES = frozenset({'param_args', 'task_family', 'task_module'})
"""Properties of a task that luigi reads, beside those that may be set."""

TASK_METHODS = (
    TASK_MEMBERS
    - TASK_ON_KART_PARAMETERS
    - SETTABLE_ATTRIBUTES
    - GIVEN_ATTRIBUTES
    - TASK_PROPERTIES
    - {'_abc_impl', '_event_callbacks', '_is_protocol', '_namespace_at_class_time', '_unconsumed_params', '_visible_in_registry'}
)
"""The methods of TaskOnKart and luigi.Task."""

TARGET_MAKERS = {
    'make_target': ('relative_file_path', 'use_unique_id', 'processor'),
    'make_large_data_frame_target': ('relative_file_path', 'use_unique_id', 'max_byte'),
    'make_model_target': ('relative_file_path', 'save_function', 'load_function', 'use_unique_id'),
}
"""The methods of TaskOnKart that make a target, with the order of their arguments."""

RUNNERS = frozenset({'gokart.run', 'gokart.build', 'luigi.run', 'luigi.build'})

LUIGI_SECTIONS = frozenset({
    'DEFAULT', 'OpenPai', 'batch-notifier', 'batch_email', 'batch_notifier', 'bigquery', 'core', 'cors', 'datadog', 'dockerconfig', 'ecs',
    'elasticsearch', 'email', 'execution_summary', 'external_program', 'gcp', 'gcs', 'hadoop', 'hadoopcli', 'hdfs', 'hive', 'kubernetes',
    'logging', 'mssql', 'mysql', 'pai', 'pig', 'postgres', 'presto', 'prometheus', 'protocol', 'pyspark_runner', 'redis', 'redshift',
    'resources', 'retcode', 's3', 'salesforce', 'scalding', 'scheduler', 'sendgrid', 'ses', 'simulate', 'smtp', 'sns', 'spark',
    'sqlalchemy', 'task_history', 'upstream', 'varnames_in_log', 'webhdfs', 'worker', 'formatters', 'handlers', 'loggers',
})  # fmt: skip
"""Sections of a configuration file that name no task: luigi's own, those of luigi.contrib, and those of Python's logging."""

LUIGI_SECTION_STARTS = ('formatter_', 'handler_', 'logger_', 'logging.', 'spark.')


def canonical(name: str) -> str:
    """The name under which its package exports it: `gokart.TaskOnKart` for `gokart.task.TaskOnKart`."""
    package, _, rest = name.partition('.')
    if '.' not in rest or package not in _HOMES:
        return name
    home, _, last = name.rpartition('.')
    return f'{package}.{last}' if home in _HOMES[package] else name


def exports(name: str) -> bool:
    """Whether `from gokart import *` or `from luigi import *` gives a canonical name that the project knows."""
    return name in PARAMETERS or name in (TASK_ON_KART, LUIGI_TASK, CONFIG, 'luigi.WrapperTask', 'luigi.ExternalTask') or name in RUNNERS


def library_base(name: str) -> str | None:
    """gokart.TaskOnKart or luigi.Task if a canonical name of a library is a task class, else None."""
    if name in (TASK_ON_KART, LUIGI_TASK):
        return name
    if name.startswith('redshells.') and name.rpartition('.')[2] in REDSHELLS_TASKS:
        return TASK_ON_KART
    return LIBRARY_TASKS.get(name)
