"""Plays many scripts to several servers of several kinds at a time."""

import os
import queue
import tempfile
from concurrent.futures import ThreadPoolExecutor

from .dialect import Player


class Stage:
    """`kinds` are functions by a name each, that start a server of that kind in a new folder. There
    are `width` servers of each, with mailboxes of their own, so that no script disturbs another."""

    def __init__(self, kinds, width, accounts):
        self.accounts = accounts
        self.free = {kind: queue.Queue() for kind in kinds}
        self.servers = []
        self.folder = tempfile.TemporaryDirectory(prefix="pop3lab-")
        # Dovecot's processes run as several users, who all come through here.
        os.chmod(self.folder.name, 0o755)
        self.width = width
        self.kinds = kinds

    def __enter__(self):
        try:
            for kind, start in self.kinds.items():
                for _ in range(self.width):
                    server = start(os.path.join(self.folder.name, str(len(self.servers))))
                    self.servers.append(server)
                    self.free[kind].put(server)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        with ThreadPoolExecutor(len(self.servers) or 1) as pool:
            for server in self.servers:
                pool.submit(server.stop)
        self.folder.cleanup()

    def play(self, jobs):
        """The transcripts of (kind, script) by the kind and the name of the script."""
        jobs = list(jobs)
        pools = {kind: ThreadPoolExecutor(self.width) for kind in self.kinds}
        told = {
            (kind, script["name"]): pools[kind].submit(self._play, kind, script) for kind, script in jobs
        }
        return {job: text.result() for job, text in told.items()}

    def _play(self, kind, script):
        server = self.free[kind].get()
        try:
            server.reset()
            return Player(server, script, self.accounts).play()
        except Exception as error:
            raise RuntimeError(f"{script['name']} cannot be played to {kind}: {error!r}") from error
        finally:
            self.free[kind].put(server)
