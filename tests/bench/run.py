"""./dev bench [quick] [files] [--megabytes N] [--rounds N]: jinyu beside its peers in one run on one machine. README.md says how to read it.

What reads the same text runs at the same time, one program a side, and each scans when it is its turn: in each round all of them one after the other,
those that are compared side by side. So what else the machine does in one moment touches them alike, and a ratio is taken within each round; the table
prints medians. Seconds are CPU seconds of the one thread that works. The answer goes to standard output as a table and to
build/bench.json for scripts: rows, peers that are missing and why, and one row for each goal.
"""
import argparse
import datetime
import functools
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
        self.rows, self.missing, self.plans, self.peers = {}, {}, [], []
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

    # ---- what is measured: a plan says who reads a text how, and opens that side

    def plan(self, who, mode, open_side):
        self.plans.append(((who, mode), open_side))

    def install_peers(self, log):
        for kind in peers.PEERS:
            peer = kind(self.folder, log)
            print(f"installing {peer.name}", file=sys.stderr)
            try:
                peer.install()
                self.peers.append(peer)
            except (peers.Missing, OSError) as why:
                self.missing[peer.name] = str(why)

    def plan_text(self, phrases, hit_every):
        """Scanners of the whole text beside jinyu's, those of lines beside jinyu's, then the slow ones."""
        self.plans = []
        scanners = [peer for peer in self.peers if isinstance(peer, peers.Hyperscan)]
        self.plan_peers(scanners, "whole", phrases, hit_every)
        self.plan_jinyu(phrases, hit_every)
        if hit_every != DENSE:
            self.plan_peers(scanners, "lines", phrases, hit_every)
            self.plan_own("jinyu", "lines", phrases, hit_every)
            self.plan_own(goals.HEARD, "lines", phrases, hit_every)
        if hit_every == REALISTIC:
            self.plan_peers([peer for peer in self.peers if peer not in scanners], "whole", phrases, hit_every)

    def plan_peers(self, some, mode, phrases, hit_every):
        folder = self.text_folder(phrases, hit_every)
        for peer in some:
            text = os.path.join(folder, "raw.txt" if peer.raw else "folded.txt")
            self.plan(peer.name, mode, functools.partial(peer.open, os.path.join(folder, "phrases.txt"), text, mode))

    def plan_jinyu(self, phrases, hit_every):
        modes = ("matcher", "scan") if hit_every == DENSE else ("matcher", "scan", "batch")
        for mode in modes:
            self.plan_own("jinyu", mode, phrases, hit_every)
        if hit_every == DENSE:
            self.plan_own("jinyu", "stays", phrases, hit_every, mode_name=goals.STAYS)
        for mode in modes:
            self.plan_own(goals.HEARD, mode, phrases, hit_every)
        if hit_every == REALISTIC:
            self.plan_own("jinyu", "matcher", phrases, hit_every, pack="other.yaml", mode_name="matcher, other keys too")
            for engine in ENGINES:
                self.plan_own(f"jinyu {engine}", "matcher", phrases, hit_every, engine=engine)
                self.plan_own(f"jinyu {engine}, sound on", "matcher", phrases, hit_every, engine=engine)

    def plan_own(self, who, mode, phrases, hit_every, pack=None, engine="best", mode_name=None):
        heard = who.endswith(", sound on")
        folder = self.text_folder(phrases, hit_every)
        pack = f"{folder}/{pack}" if pack else self.pack(phrases, hit_every, heard)
        command = [f"{self.tests}/bench_jinyu", pack, f"{folder}/raw.txt", mode, str(int(heard)), engine]
        self.plan(who, mode_name or mode, functools.partial(peers.Program, command))

    def pack(self, phrases, hit_every, sound):
        return f"{self.text_folder(phrases, hit_every)}/{'heard' if sound else 'pack'}.yaml"

    # ---- measuring

    def measure(self):
        for phrases in PHRASES:
            for hit_every in TEXTS:
                print(f"{phrases} phrases, {hit_every}", file=sys.stderr)
                self.plan_text(phrases, hit_every)
                self.measure_text(phrases, hit_every)

    def measure_text(self, phrases, hit_every):
        sides = {(*key, phrases, hit_every): open_side() for key, open_side in self.plans}
        sizes = {}
        for number in range(-1, self.rounds):  # the first time to see how much each can read
            for key in list(sides):
                try:
                    rows = sides[key].measure(sizes.get(key, min(PROBE, self.megabytes)))
                except (peers.Missing, subprocess.TimeoutExpired, OSError) as why:
                    self.missing[self.name_of(key)] = str(why)
                    sides.pop(key).close()
                    continue
                if number < 0:
                    sizes[key] = self.size_for(max(row["seconds"] for row in rows))
                else:
                    for row in rows:
                        self.rows.setdefault(key, {}).setdefault(row["name"], []).append(row)
        for side in sides.values():
            side.close()

    def size_for(self, seconds):
        """All of the text, or as much as takes about AT_MOST seconds by a first look at PROBE megabytes."""
        wanted = int(AT_MOST / seconds * PROBE) if seconds else self.megabytes
        return max(1, min(self.megabytes, wanted))

    @staticmethod
    def name_of(key):
        who, mode, phrases, _ = key
        return f"{who}, {mode}, {phrases} phrases"

    def medians(self):
        """One row for each key: of several configurations the fastest."""
        table = []
        for (who, mode, phrases, hit_every), configurations in self.rows.items():
            best = max((self.median(runs) for runs in configurations.values()), key=lambda row: row["gb_per_s"])
            best.update(who=who, mode=mode, phrases=phrases, hit_every=hit_every, configuration=best.pop("name"))
            table.append(best)
        return table

    @staticmethod
    def median(runs):
        row = dict(runs[0])
        for name in ("seconds", "build_ms", "parse_ms"):
            if name in row:
                row[name] = statistics.median(run[name] for run in runs)
        row["gb_per_s"] = row["bytes"] / row["seconds"] / 1e9
        row["rounds"] = [run["bytes"] / run["seconds"] / 1e9 for run in runs]
        return row


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
            bench.install_peers(log)
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
