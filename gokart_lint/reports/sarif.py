"""SARIF 2.1.0, which code scanning services read."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import quote

import msgspec

from gokart_lint import __version__
from gokart_lint.facts import Span
from gokart_lint.findings import Finding, Fix
from gokart_lint.reports import HOME, Outcome, sound, url
from gokart_lint.rules.registry import Rule, all_rules

SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json'


def render(outcome: Outcome) -> str:
    """One run with all rules and one result a finding."""
    rules = (*all_rules(), *outcome.own_rules)
    index = {rule.code: number for number, rule in enumerate(rules)}
    driver = {'name': 'gokart-lint', 'version': __version__, 'informationUri': HOME, 'rules': [_rule(rule) for rule in rules]}
    results = [_result(finding, index) for finding in outcome.findings]
    run = {'tool': {'driver': driver}, 'columnKind': 'unicodeCodePoints', 'results': results}
    log = {'$schema': SCHEMA, 'version': '2.1.0', 'runs': [run]}
    return msgspec.json.format(msgspec.json.encode(log), indent=2).decode()


def _rule(rule: Rule) -> dict[str, Any]:
    described: dict[str, Any] = {
        'id': rule.code,
        'name': ''.join(word.capitalize() for word in rule.name.split('-')),
        'shortDescription': {'text': f'{rule.summary}.'},
        'fullDescription': {'text': f'{rule.summary}.'},
        'help': {'text': rule.documentation, 'markdown': rule.documentation},
        'defaultConfiguration': {'enabled': not rule.opt_in, 'level': 'error'},
    }
    page = url(rule.code, [rule])
    return {**described, 'helpUri': page} if page else described


def _result(finding: Finding, index: dict[str, int]) -> dict[str, Any]:
    location = {'artifactLocation': _artifact(finding.path), 'region': _region(finding.at)}
    result: dict[str, Any] = {
        'ruleId': finding.code,
        'ruleIndex': index.get(finding.code, -1),
        'level': 'error',
        'message': {'text': sound(finding.message)},
        'locations': [{'physicalLocation': location}],
    }
    if finding.fix:
        result['fixes'] = [_fix(finding.fix, finding.path)]
    return result


def _fix(fix: Fix, path: str) -> dict[str, Any]:
    replacements = [{'deletedRegion': _region(edit.at), 'insertedContent': {'text': edit.text}} for edit in fix.edits]
    applicability = '' if fix.safe else ' (unsafe)'
    change = {'artifactLocation': _artifact(path), 'replacements': replacements}
    return {'description': {'text': sound(fix.message) + applicability}, 'artifactChanges': [change]}


def _artifact(path: str) -> dict[str, str]:
    """The file as a URI, relative where the path is: services know only where the repository begins."""
    uri = quote(os.fsencode(path.replace(os.sep, '/')))
    return {'uri': f'file://{uri}'} if os.path.isabs(path) else {'uri': uri, 'uriBaseId': '%SRCROOT%'}


def _region(at: Span) -> dict[str, int]:
    return {'startLine': at.line, 'startColumn': at.column, 'endLine': at.end_line, 'endColumn': at.end_column}
