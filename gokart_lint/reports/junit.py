"""JUnit's XML in the dialect of Jenkins, which most services show: a file is a suite of tests, and a finding is a test that failed."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from xml.etree import ElementTree

from gokart_lint.findings import Finding
from gokart_lint.reports import Outcome, url
from gokart_lint.reports.concise import header
from gokart_lint.reports.places import by_file, posix
from gokart_lint.reports.plain import harmless

_UNREADABLE = 'GK900'


def render(outcome: Outcome) -> str:
    """One suite a file with findings, or one test that passed: a report without any test is a fault for Jenkins."""
    suites = ElementTree.Element('testsuites', {'name': 'gokart-lint', **_counts(outcome.findings)})
    for path, findings in by_file(outcome.findings).items():
        suites.append(_suite(path, findings, outcome))
    if not outcome.findings:
        clear = ElementTree.SubElement(suites, 'testsuite', {'name': 'gokart-lint', **_counts((), tests=1)})
        ElementTree.SubElement(clear, 'testcase', {'name': 'no findings', 'classname': 'gokart-lint'})
        suites.set('tests', '1')
    ElementTree.indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(suites, encoding="unicode")}'


def _suite(path: str, findings: Sequence[Finding], outcome: Outcome) -> ElementTree.Element:
    name = harmless(posix(path))
    suite = ElementTree.Element('testsuite', {'name': name, 'file': name, **_counts(findings)})
    classname = os.path.splitext(name)[0].strip('/').replace('/', '.')
    seen: Counter[str] = Counter()
    for finding in findings:
        seen[finding.code] += 1
        suite.append(_case(finding, classname, seen[finding.code], url(finding.code, outcome.own_rules)))
    return suite


def _case(finding: Finding, classname: str, number: int, page: str) -> ElementTree.Element:
    """A test whose name no other one has, and that keeps it when lines move: services compare runs by the names."""
    name = f'{finding.code} {finding.name}' + (f' ({number})' if number > 1 else '')
    case = ElementTree.Element('testcase', {'name': name, 'classname': classname})
    kind = 'error' if finding.code == _UNREADABLE else 'failure'
    fault = ElementTree.SubElement(case, kind, {'type': finding.code, 'message': harmless(finding.message)})
    fault.text = f'{header(finding, colour=False)}\n{page}'.rstrip()
    return case


def _counts(findings: Sequence[Finding], tests: int | None = None) -> dict[str, str]:
    """In JUnit, a failure is what a test found, and an error is a test that could not be done."""
    errors = sum(finding.code == _UNREADABLE for finding in findings)
    tests = len(findings) if tests is None else tests
    return {'tests': str(tests), 'failures': str(len(findings) - errors), 'errors': str(errors)}
