"""What is not a rate of one scan: start, compile, command line, cores, patterns, hostile texts, files."""
import itertools
import os
import shutil
import statistics
import subprocess
import tempfile
import time

import calls


def peak_memory(pid):
    """Bytes; ru_maxrss would count this Python, from which the child was forked."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as file:
            return next((int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM")), 0)
    except OSError:
        return 0


def run_measured(command, memory=True):
    """Wall seconds, CPU seconds, peak memory in bytes (looked at every 5 ms; 0 when not asked for, as the looking costs time)."""
    begin, peak, pid = time.perf_counter(), 0, 0
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not pid:
        pid, status, usage = os.wait4(child.pid, os.WNOHANG if memory else 0)
        if not pid:
            peak = max(peak, peak_memory(child.pid))
            time.sleep(0.005)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)}: exit status {child.returncode}")
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, peak


def median_of(times, measure):
    runs = [measure() for _ in range(times)]
    return [statistics.median(column) for column in zip(*runs)]


def command_line(bench):
    """The command line on one big script: built-in pack and 1,000 phrases."""
    folder, rows = bench.text_folder(1000, 5000), []
    text = f"{folder}/raw.txt"
    for name, rules in (("built-in packs", ["-r", "builtin:alarm-center", "-r", "builtin:service-general"]), ("built-in pack", ["-r", "builtin:alarm-center"]),
                        ("1000 phrases", ["-r", f"{folder}/pack.yaml"])):
        command = [bench.cli, "check", "--no-config", "--format", "jsonl", "-j", "1", "--fail-on", "never", *rules, text]
        wall, cpu, memory = median_of(bench.rounds, lambda: run_measured(command))
        rows.append({"rules": name, "seconds": wall, "cpu_seconds": cpu, "mb_per_s": os.path.getsize(text) / cpu / 1e6, "peak_memory": memory})
    return rows


def calls_line(bench):
    """The command line on calls, of made text and of written talk, with the built-in pack."""
    rows = []
    with open(f"{bench.text_folder(1000, 5000)}/raw.txt", encoding="utf-8") as file, tempfile.TemporaryDirectory(dir=bench.folder) as folder:
        for name, made in (("made text", calls.of_lines(itertools.islice(file, 50000))), ("written talk", calls.of_talk())):
            path = f"{folder}/calls.jsonl"
            turns = calls.write(path, made, 8 << 20)
            _, cpu, memory = median_of(bench.rounds, lambda: run_measured([bench.cli, "check", "--no-config", "--format", "jsonl", "-j", "1", "--fail-on", "never", path]))
            rows.append({"text": name, "us_per_turn": cpu / turns * 1e6, "mb_per_s": os.path.getsize(path) / cpu / 1e6, "peak_memory": memory})
    return rows


def start(bench):
    """From the start of the process to its end, on one line with one finding."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8", dir=bench.folder) as line:
        line.write("你好，这个没办法\n")
        line.flush()
        command = [bench.cli, "check", "--no-config", "--format", "jsonl", "--fail-on", "never"]
        alone = median_of(40, lambda: run_measured([*command, line.name], memory=False))
        both = median_of(40, lambda: run_measured([*command, "-r", "builtin:alarm-center", "-r", "builtin:service-general", line.name], memory=False))
    return {"default_ms": alone[0] * 1e3, "default_cpu_ms": alone[1] * 1e3, "both_packs_ms": both[0] * 1e3, "both_packs_cpu_ms": both[1] * 1e3}


def cores(bench):
    """Four files, one thread against all."""
    source = f"{bench.text_folder(1000, 5000)}/raw.txt"
    with tempfile.TemporaryDirectory(dir=bench.folder) as folder:
        for number in range(4):
            shutil.copy(source, f"{folder}/{number}.txt")
        command = [bench.cli, "check", "--no-config", "--format", "jsonl", "--fail-on", "never", folder]
        one, _, one_memory = median_of(3, lambda: run_measured([*command, "-j", "1"]))
        every, _, memory = median_of(3, lambda: run_measured([*command, "-j", str(os.cpu_count())]))
    return {"one_seconds": one, "all_seconds": every, "cores": os.cpu_count(), "times": one / every, "one_memory": one_memory, "memory": memory}


def rows_of(command, names):
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [dict(zip(names, line.split("\t"))) for line in done.stdout.splitlines()]


