"""./dev bench [quick] [files] [--megabytes N] [--rounds N]: jinyu beside its peers in one run on one machine. README.md says how to read it.

Every figure is measured once in each round, all of them in turn, and the table prints the median: what else the machine does in one minute
touches them all alike. Seconds are CPU seconds of the one thread that works. The answer goes to standard output as a table and to
build/bench.json for scripts: rows, peers that are missing and why, and one row for each goal.
"""
import argparse
import datetime
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time

import goals
import peers
import report
import system
import written
from goals import DENSE, PHRASES, REALISTIC, WRITTEN

HERE = os.path.dirname(os.path.abspath(__file__))
TEXTS = (REALISTIC, DENSE, WRITTEN)
OTHER = ("滚", "呸", "sb", "wtf", "120", "q币") # phrases without two Han characters side by side
PROGRAMS = ("text", "jinyu", "shapes", "regex", "match", "session")
ENGINES = ("avx512", "avx2", "sse4.2", "scalar")
PROBE, AT_MOST = 2, 0.6  # megabytes, seconds


class Bench:
    def __init__(self, build, megabytes, rounds):
        self.build, self.megabytes, self.rounds = os.path.abspath(build), megabytes, rounds
        self.folder = os.path.join(self.build, "bench")
        self.tests = os.path.join(self.build, "tests", "bench")
        self.cli = os.path.join(self.build, "bindings", "cli", "jinyu")
        self.rows, self.missing, self.plans, self.sizes = {}, {}, [], {}
        os.makedirs(self.folder, exist_ok=True)

    # ---- what is read

    def text_folder(self, phrases, hit_every):
        return os.path.join(self.folder, f"{phrases}-{hit_every}")

    def make_texts(self, sizes=PHRASES, texts=TEXTS, programs=PROGRAMS):
        subprocess.run(["ninja", "-C", self.build, "--quiet", *[f"tests/bench/bench_{name}" for name in programs]], check=True, stdout=sys.stderr)
        for phrases in sizes:
            if REALISTIC in texts or WRITTEN in texts:  # written talk has its phrases
                self.make_text(phrases, REALISTIC, self.megabytes)
                self.make_other_pack(self.text_folder(phrases, REALISTIC))
            if DENSE in texts:
                self.make_text(phrases, DENSE, self.megabytes)
            if WRITTEN in texts:
                written.write(self.text_folder(phrases, WRITTEN), self.text_folder(phrases, REALISTIC), self.megabytes, REALISTIC)

    def make_text(self, phrases, hit_every, megabytes):
        folder = self.text_folder(phrases, hit_every)
        os.makedirs(folder, exist_ok=True)
        subprocess.run([f"{self.tests}/bench_text", folder, str(megabytes), str(phrases), str(hit_every)], check=True)

    def make_other_pack(self, folder):
        with open(f"{folder}/pack.yaml", encoding="utf-8") as file:
            head, forbid, phrases = file.read().partition("forbid:\n")
        with open(f"{folder}/other.yaml", "w", encoding="utf-8") as file:
            file.write(head + forbid + "".join(f'      - "{phrase}"\n' for phrase in OTHER) + phrases)

    def clean(self):
        for phrases in PHRASES:
            for hit_every in TEXTS:
                shutil.rmtree(self.text_folder(phrases, hit_every), ignore_errors=True)

    # ---- what is measured: a plan is a key and a function that measures once

    def plan(self, who, mode, phrases, hit_every, measure):
        self.plans.append(((who, mode, phrases, hit_every), measure))

    def plan_peers(self, log):
        for kind in peers.PEERS:
            peer = kind(self.folder, log)
            print(f"installing {peer.name}", file=sys.stderr)
            try:
                peer.install()
            except (peers.Missing, OSError) as why:
                self.missing[peer.name] = str(why)
                continue
            for phrases in PHRASES:
                for hit_every in TEXTS if isinstance(peer, peers.Hyperscan) else (REALISTIC,):
                    for mode in ("whole",) if hit_every == DENSE else peer.modes:
                        self.plan(peer.name, mode, phrases, hit_every, self.peer_measure(peer, phrases, hit_every, mode))

    def peer_measure(self, peer, phrases, hit_every, mode):
        folder = self.text_folder(phrases, hit_every)
        text = os.path.join(folder, "raw.txt" if peer.raw else "folded.txt")
        return lambda megabytes: peer.measure(os.path.join(folder, "phrases.txt"), text, mode, megabytes)

    def plan_jinyu(self):
        for phrases in PHRASES:
            for sound in (0, 1):
                who = goals.HEARD if sound else "jinyu"
                for hit_every in TEXTS:
                    for mode in ("scan", "matcher") if hit_every == DENSE else ("scan", "batch", "lines", "matcher"):
                        self.plan(who, mode, phrases, hit_every, self.jinyu_measure(phrases, hit_every, mode, sound, "best"))
            self.plan("jinyu", "matcher, other keys too", phrases, REALISTIC,
                      self.jinyu_measure(phrases, REALISTIC, "matcher", 0, "best", f"{self.text_folder(phrases, REALISTIC)}/other.yaml"))
            for engine in ENGINES:
                for sound in (0, 1):
                    who = f"jinyu {engine}" + (", sound on" if sound else "")
                    self.plan(who, "matcher", phrases, REALISTIC, self.jinyu_measure(phrases, REALISTIC, "matcher", sound, engine))

    def pack(self, phrases, hit_every, sound):
        return f"{self.text_folder(phrases, hit_every)}/{'heard' if sound else 'pack'}.yaml"

    def jinyu_measure(self, phrases, hit_every, mode, sound, engine, pack=None):
        folder = self.text_folder(phrases, hit_every)
        command = [f"{self.tests}/bench_jinyu", pack or self.pack(phrases, hit_every, sound), f"{folder}/raw.txt", mode]

        def measure(megabytes):
            done = subprocess.run([*command, str(megabytes), str(sound), engine], capture_output=True, text=True)
            if done.returncode:
                raise peers.Missing(done.stderr.strip())
            name, build, memory, size, seconds, hits, parse = done.stdout.strip().split("\t")
            return [{"name": name, "build_ms": float(build), "memory": int(memory), "bytes": int(size), "seconds": float(seconds), "hits": int(hits),
                     "parse_ms": float(parse)}]
        return measure

    # ---- measuring

    def measure(self):
        for number in range(self.rounds):
            print(f"round {number + 1} of {self.rounds}", file=sys.stderr)
            for key, measure in self.plans:
                if self.name_of(key) in self.missing:
                    continue
                try:
                    for row in measure(self.size_for(key, measure)):
                        self.rows.setdefault(key, {}).setdefault(row["name"], []).append(row)
                except (peers.Missing, subprocess.TimeoutExpired, OSError) as why:
                    self.missing[self.name_of(key)] = str(why)

    def size_for(self, key, measure):
        """All of the text, or as much as takes about AT_MOST seconds by a first look at PROBE megabytes."""
        if key not in self.sizes:
            seconds = max(row["seconds"] for row in measure(min(PROBE, self.megabytes)))
            wanted = int(AT_MOST / seconds * PROBE) if seconds else self.megabytes
            self.sizes[key] = max(1, min(self.megabytes, wanted))
        return self.sizes[key]

    @staticmethod
    def name_of(key):
        who, mode, phrases, _ = key
        return f"{who}, {mode}, {phrases} phrases"

    def medians(self):
        """One row for each key: of several configurations the fastest."""
        table = []
        for (who, mode, phrases, hit_every), configurations in self.rows.items():
            best = None
            for name, runs in configurations.items():
                row = dict(runs[0])
                row["seconds"] = statistics.median(run["seconds"] for run in runs)
                row["build_ms"] = statistics.median(run["build_ms"] for run in runs)
                if "parse_ms" in row:
                    row["parse_ms"] = statistics.median(run["parse_ms"] for run in runs)
                row["gb_per_s"] = row["bytes"] / row["seconds"] / 1e9
                row["spread"] = [min(run["seconds"] for run in runs), max(run["seconds"] for run in runs)]
                if best is None or row["gb_per_s"] > best["gb_per_s"]:
                    best = row
            best.update(who=who, mode=mode, phrases=phrases, hit_every=hit_every, configuration=best.pop("name"))
            table.append(best)
        return table


