"""A loopback HTTP proxy that records what a browser asks the network for, and answers it without any network.

A browser is told to send everything here. A plain request is answered with an empty image, a tunnel (https, wss) is
refused; both are recorded first. So a page that asks for nothing leaves `taken()` empty, and a page that asks for
anything is seen whatever address it asks for: names are never resolved.
"""

import base64
import http.server
import threading

PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self):
        self.server.record(f"{self.command} {self.path}")
        self.send_response(200)
        self.send_header("Content-Type", "image/gif")
        self.send_header("Content-Length", str(len(PIXEL)))
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(PIXEL)
        self.close_connection = True

    do_GET = do_HEAD = do_POST = do_PUT = do_OPTIONS = answer

    def do_CONNECT(self):
        self.server.record(f"CONNECT {self.path}")
        self.send_error(502)

    def log_message(self, *words):
        pass


class RecordingProxy(http.server.ThreadingHTTPServer):
    """Listens on a free port of 127.0.0.1 from its making until `close()`."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.port = self.server_address[1]
        self.seen, self.lock = [], threading.Lock()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def handle_error(self, request, address):
        """A browser that hangs up is no news."""

    def record(self, line):
        with self.lock:
            self.seen.append(line)

    def taken(self):
        """The requests since the last call, and forgets them."""
        with self.lock:
            seen, self.seen = self.seen, []
        return seen

    def close(self):
        self.shutdown()
        self.server_close()
