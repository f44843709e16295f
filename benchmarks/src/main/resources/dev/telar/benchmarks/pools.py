"""Jobs on pools: CPython's multiprocessing.Pool, ProcessPoolExecutor and ThreadPoolExecutor."""

import array
import multiprocessing
import random
import time
from collections import namedtuple
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

from tasks import compute, echo, increment


def same(expected, result):
    if result != expected:
        raise AssertionError("wrong result")


class Submit:
    """`ProcessPoolExecutor.submit(...).result()`, one after the other."""

    executors = ProcessPoolExecutor

    def __init__(self, items):
        self.operations = items
        self.executor = self.executors(2)

    def once(self):
        same(1, self.executor.submit(increment, 0).result())

    def round(self):
        for i in range(self.operations):
            same(i + 1, self.executor.submit(increment, i).result())

    def close(self):
        self.executor.shutdown()


class SubmitThreads(Submit):
    """The same on `ThreadPoolExecutor`."""

    executors = ThreadPoolExecutor


class Tasks(Submit):
    """All submitted, then all results."""

    def round(self):
        futures = [self.executor.submit(increment, i) for i in range(self.operations)]
        for i, future in enumerate(futures):
            same(i + 1, future.result())


class Payload(Submit):
    """A value of so many items there and back, so many times."""

    def __init__(self, items, calls):
        super().__init__(calls)
        self.value = self.make(items)

    def once(self):
        result = self.executor.submit(echo, self.value).result()
        same(len(self.value), len(result))
        same(self.value[-1], result[-1])

    def round(self):
        for _ in range(self.operations):
            self.once()


# Of the records that Python has, the one that pickle is fastest with.
Record = namedtuple("Record", "id name body")


class Records(Payload):
    @staticmethod
    def make(items):
        return [Record(i, "record %d" % i, bytes([i % 256]) * 1000) for i in range(items)]


class Ints(Payload):
    @staticmethod
    def make(items):
        return list(range(items))


class Doubles(Payload):
    @staticmethod
    def make(items):
        return array.array("d", [1.0]) * items


class Bytes(Payload):
    @staticmethod
    def make(items):
        return bytes(items)


class Map:
    """`multiprocessing.Pool.map` with its default chunks."""

    chunks = None

    def __init__(self, items):
        self.operations = items
        self.items = list(range(items))
        self.pool = multiprocessing.Pool(2)

    def once(self):
        same([1], self.pool.map(increment, [0], self.chunks))

    def round(self):
        results = self.pool.map(increment, self.items, self.chunks)
        same(len(self.items), len(results))
        same(len(self.items), results[-1])

    def close(self):
        self.pool.close()
        self.pool.join()


class MapSingly(Map):
    """Each item a task of its own."""

    chunks = 1


class ImapUnordered(Map):
    """`imap_unordered`, as it comes: each item a task of its own."""

    def once(self):
        same([1], list(self.pool.imap_unordered(increment, [0])))

    def round(self):
        results = self.pool.imap_unordered(increment, self.items)
        same(self.operations * (self.operations + 1) // 2, sum(results))


class Uneven(Map):
    """One item in a hundred takes 50 times longer; the whole as a multiple of the ideal schedule for
    the processor time that the items took in their workers."""

    small = 800  # about 0.1 ms

    def __init__(self, items):
        super().__init__(items)
        self.operations = 1
        large = items // 100
        self.items = [self.small] * (items - large) + [self.small * 50] * large
        random.Random(1).shuffle(self.items)

    def once(self):
        self.pool.map(compute, [self.small])

    def round(self):
        start = time.perf_counter_ns()
        took = self.pool.map(compute, self.items)
        whole = time.perf_counter_ns() - start
        return whole / max(sum(took) / 2, max(took))


JOBS = {
    "submit": Submit,
    "submit-threads": SubmitThreads,
    "tasks": Tasks,
    "records": Records,
    "ints": Ints,
    "doubles": Doubles,
    "bytes": Bytes,
    "map": Map,
    "map-singly": MapSingly,
    "imap-unordered": ImapUnordered,
    "uneven": Uneven,
}
