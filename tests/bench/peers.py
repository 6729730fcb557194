"""The peers: how each is installed and built into build/bench, and how it is run. A peer that cannot be had says why."""
import contextlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCES = os.path.join(HERE, "peers")
PATIENCE = 900  # seconds for one answer


class Missing(Exception):
    """Why a peer is not in the table."""


def run(command, log, **more):
    log.write("$ " + " ".join(command) + "\n")
    log.flush()
    done = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, **more)
    if done.returncode:
        raise Missing(f"{os.path.basename(command[0])} failed, see {log.name}")


def apt(log, *packages):
    have = [subprocess.run(["dpkg-query", "-W", "-f=${Status}", package], capture_output=True, text=True).stdout for package in packages]
    missing = [package for package, state in zip(packages, have) if "ok installed" not in state]
    if missing:
        run(["apt-get", "update", "-qq"], log)
        run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], log, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


class Program:
    """A side of the comparison that goes on running: it scans when it is asked (peer_serve in peers/peer.h)."""

    def __init__(self, command):
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True)

    def measure(self, megabytes):
        """Rows, one for each configuration: name, build ms, memory, bytes, seconds, hits, parse ms."""
        watch = threading.Timer(PATIENCE, self.process.kill)
        watch.start()
        try:
            self.process.stdin.write(f"{megabytes}\n")
            self.process.stdin.flush()
            lines = list(iter(self.process.stdout.readline, "\n")) if self.process.poll() is None else []
        except OSError:
            lines = []
        finally:
            watch.cancel()
        if not lines or not lines[-1]:
            raise Missing(self.why())
        return [self.row(line) for line in lines]

    @staticmethod
    def row(line):
        name, build, memory, size, seconds, hits, parse = line.split("\t")
        return {"name": name, "build_ms": float(build), "memory": int(memory), "bytes": int(size), "seconds": float(seconds), "hits": int(hits),
                "parse_ms": float(parse)}

    def why(self):
        status = self.process.wait()
        self.errors.seek(0)
        said = self.errors.read().strip()
        return said.splitlines()[-1] if said else f"exit status {status}"

    def close(self):
        with contextlib.suppress(OSError):  # it may be gone already
            self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()
        self.errors.close()


class Peer:
    """name as the table prints it; open() gives a side that measures the first megabytes of a text: slow peers get a part of it."""

    raw = False  # reads the raw text, because it folds by itself
    modes = ("whole",)

    def __init__(self, folder, log):
        self.folder, self.log = folder, log

    def out(self, name):
        return os.path.join(self.folder, name)

    def install(self):
        raise NotImplementedError

    def command(self, phrases, text, mode):
        raise NotImplementedError

    def open(self, phrases, text, mode):
        return Program(self.command(phrases, text, mode))


class Hyperscan(Peer):
    name = "Hyperscan"
    modes = ("whole", "lines")

    def install(self):
        apt(self.log, "gcc", "libhyperscan-dev")
        run(["cc", "-O3", "-o", self.out("hyperscan"), f"{SOURCES}/hyperscan/hyperscan.c", "-lhs"], self.log)

    def command(self, phrases, text, mode):
        return [self.out("hyperscan"), phrases, text, mode]


class Vectorscan(Hyperscan):
    """Its package conflicts with Hyperscan's: unpacked beside it, linked statically."""

    name = "Vectorscan"

    def install(self):
        folder = self.out("vectorscan-package")
        os.makedirs(folder, exist_ok=True)
        apt(self.log, "gcc", "g++", "libhyperscan-dev")
        if not os.path.exists(folder + "/usr"):
            run(["apt-get", "download", "-qq", "libvectorscan-dev"], self.log, cwd=folder)
            packages = [name for name in os.listdir(folder) if name.endswith(".deb")]
            if not packages:
                raise Missing("apt-get has no libvectorscan-dev")
            run(["dpkg-deb", "-x", f"{folder}/{packages[0]}", folder], self.log)
        found = subprocess.run(["find", folder, "-name", "libhs.a"], capture_output=True, text=True).stdout.split()
        if not found:
            raise Missing("libvectorscan-dev holds no libhs.a")
        run(["cc", "-O3", "-I", f"{folder}/usr/include", "-o", self.out("vectorscan"), f"{SOURCES}/hyperscan/hyperscan.c", found[0], "-lstdc++", "-lm"], self.log)

    def command(self, phrases, text, mode):
        return [self.out("vectorscan"), phrases, text, mode]


