"""The suite's order: what starts a Prefect server comes last, so that a failure elsewhere shows at once."""

import atexit
import os

import pytest

from pipelines import reglages_prefect

# pytest's closing line is the last one: at exit duckdb lists on stderr what test modules still hold.
atexit.register(os.dup2, os.open(os.devnull, os.O_WRONLY), 2)

reglages_prefect.appliquer()  # no telemetry, whatever test imports Prefect first


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("prefect") is not None)
