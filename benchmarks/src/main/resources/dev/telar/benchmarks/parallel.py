"""Jobs on joblib's loky."""

from joblib import Parallel, delayed

from pools import increment, same


class Map:
    """`Parallel(n_jobs=2)`, batches by itself."""

    batch = "auto"

    def __init__(self, items):
        self.operations = items
        self.parallel = Parallel(n_jobs=2, batch_size=self.batch)

    def once(self):
        same([1], self.parallel([delayed(increment)(0)]))

    def round(self):
        results = self.parallel(delayed(increment)(i) for i in range(self.operations))
        same(self.operations, results[-1])

    def close(self):
        pass


class Submit(Map):
    """One call, one result."""

    def round(self):
        for i in range(self.operations):
            same([i + 1], self.parallel([delayed(increment)(i)]))


JOBS = {
    "loky-map": Map,
    "loky-submit": Submit,
}
