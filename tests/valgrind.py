"""Everything under valgrind's memcheck: the test programs written in C, and the command line, the examples and the reports through their
golden tests. On all cores, the long ones first; prints what ran, and ends with one line: N programs, N failed.

What is drawn at random is drawn less often (JINYU_TEST_LESS, tests/check_main.h). Memcheck knows no AVX-512: another engine runs.

Usage: valgrind.py BUILD [NAME...]     (only those whose name holds one of the words)
"""
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
MEMCHECK = ["valgrind", "-q", "--error-exitcode=99", "--leak-check=full", "--errors-for-leak-kinds=definite", "--smc-check=all-non-file",
            f"--suppressions={HERE}/valgrind.supp"]
LESS = "20"
LONG = ["match_engines", "cli-", "report-", "fold_icu", "session_"]  # what begins late would run alone at the end


def c_programs(build):
    programs = [path for path in sorted(build.glob("tests/*/*")) if path.is_file() and os.access(path, os.X_OK)]
    for path in (path for path in programs if path.name.startswith("test_")):
        yield path.name, [*MEMCHECK, str(path)], None
    for path in (path for path in programs if path.name.startswith("replay_")):
        seeds = sorted((HERE / "fuzz/seeds" / path.name.removeprefix("replay_")).iterdir())
        yield path.name, [*MEMCHECK, str(path), *map(str, seeds)], None


def wrapped(folder, program):
    """A script in `folder` that runs the program under memcheck, whoever runs it; every process has a log of its own in folder/logs."""
    (folder / "logs").mkdir(parents=True, exist_ok=True)
    script = folder / program.name
    script.write_text(f"#!/bin/sh\nexec {' '.join(MEMCHECK)} --log-file={folder}/logs/%p '{program}' \"$@\"\n")
    script.chmod(0o755)
    return script


def driven_programs(build, scratch):
    """Tests in Python that run a program: the program's errors are in its logs, since a pipe may swallow its status."""
    python, golden = sys.executable, str(HERE / "cli/golden.py")
    report_python = "/usr/bin/python3" if pathlib.Path("/usr/bin/python3").exists() else python  # Debian's has the jsonschema that ./dev installs
    version = subprocess.run([build / "bindings/cli/jinyu", "version"], capture_output=True, check=True, text=True).stdout.split()[1]
    for case in sorted(HERE.glob("cli/cases/*.case")):
        folder = scratch / f"cli-{case.stem}"
        wrapped(folder, build / "bindings/cli/jinyu")
        yield folder.name, [python, golden, str(case), "--", str(folder)], folder
    folder = scratch / "example"
    for name in ("first_use", "live_session", "batch_scan"):
        wrapped(folder, build / "tests/example" / name)
    yield folder.name, [python, golden, str(HERE / "example/example.case"), "--", str(folder)], folder
    folder = scratch / "report-golden"
    script = wrapped(folder, build / "tests/report/report_make")
    yield folder.name, [report_python, str(HERE / "report/report_golden.py"), str(script), version], folder


def run(name, command, folder):
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "CK_FORK": "no", "CK_DEFAULT_TIMEOUT": "0", "JINYU_TEST_LESS": LESS})
    logs = [log.read_text(errors="replace") for log in sorted((folder / "logs").iterdir())] if folder else []
    output = done.stdout.decode(errors="replace") + done.stderr.decode(errors="replace")
    said = [] if done.returncode == 0 else [line for line in output.splitlines() if not line.startswith("ok ")]
    said += [line for log in logs for line in log.splitlines()]
    of = f", {len(logs)} runs" if folder else ""
    return not said, "\n".join([f"{'ok' if not said else 'FAILED'} {name} ({time.monotonic() - began:.0f} s{of})", *said[:120]])


def main():
    build, words = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]
    with tempfile.TemporaryDirectory() as scratch, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [*c_programs(build), *driven_programs(build, pathlib.Path(scratch))]
        jobs = [job for job in jobs if not words or any(word in job[0] for word in words)]
        jobs.sort(key=lambda job: next((place for place, long in enumerate(LONG) if long in job[0]), len(LONG)))
        failed = 0
        for good, said in pool.map(lambda job: run(*job), jobs):
            failed += not good
            print(said, flush=True)
    print(f"{len(jobs)} programs, {failed} failed")
    sys.exit(1 if failed or not jobs else 0)


main()
