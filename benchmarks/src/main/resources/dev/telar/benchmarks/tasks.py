"""What workers are given to do. A spawned one imports this module, so nothing heavy is imported here."""

import os
import time


def increment(x):
    return x + 1


def echo(value):
    return value


def occupy(seconds):
    now = time.monotonic_ns()
    time.sleep(seconds)
    return os.getpid(), now


def compute(steps):
    start = time.thread_time_ns()
    state = steps
    for _ in range(steps):
        state = state * 6364136223846793005 + 1442695040888963407 & 0xFFFFFFFFFFFFFFFF
    return time.thread_time_ns() - start
