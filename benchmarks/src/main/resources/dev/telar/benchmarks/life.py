"""Jobs on how long a pool takes to work, and what it holds."""

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor

from pools import same
from tasks import increment, occupy


def memory(pid, name, file):
    with open("/proc/%s/%s" % (pid, file)) as lines:
        for line in lines:
            if line.startswith(name):
                return int(line.split()[1]) * 1024
    raise AssertionError("no " + name)


class Start:
    """A pool of 2 made, until its first result."""

    operations = 1
    method = "spawn"

    def __init__(self, items):
        self.workers = items
        self.context = multiprocessing.get_context(self.method)

    def once(self):
        return self.round()

    def round(self):
        start = time.perf_counter_ns()
        with ProcessPoolExecutor(2, mp_context=self.context) as pool:
            same(1, pool.submit(increment, 0).result())
            return time.perf_counter_ns() - start

    def close(self):
        pass


class StartFork(Start):
    method = "fork"


class Each(Start):
    """Until all workers have begun a task, by worker."""

    def begun(self, workers):
        """From the making of the pool until its last worker has begun a task."""
        seconds = 0.3 + 0.06 * workers if workers > 1 else 0
        start = time.monotonic_ns()
        with self.context.Pool(workers) as pool:
            tasks = [pool.apply_async(occupy, (seconds,)) for _ in range(workers)]
            answers = [task.get() for task in tasks]
        same(workers, len({pid for pid, _ in answers}))
        return max(when for _, when in answers) - start

    def round(self):
        return self.begun(self.workers) / self.workers


class Further(Each):
    """What each worker beyond the first adds to the time until all have begun a task."""

    def round(self):
        return (self.begun(self.workers) - self.begun(1)) / (self.workers - 1)


class Idle(Start):
    """The share of memory of an idle worker."""

    def __init__(self, items):
        super().__init__(items)
        self.pool = self.context.Pool(2)

    def once(self):
        same(1, self.pool.apply(increment, (0,)))

    def round(self):
        self.pool.map(increment, range(20))
        children = multiprocessing.active_children()
        own = [child.pid for child in children]
        return sum(memory(pid, "Pss:", "smaps_rollup") for pid in own) / len(own)

    def close(self):
        self.pool.close()
        self.pool.join()


class IdleFork(Idle):
    method = "fork"


class Lazy(Start):
    """What the parent grows by while a generator is mapped lazily."""

    method = "fork"

    def __init__(self, items):
        super().__init__(items)
        self.pool = self.context.Pool(2)

    def once(self):
        same(1, self.pool.apply(increment, (0,)))

    def round(self):
        before = most = memory("self", "VmRSS:", "status")
        taken = 0
        for result in self.pool.imap(increment, (i for i in range(self.workers)), 1000):
            taken += 1
            if taken % (self.workers // 10) == 0:
                most = max(most, memory("self", "VmRSS:", "status"))
        same(self.workers, taken)
        return most - before

    def close(self):
        self.pool.close()
        self.pool.join()


JOBS = {
    "start": Start,
    "start-fork": StartFork,
    "further": Further,
    "each": Each,
    "idle": Idle,
    "idle-fork": IdleFork,
    "lazy": Lazy,
}
