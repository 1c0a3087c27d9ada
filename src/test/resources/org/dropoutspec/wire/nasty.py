"""An adapter that misbehaves in the way that its argument names, at the first call of dropout unless it says hello."""

import json
import os
import signal
import sys
import time

MODE = sys.argv[1]
OUT = sys.stdout.buffer
HELLO = {
    "protocol": "1.0",
    "implementation": {"name": "nasty", "version": "1", "language": "Python"},
    "operations": ["dropout"],
    "dtypes": ["float32"],
    "capabilities": [],
}


def send(data):
    OUT.write(data if isinstance(data, bytes) else json.dumps(data).encode() + b"\n")
    OUT.flush()


def grandchild(seconds=1000):
    """A process that nobody is the parent of any more, and that holds all three pipes."""
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            time.sleep(seconds)
        os._exit(0)
    os.wait()


def misbehave(request):
    good = {"id": request["id"], "output": request["input"]}
    if MODE == "die":
        sys.stderr.write("last words\n")
        sys.stderr.flush()
        os._exit(3)
    if MODE == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    if MODE == "interrupted":
        os._exit(130)
    if MODE == "die in the middle":
        send(b'{"id": 1, "outp')
        os._exit(4)
    if MODE == "close output":
        os.close(1)
        time.sleep(1000)
    if MODE == "silence":
        time.sleep(1000)
    if MODE == "dribble":
        for byte in json.dumps(good).encode() * 1000:
            send(bytes([byte]))
            time.sleep(0.05)
    if MODE == "banner":
        send(b"Loading kernels... done\n")
    if MODE == "no JSON":
        send(b"{'id': 1}\n")
    if MODE == "deep":
        send(b'{"id":1,"output":' + b"[" * 100000 + b"\n")
    if MODE == "endless line":
        while True:
            send(b"x" * 65536)
    if MODE == "UTF-8":
        send(b'{"id": 1, "error": {"type": "internal", "message": "\xff\xfe"}}\n')
    if MODE == "other id":
        send({**good, "id": 99})
    if MODE == "two replies":
        line = json.dumps(good).encode() + b"\n"
        send(line + line)
    if MODE == "second reply later":
        send(good)
        send(good)
    if MODE == "second reply late":
        send(good)
        sys.stdin.buffer.read()
        send(good)
    if MODE == "flood":
        for line in range(100000):
            sys.stderr.write(f"noise {line} \x1b[31m\n")
        sys.stderr.flush()
        send({**good, "id": -1})
    if MODE == "SIGTERM":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(1000)
    if MODE == "grandchild":
        grandchild()
        os._exit(5)
    if MODE == "quiet grandchild":
        grandchild()
        send(good)
    if MODE == "once":
        if os.path.exists(sys.argv[2]):
            send(good)
        else:
            open(sys.argv[2], "w").close()
            os._exit(6)
    for kind in ("internal", "unsupported", "invalid_argument"):
        if MODE == kind:
            send({"id": request["id"], "error": {"type": kind, "message": "as you wish"}})
    return None


if MODE == "exit at once":
    sys.exit("no such framework")
if MODE == "silent hello":
    time.sleep(1000)
if MODE == "deaf":
    line = sys.stdin.buffer.readline()
    send({"id": 0, **HELLO})
    time.sleep(1000)
if MODE == "major":
    HELLO["protocol"] = "2.0"
if MODE == "banner at start":
    send(b"Welcome to Nasty 1.0\n")
if MODE == "changing" and os.path.exists(sys.argv[2]):
    HELLO["implementation"]["version"] = "2"
for line in sys.stdin.buffer:
    request = json.loads(line)
    if request["op"] == "hello":
        send({"id": 0, **HELLO})
    elif MODE == "changing":
        open(sys.argv[2], "w").close()
        os._exit(7)
    else:
        misbehave(request)
if MODE == "stays":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(1000)
if MODE == "fails at end":
    sys.exit(9)
if MODE == "speaks at end":
    send(b"goodbye\n")
if MODE == "half a line":
    send(b"good")
