"""A proxy that loses things on purpose: answers, requests, and the count of how often it sent one."""

import http.client
import random
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .servers import PATIENCE

HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "proxy-connection"}


class Faults:
    """In front of `port`. `odds` {fault: probability} is looked at for each item sent to the outbox.

    lose: the server stores it, the answer never comes · cut: it never arrives · twice: it arrives twice at once ·
    again: it arrives once more some time later · gateway: 502 · slow: half a second more.
    """

    def __init__(self, port, seed):
        self.upstream, self.odds, self.happened = port, {}, {}
        self.dice = random.Random(seed)
        self.lock, self.late = threading.Lock(), []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def choose(self):
        with self.lock:
            at = self.dice.random()
            for fault, share in self.odds.items():
                if (at := at - share) < 0:
                    self.happened[fault] = self.happened.get(fault, 0) + 1
                    return fault
        return ""

    def send(self, method, path, headers, body):
        """(status, headers, body) of the server; None where it is not there."""
        connection = http.client.HTTPConnection("127.0.0.1", self.upstream, timeout=PATIENCE)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def settle(self):
        """Wait for what is still to be sent a second time."""
        for thread in self.late:
            thread.join()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def _handler(faults):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
            sent = (self.command, self.path, headers, body)
            fault = faults.choose() if self.command == "POST" and self.path == "/outbox/" else ""
            if fault == "cut":
                return self._hang_up()
            if fault == "gateway":
                return self._answer((502, [("Content-Type", "text/html")], b"<h1>Bad gateway</h1>"))
            if fault == "slow":
                time.sleep(0.5)
            if fault == "again":
                faults.late.append(threading.Timer(1.5, faults.send, sent))
                faults.late[-1].start()
            if fault == "twice":
                faults.late.append(threading.Thread(target=faults.send, args=sent))
                faults.late[-1].start()
            answer = faults.send(*sent)
            if answer is None or fault == "lose":
                return self._hang_up()
            self._answer(answer)

        def _answer(self, answer):
            status, headers, body = answer
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def _hang_up(self):
            self.close_connection = True
            self.connection.close()

        def handle(self):
            with suppress(OSError, ValueError):  # the browser went away
                super().handle()

        def log_message(self, *args):
            pass

        do_GET = do_POST = do_HEAD = _pass

    return Handler
