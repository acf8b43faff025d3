"""Runs checks side by side, each worker in a folder of its own and, where asked, on a processor of its own."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor


class Workers:
    """A pool; `jobs` checks run at a time."""

    def __init__(self, folder, jobs):
        self.jobs = jobs
        self.processors = sorted(os.sched_getaffinity(0))
        self.folders = []
        for number in range(jobs):
            path = os.path.join(folder, "slot-%d" % number)
            os.makedirs(path)
            self.folders.append(path)

    def pinned(self, number=0):
        """Binds this thread, and what it starts, to one processor."""
        os.sched_setaffinity(0, {self.processors[number % len(self.processors)]})

    def each(self, items, work, pin=True):
        """Calls `work(item, folder)` for every item; the first exception ends it all."""
        free = list(zip(range(self.jobs), self.folders))
        lock = threading.Lock()
        here = threading.local()

        def start():
            with lock:
                number, here.folder = free.pop()
            if pin:
                self.pinned(number)
            else:
                os.sched_setaffinity(0, set(self.processors))

        with ThreadPoolExecutor(self.jobs, initializer=start) as pool:
            for _ in pool.map(lambda item: work(item, here.folder), items):
                pass
