"""Rules of the whole test run, loaded as a plugin: nothing is skipped silently, slow launches come last."""

from collections.abc import Generator

import pytest

ALLOWED_SKIPS: frozenset[str] = frozenset()
"""Reasons for which a test may be skipped, word for word. There are none."""


def pytest_configure(config: pytest.Config) -> None:
    """The marks of our own."""
    config.addinivalue_line("markers", "last: starts whole services, so it runs after all other tests")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Move the tests marked `last` to the end, keeping the order otherwise."""
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)


def _is_silent_skip(report: pytest.TestReport | pytest.CollectReport) -> bool:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return report.skipped and not hasattr(report, "wasxfail") and reason.removeprefix("Skipped: ") not in ALLOWED_SKIPS


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skipped test has failed: what is not run proves nothing."""
    report = yield
    if _is_silent_skip(report):
        report.outcome = "failed"
        report.longrepr = f"{report.longrepr}\nNo test may be skipped: give it what it needs, or take it out."
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A skipped file has failed too."""
    report = yield
    if _is_silent_skip(report):
        report.outcome = "failed"
        report.longrepr = f"{report.longrepr}\nNo test file may be skipped: give it what it needs, or take it out."
    return report