def shapes(bench, sound):
    folder = bench.text_folder(1000, 5000)
    rows = rows_of([f"{bench.tests}/bench_shapes", bench.pack(1000, 5000, sound), f"{folder}/raw.txt", "2"],
                   ("shape", "bytes", "seconds", "findings"))
    ordinary = None
    for row in rows:
        row["gb_per_s"] = int(row["bytes"]) / float(row["seconds"]) / 1e9
        ordinary = ordinary or row["gb_per_s"]
        row["of_ordinary"] = row["gb_per_s"] / ordinary
    return rows


def patterns(bench):
    """1,000 phrases alone, and with a hundred patterns beside them."""
    folder = bench.text_folder(1000, 5000)
    row = rows_of([f"{bench.tests}/bench_regex", f"{folder}/pack.yaml", f"{folder}/raw.txt", str(bench.megabytes)],
                  ("literal_seconds", "pattern_seconds", "literal_findings", "pattern_findings"))[0]
    return {"times": float(row["pattern_seconds"]) / float(row["literal_seconds"]), **row}


def session(bench):
    """Names and numbers, times in microseconds, as bench_session.c says."""
    done = subprocess.run([f"{bench.tests}/bench_session"], capture_output=True, text=True, check=True)
    return {name: float(number) for name, number in (line.split("=") for line in done.stdout.splitlines())}


def measure(bench):
    return {"command_line": command_line(bench), "calls": calls_line(bench), "start": start(bench), "cores": cores(bench), "shapes": shapes(bench, False), "shapes_heard": shapes(bench, True), "patterns": patterns(bench),
            "session": session(bench)}


# ---- ./dev bench files

SMALL, LARGE = 100_000, 2 << 30
LINE = '{"call": "%d", "speaker": "%s", "text": "%s"}\n'
SPEAKERS = ("客服：", "客户："), ("agent", "customer")


def write_small(folder, lines, labelled):
    """Twenty lines a file, a thousand files a folder; a call has its speakers in turn, a script has none."""
    for number in range(SMALL):
        if number % 1000 == 0:
            os.makedirs(f"{folder}/{number // 1000:02}")
        some = (lines[(number * 7 + k) % len(lines)] for k in range(20))
        with open(f"{folder}/{number // 1000:02}/{number:05}.txt", "w", encoding="utf-8") as file:
            file.writelines(SPEAKERS[0][k % 2] + line if labelled else line for k, line in enumerate(some))


def write_large(path, lines):
    """Calls of forty turns."""
    texts = [line.rstrip() for line in lines]
    with open(path, "wb") as file:
        number = 0
        while file.tell() < LARGE:
            file.write("".join(LINE % (k // 40, SPEAKERS[1][k % 2], texts[k % len(texts)]) for k in range(number, number + 40000)).encode())
            number += 40000


def size_of(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(f"{at}/{name}") for at, _, names in os.walk(path) for name in names)


def measure_files(bench, path, jobs):
    command = [bench.cli, "check", "--no-config", "--format", "jsonl", "--fail-on", "never", "-j", str(jobs), path]
    run_measured(command) if os.path.isdir(path) else None  # the first pass over a folder pays for the file system's own memory
    wall, cpu, memory = run_measured(command)
    return {"size": size_of(path), "jobs": jobs, "seconds": wall, "cpu_seconds": cpu, "memory": memory}


def files(bench):
    """100,000 small scripts, as many small calls, and one JSONL of 2 GB; made, measured, deleted."""
    subprocess.run(["ninja", "-C", bench.build, "--quiet", "tests/bench/bench_text"], check=True)
    bench.make_text(1000, 5000, 8)
    with open(f"{bench.text_folder(1000, 5000)}/raw.txt", encoding="utf-8") as file:
        lines = [line for line in file if '"' not in line and "\\" not in line]
    bench.clean()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; built-in pack, --format jsonl", flush=True)
    with tempfile.TemporaryDirectory(dir=bench.folder) as folder:
        for name, make in (("scripts", lambda path: write_small(path, lines, False)), ("calls", lambda path: write_small(path, lines, True)),
                           ("large.jsonl", lambda path: write_large(path, lines))):
            path = f"{folder}/{name}"
            make(path)
            for jobs in sorted({1, os.cpu_count()}) if name != "large.jsonl" else [os.cpu_count()]:
                row = measure_files(bench, path, jobs)
                rate = f", {SMALL / row['seconds']:.0f} files/s" if os.path.isdir(path) else ""
                print(f"{name}, {jobs} thread(s): {row['size'] / 1e6:.0f} MB in {row['seconds']:.1f} s: {row['size'] / row['seconds'] / 1e6:.0f} MB/s{rate}; "
                      f"CPU {row['cpu_seconds']:.1f} s, {row['memory'] / 2**20:.0f} MB of memory", flush=True)
            shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
