from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked, findings


def test_secrets(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        """
        import gokart
        import luigi
        import luigi.parameter
        from gokart import TaskOnKart as Base
        from luigi import Parameter as Text
        from luigi.parameter import ParameterVisibility

        HOW = ParameterVisibility.PRIVATE


        class Load(gokart.TaskOnKart[str]):
            password = luigi.Parameter()  # expect GK307@16
            db_password: luigi.StrParameter = luigi.StrParameter(default='')  # expect GK307@39
            token: str = luigi.Parameter(description='of the service')  # expect GK307@18
            slack_token = luigi.OptionalParameter(default=None)  # expect GK307@19
            client_secret = luigi.OptionalStrParameter()  # expect GK307@21
            secret_key = Text()  # expect GK307@18
            api_key = luigi.Parameter(significant=True)  # expect GK307@15
            apiKey = luigi.Parameter()  # expect GK307@14
            OPENAI_API_KEY = luigi.Parameter()  # expect GK307@22
            apikey = luigi.Parameter()  # expect GK307@14
            credential = luigi.Parameter()  # expect GK307@18
            gcp_credentials = luigi.Parameter()  # expect GK307@23
            password2 = luigi.Parameter()  # expect GK307@17
            accessToken = luigi.Parameter()  # expect GK307@19
            __token = luigi.Parameter()  # expect GK307@15
            token_of_slack = luigi.Parameter()  # expect GK307@22
            a, my_secret = luigi.IntParameter(), luigi.Parameter()  # expect GK307@42


        class Half(Base):
            password = luigi.Parameter(significant=False)  # expect GK307@16
            token = luigi.Parameter(visibility=ParameterVisibility.PRIVATE)  # expect GK307@13
            secret = luigi.Parameter(visibility=luigi.parameter.ParameterVisibility.HIDDEN)  # expect GK307@14
            api_key = luigi.Parameter(significant=False, visibility=ParameterVisibility.PUBLIC)  # expect GK307@15
            credential = luigi.Parameter(visibility=HOW)  # expect GK307@18


        class OnlyLuigi(luigi.Task):
            password = luigi.Parameter()  # expect GK307@16


        class Mixin:
            password = luigi.Parameter()  # expect GK307@16


        class WithMixin(Mixin, Base):
            pass


        class Custom(luigi.Parameter):
            def parse(self, text):
                return text.strip()


        class OfCustom(Base):
            token = Custom()  # expect GK307@13

            if HOW:
                password = luigi.Parameter()  # expect GK307@20
        """,
        'GK307',
    )
    messages = {each.message.partition(' ')[0]: each.message for each in found}
    both = 'significant=False and visibility=luigi.parameter.ParameterVisibility.PRIVATE'
    assert messages['Load.password'] == (
        f"Load.password puts a secret into cache keys, task names and logs and luigi's scheduler and its pages: add {both}"
    )
    assert messages['Half.password'] == (
        "Half.password puts a secret into luigi's scheduler and its pages: add visibility=luigi.parameter.ParameterVisibility.PRIVATE"
    )
    assert messages['Half.token'] == 'Half.token puts a secret into cache keys, task names and logs: add significant=False'


def test_right_code(tmp_path: Path) -> None:
    assert (
        findings(
            tmp_path,
            """
            import gokart
            import luigi
            from elsewhere import OPTIONS, SecretParameter, how, is_significant
            from luigi.parameter import ParameterVisibility
            from luigi.parameter import ParameterVisibility as V


            class Private(luigi.Parameter):
                def __init__(self, **options):
                    super().__init__(significant=False, **options)


            class Hidden(luigi.Parameter):
                def __init__(self, visibility=ParameterVisibility.HIDDEN, **options):
                    super().__init__(visibility=visibility, **options)


            class Kept(gokart.TaskOnKart[str]):
                password = luigi.Parameter(significant=False, visibility=ParameterVisibility.PRIVATE)
                token = luigi.Parameter(significant=False, visibility=V.HIDDEN)
                secret = luigi.Parameter(significant=False, visibility=luigi.parameter.ParameterVisibility.PRIVATE)
                api_key = luigi.Parameter(significant=False, visibility=how())
                credential = luigi.Parameter(**OPTIONS)
                db_password = SecretParameter()
                a_token = Private(visibility=V.PRIVATE)
                d_token = Hidden(significant=False)
                b_token = luigi.Parameter(significant=is_significant, visibility=ParameterVisibility.PRIVATE)
                c_token = luigi.Parameter('', False, False, None, None, True, False, None, ParameterVisibility.PRIVATE)


            class OtherKinds(gokart.TaskOnKart[str]):
                max_token = luigi.IntParameter()
                token_share = luigi.FloatParameter()
                use_token = luigi.BoolParameter()
                password = luigi.PathParameter()
                token = gokart.TaskInstanceParameter(expected_type=Kept)
                secret = luigi.ListParameter()
                credential = luigi.ChoiceParameter(choices=['a'])
                api_key = luigi.DictParameter()
                n_token: int = luigi.Parameter()
                password_day = luigi.DateParameter()


            class About(gokart.TaskOnKart[str]):
                secret_name = luigi.Parameter()
                token_path = luigi.Parameter()
                password_file = luigi.Parameter()
                api_key_id = luigi.Parameter()
                token_count = luigi.Parameter()
                token_type = luigi.Parameter()
                password_length = luigi.Parameter()
                secretVersion = luigi.Parameter()
                credential_dir = luigi.Parameter()
                token_url = luigi.Parameter()
                secret_env_var = luigi.Parameter()
                use_token = luigi.Parameter()
                token_expires_at = luigi.Parameter()


            class OtherWords(gokart.TaskOnKart[str]):
                tokenizer = luigi.Parameter()
                tokens = luigi.Parameter()
                max_tokens = luigi.Parameter()
                secretary = luigi.Parameter()
                passwordless = luigi.Parameter()
                pad_token = luigi.Parameter(default='<pad>')
                masked_token = luigi.Parameter()
                next_page_token = luigi.Parameter()
                token_pooling = luigi.Parameter(default='mean')
                token_regex = luigi.Parameter()
                eos_token = luigi.Parameter(default='</s>')
                key = luigi.Parameter()
                api = luigi.Parameter()
                api_url_key = luigi.Parameter()
                tokenizerPath = luigi.Parameter()
                鍵 = luigi.Parameter()


            class NoParameter(gokart.TaskOnKart[str]):
                password = 'x'
                token: str
                secret = None

                def api_key(self):
                    return luigi.Parameter()


            class Config(luigi.Config):
                password = luigi.Parameter()
                token = luigi.Parameter()


            class Plain:
                password = luigi.Parameter()


            token = luigi.Parameter()
            """,
            'GK307',
        )
        == []
    )


def test_through_modules(tmp_path: Path) -> None:
    files = {
        'texts.py': 'from luigi import Parameter\n\n\nclass Text(Parameter):\n    pass\n',
        'base.py': 'from gokart import *\n\n\nclass Base(TaskOnKart):\n    pass\n',
        'tasks.py': """
            from base import Base
            from texts import Text


            class Load(Base):
                password = Text(significant=False)  # expect GK307@16
            """,
    }
    assert_marked(tmp_path, files, 'GK307')
