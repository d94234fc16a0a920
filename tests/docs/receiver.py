#!/usr/bin/env python3
"""A receiver of insights events on the loopback interface, for the commands that the docs show and for the templates.

As a program it prints what tests/system/receive_events.cc prints, so that docs/examples/*/run.sh can use it where that
one is not built: `listening on URL`, then one line per event: its sender, its key and its body.
"""

import http.server
import threading


class Receiver:
    """Listens until it is closed; `bodies` holds what came, in order."""

    def __init__(self, on_event=lambda headers, body: None):
        self.bodies = []
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"  # the program keeps its connection open

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                receiver.bodies.append(body)
                on_event(self.headers, body)
                answer = b'{"message":"event written","data":{}}'
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


def main():
    receiver = Receiver(lambda headers, body: print(headers["x-ops-mechanism"], headers["Idempotency-Key"], body,
                                                    flush=True))
    print("listening on", receiver.url, flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
