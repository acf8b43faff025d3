"""Lines that say what held and what did not."""


class Checks:
    """Counts the checks that failed, and tells each one."""

    def __init__(self):
        self.failed = 0

    def add(self, what, wrong):
        """A check, with what is wrong: nothing where it holds."""
        wrong = list(wrong)
        self.failed += bool(wrong)
        print(f"{'wrong ' if wrong else 'ok    '} {what}", flush=True)
        for one in wrong[:8]:
            print(f"        {str(one)[:300]}")
