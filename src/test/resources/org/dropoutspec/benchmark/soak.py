"""Stands between the suite and a sound adapter and does to it what happens to processes.

soak.py FAULT CALL FOLDER COMMAND...: the fault strikes at this call, and FOLDER/struck says that it did.
"""

import os
import signal
import subprocess
import sys
import time

fault, call, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
adapter = subprocess.Popen(
    sys.argv[4:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "SOAK": folder}
)


def strike(reply):
    """Gives what is answered in the place of the reply."""
    open(os.path.join(folder, "struck"), "w").close()
    if fault == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if fault == "adapter-killed":
        adapter.kill()
    if fault == "stopped":
        os.kill(os.getpid(), signal.SIGSTOP)
    if fault == "cut-off":
        sys.stdout.buffer.write(reply[: len(reply) // 2])
        sys.stdout.buffer.flush()
        os._exit(0)
    if fault == "silent":
        os._exit(0)
    if fault == "torn":
        return reply[: len(reply) // 2] + b"\n" + reply[len(reply) // 2 :]
    if fault == "twice":
        return reply + reply
    return reply


count = 0
while request := sys.stdin.buffer.readline():
    adapter.stdin.write(request)
    adapter.stdin.flush()
    if fault == "paused" and count == call:
        adapter.send_signal(signal.SIGSTOP)
        time.sleep(0.3)
        adapter.send_signal(signal.SIGCONT)
    if fault == "slow" and count % 10 == 0:
        time.sleep(0.02)
    reply = adapter.stdout.readline()
    if count == call and fault not in ("none", "paused", "slow", "bad-end"):
        reply = strike(reply)
    if not reply:
        sys.exit(3)
    sys.stdout.buffer.write(reply)
    sys.stdout.buffer.flush()
    count += 1
adapter.stdin.close()
adapter.wait()
if fault == "bad-end":
    strike(b"")
    sys.exit(3)
