"""Much of the same work on all cores, its results in order."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import starmap
from typing import Any, TypeVar

# Pieces of work a core: fewer are done before another process of Python has started.
WORTHWHILE = 4
AT_A_TIME = 2
Result = TypeVar("Result")
Progress = Callable[[Iterable[Any], int], Iterable[Any]]


def silent(results: Iterable[Any], _: int) -> Iterable[Any]:
    """Show no progress."""
    return results


def run(
    function: Callable[..., Result], work: Sequence[tuple[Any, ...]], progress: Progress = silent
) -> list[Result]:
    """Call a module's function with each tuple of arguments; return the results in that order.

    The first error, in that order, is raised. `progress` is handed the results as they come, and
    how many there will be.
    """
    cores = min(os.cpu_count() or 1, len(work) // WORTHWHILE)
    if cores < 2:
        return list(progress(starmap(function, work), len(work)))
    # Processes, for half of the work is Python's own; fresh ones, for this one may have threads.
    with ProcessPoolExecutor(cores, multiprocessing.get_context("spawn")) as pool:
        try:
            results = pool.map(function, *zip(*work, strict=True), chunksize=AT_A_TIME)
            return list(progress(results, len(work)))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
