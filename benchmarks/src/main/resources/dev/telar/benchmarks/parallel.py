"""Jobs on joblib's loky."""

from joblib import Parallel, delayed
from joblib.externals.loky import get_reusable_executor

from pools import Submit, same
from tasks import increment


class Map:
    """`Parallel(n_jobs=2)`, kept open, batches by itself."""

    def __init__(self, items):
        self.operations = items
        self.parallel = Parallel(n_jobs=2).__enter__()

    def once(self):
        same([1], self.parallel([delayed(increment)(0)]))

    def round(self):
        results = self.parallel(delayed(increment)(i) for i in range(self.operations))
        same(self.operations, len(results))
        same(self.operations, results[-1])

    def close(self):
        self.parallel.__exit__(None, None, None)


class SubmitLoky(Submit):
    """`submit(...).result()` on its executor, one after the other."""

    @staticmethod
    def executors(workers):
        return get_reusable_executor(max_workers=workers)


JOBS = {
    "loky-map": Map,
    "loky-submit": SubmitLoky,
}
