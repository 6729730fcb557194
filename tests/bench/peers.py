"""The peers: how each is installed and built into build/bench, and how it is run. A peer that cannot be had says why."""
import os
import resource
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCES = os.path.join(HERE, "peers")


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


class Peer:
    """name as the table prints it. measure() reads the first megabytes of a text: slow peers get a part of it."""

    raw = False  # reads the raw text, because it folds by itself
    modes = ("whole",)

    def __init__(self, folder, log):
        self.folder, self.log = folder, log

    def out(self, name):
        return os.path.join(self.folder, name)

    def install(self):
        raise NotImplementedError

    def command(self, phrases, text, mode, megabytes):
        raise NotImplementedError

    def measure(self, phrases, text, mode, megabytes):
        """Rows: configuration, build ms, memory, bytes, seconds, hits."""
        done = subprocess.run(self.command(phrases, text, mode, megabytes), capture_output=True, text=True, timeout=900)
        if done.returncode:
            raise Missing(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"exit status {done.returncode}")
        rows = []
        for line in done.stdout.splitlines():
            name, build, memory, size, seconds, hits = line.split("\t")
            rows.append({"name": name, "build_ms": float(build), "memory": int(memory), "bytes": int(size), "seconds": float(seconds), "hits": int(hits)})
        return rows


class Hyperscan(Peer):
    name = "Hyperscan"
    modes = ("whole", "lines")

    def install(self):
        apt(self.log, "gcc", "libhyperscan-dev")
        run(["cc", "-O3", "-o", self.out("hyperscan"), f"{SOURCES}/hyperscan/hyperscan.c", "-lhs"], self.log)

    def command(self, phrases, text, mode, megabytes):
        return [self.out("hyperscan"), phrases, text, mode, str(megabytes)]


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

    def command(self, phrases, text, mode, megabytes):
        return [self.out("vectorscan"), phrases, text, mode, str(megabytes)]


class Rust(Peer):
    binary = ""

    def install(self):
        if not shutil.which("cargo"):
            apt(self.log, "cargo")
        environment = {**os.environ, "CARGO_TARGET_DIR": self.out("rust")}
        run(["cargo", "build", "--release", "--locked", "--manifest-path", f"{SOURCES}/rust/Cargo.toml", "--bin", self.binary], self.log, env=environment)

    def command(self, phrases, text, mode, megabytes):
        return [self.out(f"rust/release/{self.binary}"), phrases, text, mode, str(megabytes)]


class Aho(Rust):
    name, binary = "aho-corasick", "aho"


class Daachorse(Rust):
    name, binary = "daachorse", "daachorse"


class Tool(Peer):
    """A program with -F -f: its time less its time for an empty text, lines counted."""

    package = program = ""

    def install(self):
        apt(self.log, self.package)

    def seconds(self, phrases, text):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(self.command(phrases, text, "whole", 0), capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}, timeout=900)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode > 1:
            raise Missing(done.stderr.strip())
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, int(done.stdout.strip() or 0)

    def measure(self, phrases, text, mode, megabytes):
        with open(text, "rb") as file, tempfile.NamedTemporaryFile(dir=self.folder) as part, tempfile.NamedTemporaryFile(dir=self.folder) as empty:
            data = file.read(megabytes << 20)
            part.write(data[: data.rfind(b"\n") + 1])
            part.flush()
            start, _ = self.seconds(phrases, empty.name)
            total, lines = self.seconds(phrases, part.name)
            return [{"name": self.name, "build_ms": start * 1e3, "memory": 0, "bytes": part.tell(), "seconds": max(total - start, 1e-6), "hits": lines}]


class Ripgrep(Tool):
    name, package = "ripgrep -F -f", "ripgrep"

    def command(self, phrases, text, mode, megabytes):
        return ["rg", "--no-config", "-a", "-c", "-j1", "-F", "-f", phrases, text]


class Grep(Tool):
    name, package = "grep -F -f", "grep"

    def command(self, phrases, text, mode, megabytes):
        return ["grep", "-a", "-c", "-F", "-f", phrases, text]


class PyAhocorasick(Peer):
    name = "pyahocorasick"

    def install(self):
        if not os.path.exists(self.out("python/bin/python")):
            if subprocess.run([sys.executable, "-m", "ensurepip", "--version"], capture_output=True).returncode:
                apt(self.log, "python3-venv")
            run([sys.executable, "-m", "venv", self.out("python")], self.log)
        run([self.out("python/bin/python"), "-m", "pip", "install", "-q", "pyahocorasick==2.3.1"], self.log)

    def command(self, phrases, text, mode, megabytes):
        return [self.out("python/bin/python"), f"{SOURCES}/pyahocorasick/search.py", phrases, text, mode, str(megabytes)]


class SensitiveWord(Peer):
    name = "houbb/sensitive-word"
    raw = True

    def install(self):
        if not shutil.which("mvn") or not shutil.which("java"):
            apt(self.log, "maven", "default-jdk-headless")
        run(["mvn", "-q", "-B", "-f", f"{SOURCES}/sensitive-word/pom.xml", f"-Dout={self.out('sensitive-word')}", "package", "dependency:copy-dependencies"],
            self.log)

    def command(self, phrases, text, mode, megabytes):
        folder = self.out("sensitive-word")
        return ["java", "-Xmx2g", "-cp", f"{folder}/classes:{folder}/dependency/*", "bench.Search", phrases, text, mode, str(megabytes)]


class Icu(Peer):
    name = "ICU pipeline"
    raw = True

    def install(self):
        apt(self.log, "g++", "libicu-dev", "libhyperscan-dev")
        run(["c++", "-O3", "-o", self.out("icu"), f"{SOURCES}/icu/icu.cpp", "-licui18n", "-licuuc", "-lhs"], self.log)

    def command(self, phrases, text, mode, megabytes):
        return [self.out("icu"), phrases, text, mode, str(megabytes)]


class Pcre2(Peer):
    name = "PCRE2 JIT alternation"

    def install(self):
        apt(self.log, "gcc", "libpcre2-dev")
        run(["cc", "-O3", "-o", self.out("pcre2"), f"{SOURCES}/pcre2/pcre2.c", "-lpcre2-8"], self.log)

    def command(self, phrases, text, mode, megabytes):
        return [self.out("pcre2"), phrases, text, mode, str(megabytes)]


PEERS = [Hyperscan, Vectorscan, Aho, Daachorse, Ripgrep, Grep, PyAhocorasick, SensitiveWord, Icu, Pcre2]
