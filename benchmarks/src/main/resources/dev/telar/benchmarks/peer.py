"""The Python side of a comparison.

Started with the name of a job, it reads commands from its standard input, one a line, and answers
each with a time in nanoseconds: `first` makes the pool and does one operation, `round` does the work
of one round and answers the average of one operation. The end of the input ends it.
"""

import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor

CALLS_PER_ROUND = 200
ITEMS = 100_000


def increment(x):
    return x + 1


class Submit:
    """`ProcessPoolExecutor.submit(...).result()`, one after the other."""

    operations = CALLS_PER_ROUND

    def __init__(self):
        self.executor = ProcessPoolExecutor(2)

    def once(self):
        if self.executor.submit(increment, 0).result() != 1:
            raise AssertionError("wrong result")

    def round(self):
        for i in range(CALLS_PER_ROUND):
            if self.executor.submit(increment, i).result() != i + 1:
                raise AssertionError("wrong result")

    def close(self):
        self.executor.shutdown()


class Map:
    """`multiprocessing.Pool.map` with its default chunks."""

    operations = ITEMS
    items = list(range(ITEMS))

    def __init__(self):
        self.pool = multiprocessing.Pool(2)

    def once(self):
        self.round()

    def round(self):
        results = self.pool.map(increment, self.items)
        if len(results) != ITEMS or results[-1] != ITEMS:
            raise AssertionError("wrong results")

    def close(self):
        self.pool.close()
        self.pool.join()


JOBS = {"submit": Submit, "map": Map}


def main():
    job = None
    for command in sys.stdin:
        start = time.perf_counter_ns()
        if command.strip() == "first":
            job = JOBS[sys.argv[1]]()
            job.once()
            nanos = time.perf_counter_ns() - start
        else:
            job.round()
            nanos = (time.perf_counter_ns() - start) / job.operations
        print(nanos, flush=True)
    if job is not None:
        job.close()


if __name__ == "__main__":
    main()
