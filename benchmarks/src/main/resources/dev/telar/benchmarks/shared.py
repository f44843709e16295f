"""Jobs on what two processes share; a child lives for one round."""

import array
import multiprocessing
import time
from collections import namedtuple


class Shared:
    """What all have in common."""

    def __init__(self, _items):
        pass

    def once(self):
        self.round()

    def close(self):
        pass


class Lock(Shared):
    """`acquire` and `release`, nobody else wants it."""

    operations = 200_000

    def __init__(self, _items):
        self.lock = multiprocessing.Lock()

    def round(self):
        acquire, release = self.lock.acquire, self.lock.release
        for _ in range(self.operations):
            acquire()
            release()


def contend(lock, counter, ready, sections):
    ready.release()
    more = True
    while more:
        with lock:
            count = counter.value
            more = count < sections
            if more:
                counter.value = count + 1


class Contended(Shared):
    """Two processes want one lock, until together they have had it so often."""

    operations = 20_000

    def round(self):
        lock = multiprocessing.Lock()
        counter = multiprocessing.RawValue("q", 0)
        ready = multiprocessing.Semaphore(0)
        child = multiprocessing.Process(
            target=contend, args=(lock, counter, ready, self.operations)
        )
        child.start()
        ready.acquire()
        start = time.perf_counter_ns()
        contend(lock, counter, ready, self.operations)
        nanos = time.perf_counter_ns() - start
        child.join()
        return nanos


class Value(Shared):
    """`value += 1` under the lock that every `Value` has, which is what makes it atomic."""

    operations = 100_000

    def __init__(self, _items):
        self.value = multiprocessing.Value("q", 0)

    def round(self):
        value = self.value
        for _ in range(self.operations):
            with value.get_lock():
                value.value += 1


Point = namedtuple("Point", "x y")


def produce(queue, elements):
    for i in range(elements):
        queue.put(Point(i, i))


class Queue(Shared):
    """One process puts, another takes; from the first element to the last."""

    operations = 20_000

    def round(self):
        queue = multiprocessing.Queue()
        child = multiprocessing.Process(target=produce, args=(queue, self.operations + 1))
        child.start()
        queue.get()
        start = time.perf_counter_ns()
        for _ in range(self.operations):
            point = queue.get()
        nanos = time.perf_counter_ns() - start
        child.join()
        if point.x != self.operations:
            raise AssertionError("wrong element")
        return nanos


def echo(connection):
    try:
        while True:
            connection.send_bytes(connection.recv_bytes())
    except EOFError:
        pass


class Pipe(Shared):
    """64 bytes there and back."""

    operations = 2_000
    message = b"x" * 64

    def __init__(self, _items):
        self.here, there = multiprocessing.Pipe()
        self.child = multiprocessing.Process(target=echo, args=(there,), daemon=True)
        self.child.start()
        there.close()

    def round(self):
        here, message = self.here, self.message
        for _ in range(self.operations):
            here.send_bytes(message)
            here.recv_bytes()

    def close(self):
        self.here.close()
        self.child.kill()


def last(connection):
    try:
        while True:
            connection.send(connection.recv()[-1])
    except EOFError:
        pass


class Array(Pipe):
    """64 MiB of doubles sent over a pipe; the last of them comes back."""

    operations = 1

    def __init__(self, _items):
        self.doubles = array.array("d", [1.0]) * (8 << 20)
        self.here, there = multiprocessing.Pipe()
        self.child = multiprocessing.Process(target=last, args=(there,), daemon=True)
        self.child.start()
        there.close()

    def round(self):
        self.here.send(self.doubles)
        if self.here.recv() != 1.0:
            raise AssertionError("wrong result")


JOBS = {
    "lock": Lock,
    "contended": Contended,
    "value": Value,
    "queue": Queue,
    "pipe": Pipe,
    "array": Array,
}
