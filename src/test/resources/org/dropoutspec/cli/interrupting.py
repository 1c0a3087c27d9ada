"""Takes a rate of NaN, and a while later ends the suite, as Ctrl-C does: python3 interrupting.py CHECKOUT"""

import os
import runpy
import signal
import sys

sys.path.insert(0, os.path.join(sys.argv[1], "src/adapters/python"))
import dropout_adapter as adapter

LATER = 150  # calls, so that what was seen of the NaN is decided
since = 0


def serve(implementation, operations, dtypes, capabilities):
    def dropout(call):
        global since
        if call.rate != call.rate:
            since = max(since, 1)
            return {"output": call.input}
        since += since > 0
        if since == LATER:
            os.kill(os.getppid(), signal.SIGTERM)
            signal.pause()  # until it is ended too: the suite would be done otherwise
        return {"output": operations["dropout"](call)["output"]}

    answering({**implementation, "name": "interrupting"}, {"dropout": dropout}, ["float32"], ["seed"])


answering, adapter.serve = adapter.serve, serve
runpy.run_path(os.path.join(sys.argv[1], "src/adapters/plain/adapter.py"))
