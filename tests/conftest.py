"""What holds for every test: a skip says loudly what is absent, and in CI it is a failure."""

import os
from collections.abc import Generator

import pytest

import relocation  # noqa: F401 - in an installed wheel this opens the folder of `checks` and `geo`

IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}


def _harden(report: pytest.TestReport | pytest.CollectReport) -> None:
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, which CI does not allow: {_reason(report)}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _harden(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _harden(report)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.section("NOT RUN: something is absent on this machine", sep="!", red=True, bold=True)
        for reason in sorted({_reason(report) for report in skipped}):
            count = sum(_reason(report) == reason for report in skipped)
            terminalreporter.write_line(f"{count} not run: {reason}", yellow=True)


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    return str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr).removeprefix("Skipped: ")
