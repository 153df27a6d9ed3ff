"""JUnit's XML, held against the schema of Jenkins' xUnit plugin (schemas/README.md)."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from gokart_lint.findings import Finding
from gokart_lint.reports import render
from gokart_lint.reports.plain import harmless
from tests.reports.harness import finding, outcome

SCHEMA = xmlschema.XMLSchema(str(Path(__file__).parent / 'schemas' / 'junit-10.xsd'))


def junit(*findings: Finding) -> ElementTree.Element:
    """The report as a reader gets it: from bytes, and valid."""
    text = render('junit', outcome(*findings))
    SCHEMA.validate(text)
    return ElementTree.fromstring(text.encode())


def test_the_schema_is_one_that_refuses() -> None:
    text = render('junit', outcome(finding()))
    for wrong in (text.replace(' errors="0"', ''), text.replace('failure', 'fault'), text.replace('classname=', 'line=')):
        with pytest.raises(xmlschema.XMLSchemaValidationError):
            SCHEMA.validate(wrong)


def test_a_suite_is_a_file_and_a_test_is_a_finding() -> None:
    report = junit(
        finding(path='src/wine/tasks.py'),
        finding((9, 1, 9, 2), path='src/wine/tasks.py'),
        finding(path='b.py', code='GK900', name='unreadable-file', message='invalid syntax'),
        finding(path='src/wine/tasks.py', code='GK301', name='rerun-enabled'),
    )
    assert report.attrib == {'name': 'gokart-lint', 'tests': '4', 'failures': '3', 'errors': '1'}
    assert [suite.attrib for suite in report] == [
        {'name': 'src/wine/tasks.py', 'file': 'src/wine/tasks.py', 'tests': '3', 'failures': '3', 'errors': '0'},
        {'name': 'b.py', 'file': 'b.py', 'tests': '1', 'failures': '0', 'errors': '1'},
    ]
    assert [case.attrib for case in report.iter('testcase')] == [
        {'name': 'GK101 missing-expected-type', 'classname': 'src.wine.tasks'},
        {'name': 'GK101 missing-expected-type (2)', 'classname': 'src.wine.tasks'},
        {'name': 'GK301 rerun-enabled', 'classname': 'src.wine.tasks'},
        {'name': 'GK900 unreadable-file', 'classname': 'b'},
    ]


def test_a_failure_says_where_what_and_why() -> None:
    (failure,) = junit(finding(message='葡萄 has no "expected_type" <&>')).iter('failure')
    assert failure.attrib == {'type': 'GK101', 'message': '葡萄 has no "expected_type" <&>'}
    assert failure.text == (
        'a.py:2:7: GK101 葡萄 has no "expected_type" <&>\nhttps://github.com/gokart-lint/gokart-lint/blob/main/docs/rules/GK101.md'
    )
    assert '葡萄' in render('junit', outcome(finding(message='葡萄')))


def test_what_cannot_be_read_is_an_error_and_no_failure() -> None:
    (case,) = junit(finding(code='GK900', message='invalid syntax')).iter('testcase')
    assert [(fault.tag, fault.get('message')) for fault in case] == [('error', 'invalid syntax')]


def test_clean_files_are_one_test_that_passes() -> None:
    report = junit()
    assert report.attrib == {'name': 'gokart-lint', 'tests': '1', 'failures': '0', 'errors': '0'}
    assert [(case.get('name'), len(case)) for case in report.iter('testcase')] == [('no findings', 0)]


@given(st.text(), st.text(min_size=1))
def test_no_text_breaks_the_document(message: str, path: str) -> None:
    (failure,) = junit(finding(message=message, path=path)).iter('failure')
    assert failure.get('message') == harmless(message)
