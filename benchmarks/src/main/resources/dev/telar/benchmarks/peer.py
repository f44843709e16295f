"""The Python side of a comparison.

Started with the name of a job and its numbers (items, and for some calls in a round), it reads commands from its standard input,
one a line, and answers each with a number: `first` makes the pool and does one operation, `round`
does the work of one round and answers the average time of one operation in nanoseconds, or what else
the job measures. The end of the input ends it.
"""

import importlib
import sys
import time

MODULES = ("pools", "life", "shared", "parallel")


def find(name):
    for module in MODULES:
        try:
            jobs = importlib.import_module(module).JOBS
        except ImportError:
            continue  # joblib is not on every machine
        if name in jobs:
            return jobs[name]
    raise SystemExit("no job is called " + name)


def main():
    make = find(sys.argv[1])
    job = None
    for command in sys.stdin:
        start = time.perf_counter_ns()
        if command.strip() == "first":
            job = make(*map(int, sys.argv[2:]))
            known = job.once()  # as below
            answer = time.perf_counter_ns() - start if known is None else known
        else:
            known = job.round()  # some know better what to measure
            if known is None:
                known = time.perf_counter_ns() - start
            answer = known / job.operations
        print(answer, flush=True)
    if job is not None:
        job.close()


if __name__ == "__main__":
    main()
