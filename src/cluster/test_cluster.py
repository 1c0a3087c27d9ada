"""A run on a real standalone cluster of Apache Spark: a master and two workers on this machine, started and ended here.

    mvn -Pcluster package -DskipTests && mvn -f src/cluster/spark package && python3 src/cluster/test_cluster.py

One worker is killed while its shards are asked; the certificate is the same as without, but for times. Skipped, with a
line that says so, where the cluster's jar was not built.
"""

import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
JAR = ROOT / "target" / "dropout-conformance-cluster.jar"
SPARK = ROOT / "target" / "spark"
OPENED = [
    "java.lang", "java.lang.invoke", "java.lang.reflect", "java.io", "java.net", "java.nio", "java.util",
    "java.util.concurrent", "java.util.concurrent.atomic", "sun.nio.ch", "sun.nio.cs", "sun.security.action",
    "sun.util.calendar",
]
OPENS = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED]
SHARDS = 6
OPERATION = ["--operation", "dropout", "--only", "MASK-1,MASK-3,MASK-10,BWD-1"]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Cluster:
    """A master and two workers, each a process of its own with its children in its own group."""

    def __init__(self, folder):
        self.folder = folder
        self.home = folder / "home"
        (self.home / "jars").mkdir(parents=True)
        for jar in (SPARK / "jars").glob("*.jar"):
            (self.home / "jars" / jar.name).symlink_to(jar)
        (self.home / "RELEASE").write_text("for a test\n")
        self.environment = dict(os.environ, SPARK_HOME=str(self.home), SPARK_LOCAL_IP="127.0.0.1",
                                SPARK_SCALA_VERSION="2.13")
        self.processes = []
        self.workers = []

    def begin(self):
        port = free_port()
        self.url = f"spark://127.0.0.1:{port}"
        master = self.start("master", "org.apache.spark.deploy.master.Master",
                            "--host", "127.0.0.1", "--port", str(port), "--webui-port", str(free_port()))
        self.wait_for(master, "New state: ALIVE")
        for number in range(2):
            work = self.folder / f"work{number}"
            worker = self.start(f"worker{number}", "org.apache.spark.deploy.worker.Worker",
                                "--host", "127.0.0.1", "--cores", "1", "--memory", "1g",
                                "--webui-port", str(free_port()), "--work-dir", str(work), self.url)
            self.wait_for(worker, "Successfully registered with master")
            self.workers.append(worker)

    def java(self, *arguments):
        return ["java", "-Xmx512m", "-XX:+UseSerialGC", *OPENS, "-cp", f"{self.home}/jars/*", *arguments]

    def start(self, name, *arguments):
        with open(self.folder / f"{name}.log", "wb") as log:
            process = subprocess.Popen(self.java(*arguments), stdout=log, stderr=log, env=self.environment,
                                       start_new_session=True)
        process.log = self.folder / f"{name}.log"
        self.processes.append(process)
        return process

    @staticmethod
    def wait_for(process, text, seconds=180):
        end = time.monotonic() + seconds
        while text not in process.log.read_text(errors="replace"):
            if time.monotonic() > end or process.poll() is not None:
                raise AssertionError(f"{process.log}: {text!r} did not come:\n"
                                     + process.log.read_text(errors="replace")[-2000:])
            time.sleep(0.2)

    def submit(self, report, after=lambda line: None):
        command = self.java(
            "org.apache.spark.deploy.SparkSubmit", "--master", self.url, "--class", "org.dropoutspec.cluster.Main",
            "--conf", "spark.executor.memory=512m", "--conf", "spark.driver.host=127.0.0.1",
            "--conf", "spark.executor.cores=1", "--conf", "spark.ui.enabled=false",
            str(JAR), "certify", "--tier", "quick", "--shards", str(SHARDS), "--seed", "7", *OPERATION,
            "--report", str(report), "--", sys.executable, str(ROOT / "src" / "cluster" / "fixed_start.py"),
            str(ROOT / "src" / "adapters" / "plain" / "adapter.py"))
        log = self.folder / f"{report.name}.log"
        with open(log, "w") as told:
            driver = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                      env=self.environment, start_new_session=True)
            self.processes.append(driver)
            for line in driver.stdout:
                told.write(line)
                told.flush()
                after(line)
            driver.wait(60)
        return driver.returncode, log.read_text()

    def kill(self, worker):
        """The worker, and with it the executor that it started and that one's adapter: as when a machine is gone."""
        children = executors(worker.pid)
        for pid in [worker.pid, *children]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        return children

    def end(self):
        for process in reversed(self.processes):
            for pid in [*executors(process.pid), process.pid]:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            process.wait(30)
            if process.stdout:
                process.stdout.close()


def executors(pid):
    """The processes that this one started, and those that they did."""
    found = []
    for task in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                found += [int(child), *executors(int(child))]
        except OSError:
            pass
    return found


def short(told):
    """What matters of a log."""
    lines = [line for line in told.splitlines() if " INFO " not in line and not line.startswith("\tat ")]
    return "\n".join(lines)[-3000:]


def verdicts(report):
    certificate = json.loads((report / "certificate.json").read_text())
    certificate.pop("seconds")
    return certificate


@unittest.skipUnless(
    JAR.exists() and (SPARK / "jars").is_dir(),
    f"no {JAR.name}: mvn -Pcluster package -DskipTests, and mvn -f src/cluster/spark package")
class ClusterTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="dropout-cluster-"))
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.cluster = Cluster(self.folder)
        self.addCleanup(self.cluster.end)
        self.cluster.begin()

    def test_a_killed_worker_changes_nothing_in_the_certificate(self):
        status, told = self.cluster.submit(self.folder / "whole")
        self.assertEqual(0, status, short(told))
        self.assertEqual(SHARDS, len(set(re.findall(r"^shard (\d+) asked by", told, re.M))), short(told))

        killed = []

        def after(line):
            # by now both workers ask a shard, and one of these is lost with its worker
            if not killed and re.match(r"shard \d+ asked by", line):
                killed.extend(self.cluster.kill(self.cluster.workers[0]))

        status, told = self.cluster.submit(self.folder / "killed", after)
        self.assertEqual(0, status, short(told))
        self.assertTrue(killed, "the worker had an executor when it was killed")
        self.assertRegex(told, r"executor \d+ was lost")
        self.assertEqual(verdicts(self.folder / "whole"), verdicts(self.folder / "killed"))


if __name__ == "__main__":
    unittest.main()