class Rust(Peer):
    binary = ""

    def install(self):
        if not shutil.which("cargo"):
            apt(self.log, "cargo")
        environment = {**os.environ, "CARGO_TARGET_DIR": self.out("rust")}
        run(["cargo", "build", "--release", "--locked", "--manifest-path", f"{SOURCES}/rust/Cargo.toml", "--bin", self.binary], self.log, env=environment)

    def command(self, phrases, text, mode):
        return [self.out(f"rust/release/{self.binary}"), phrases, text, mode]


class Aho(Rust):
    name, binary = "aho-corasick", "aho"


class Daachorse(Rust):
    name, binary = "daachorse", "daachorse"


class Tool(Peer):
    """A program with -F -f: its time less its time for an empty text, lines counted."""

    package = program = ""

    def install(self):
        apt(self.log, self.package)

    def open(self, phrases, text, mode):
        return ToolRuns(self, phrases, text)


class ToolRuns:
    """A side that runs anew each time."""

    def __init__(self, tool, phrases, text):
        self.tool, self.phrases, self.text = tool, phrases, text

    def seconds(self, text):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(self.tool.command(self.phrases, text, "whole"), capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}, timeout=PATIENCE)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode > 1:
            raise Missing(done.stderr.strip())
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, int(done.stdout.strip() or 0)

    def measure(self, megabytes):
        with open(self.text, "rb") as file, tempfile.NamedTemporaryFile() as part, tempfile.NamedTemporaryFile() as empty:
            data = file.read(megabytes << 20)
            part.write(data[: data.rfind(b"\n") + 1])
            part.flush()
            start, _ = self.seconds(empty.name)
            total, lines = self.seconds(part.name)
            return [{"name": self.tool.name, "build_ms": start * 1e3, "memory": 0, "bytes": part.tell(), "seconds": max(total - start, 1e-6), "hits": lines}]

    def close(self):
        pass


class Ripgrep(Tool):
    name, package = "ripgrep -F -f", "ripgrep"

    def command(self, phrases, text, mode):
        return ["rg", "--no-config", "-a", "-c", "-j1", "-F", "-f", phrases, text]


class Grep(Tool):
    name, package = "grep -F -f", "grep"

    def command(self, phrases, text, mode):
        return ["grep", "-a", "-c", "-F", "-f", phrases, text]


class PyAhocorasick(Peer):
    name = "pyahocorasick"

    def install(self):
        if not os.path.exists(self.out("python/bin/python")):
            if subprocess.run([sys.executable, "-m", "ensurepip", "--version"], capture_output=True).returncode:
                apt(self.log, "python3-venv")
            run([sys.executable, "-m", "venv", self.out("python")], self.log)
        run([self.out("python/bin/python"), "-m", "pip", "install", "-q", "pyahocorasick==2.3.1"], self.log)

    def command(self, phrases, text, mode):
        return [self.out("python/bin/python"), f"{SOURCES}/pyahocorasick/search.py", phrases, text, mode]


class SensitiveWord(Peer):
    name = "houbb/sensitive-word"
    raw = True

    def install(self):
        if not shutil.which("mvn") or not shutil.which("java"):
            apt(self.log, "maven", "default-jdk-headless")
        run(["mvn", "-q", "-B", "-f", f"{SOURCES}/sensitive-word/pom.xml", f"-Dout={self.out('sensitive-word')}", "package", "dependency:copy-dependencies"],
            self.log)

    def command(self, phrases, text, mode):
        folder = self.out("sensitive-word")
        return ["java", "-Xmx2g", "-cp", f"{folder}/classes:{folder}/dependency/*", "bench.Search", phrases, text, mode]


class Icu(Peer):
    name = "ICU pipeline"
    raw = True

    def install(self):
        apt(self.log, "g++", "libicu-dev", "libhyperscan-dev")
        run(["c++", "-O3", "-o", self.out("icu"), f"{SOURCES}/icu/icu.cpp", "-licui18n", "-licuuc", "-lhs"], self.log)

    def command(self, phrases, text, mode):
        return [self.out("icu"), phrases, text, mode]


class Pcre2(Peer):
    name = "PCRE2 JIT alternation"

    def install(self):
        apt(self.log, "gcc", "libpcre2-dev")
        run(["cc", "-O3", "-o", self.out("pcre2"), f"{SOURCES}/pcre2/pcre2.c", "-lpcre2-8"], self.log)

    def command(self, phrases, text, mode):
        return [self.out("pcre2"), phrases, text, mode]


PEERS = [Hyperscan, Vectorscan, Aho, Daachorse, Ripgrep, Grep, PyAhocorasick, SensitiveWord, Icu, Pcre2]