def machine():
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
        info = file.read()
    model = next((line.split(":", 1)[1].strip() for line in info.splitlines() if line.startswith("model name")), platform.machine())
    return {"model": model, "cores": os.cpu_count(), "avx512": "avx512bw" in info, "load": os.getloadavg()[0], "kernel": platform.release()}


def main():
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__.split("\n")[0])
    parser.add_argument("what", nargs="*", choices=["quick", "files", []], help="quick: a small text, two rounds; files: many files and one large")
    parser.add_argument("--build", default="build")
    parser.add_argument("--megabytes", type=int, default=128)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    if "quick" in options.what:
        options.megabytes, options.rounds = 8, 2
    bench = Bench(options.build, options.megabytes, options.rounds)
    if "files" in options.what:
        system.files(bench)
        return
    started = time.time()
    bench.make_texts()
    with open(os.path.join(bench.folder, "tools.log"), "w", encoding="utf-8") as log:
        if not options.no_peers:
            bench.plan_peers(log)
    bench.plan_jinyu()
    bench.measure()
    table, extra = bench.medians(), system.measure(bench)
    answer = {"date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"), "machine": machine(), "megabytes": options.megabytes,
              "rounds": options.rounds, "seconds": round(time.time() - started), "rows": table, "system": extra, "goals": goals.judge(table, extra), "missing": bench.missing}
    with open(os.path.join(bench.build, "bench.json"), "w", encoding="utf-8") as file:
        json.dump(answer, file, ensure_ascii=False, indent=1)
    report.show(answer)
    bench.clean()


if __name__ == "__main__":
    main()
