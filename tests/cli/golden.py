"""Golden tests of programs: runs the commands of .case files and compares all they print. Prints TAP, one case a command.

    # a remark
    $ command            run by bash in an empty folder that lasts for the file; $DATA is tests/cli/data
    expected output      an empty line, and what begins as a remark or command does, behind a dot
    ! expected line on standard error
    = 1                  expected exit status; nothing when it is 0

Usage: golden.py [--update] FILE.case... -- PATH_FOLDER...     (--update writes what came out into the files)
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def parse(text):
    """Blocks: remarks (kept for --update) and commands, each with what is expected of it."""
    blocks = []
    for line in text.splitlines():
        if line.startswith("$ "):
            blocks.append({"command": line[2:], "want": []})
        elif line.startswith("> ") and blocks and not blocks[-1]["want"]:
            blocks[-1]["command"] += "\n" + line[2:]
        elif blocks and "command" in blocks[-1] and line != "" and not line.startswith("# "):
            blocks[-1]["want"].append(line)
        else:
            blocks.append({"remark": line})
    return blocks


def environment(paths, folder):
    keep = {name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS") if name in os.environ}
    return {**keep, "PATH": ":".join([*map(str, paths), "/usr/local/bin:/usr/bin:/bin"]), "HOME": folder, "LC_ALL": "C.UTF-8",
            "DATA": str(HERE / "data"), "TMPDIR": folder}


def run(command, folder, env):
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=env, capture_output=True, timeout=600, check=False, stdin=subprocess.DEVNULL)
    out = done.stdout.decode("utf-8", "backslashreplace").splitlines()
    err = done.stderr.decode("utf-8", "backslashreplace").splitlines()
    got = [line if line and line[:2] not in ("# ", "$ ") else "." + line for line in out] + ["! " + line for line in err]
    if done.returncode:
        got.append(f"= {done.returncode}")
    return [line.replace(str(HERE / "data"), "$DATA").replace(folder, "$HOME") for line in got]


def same(want, got):
    """A line that ends in (re) is a pattern."""
    return len(want) == len(got) and all(re.fullmatch(w[:-5], g) if w.endswith(" (re)") else w == g for w, g in zip(want, got))


def run_file(path, paths, update, first):
    blocks, failed, number = parse(path.read_text()), 0, first
    with tempfile.TemporaryDirectory() as folder:
        env = environment(paths, folder)
        for block in blocks:
            if "command" not in block:
                continue
            got, number = run(block["command"], folder, env), number + 1
            good = same(block["want"], got)
            failed += not good
            print(f"{'ok' if good else 'not ok'} {number} - {path.stem}: {block['command'].splitlines()[0][:100]}")
            if not good:
                print("\n".join(["# expected:", *("#   " + line for line in block["want"]), "# came out:", *("#   " + line for line in got)]))
                block["want"] = got
    if update and failed:
        lines = []
        for block in blocks:
            lines += [block["remark"]] if "remark" in block else ["$ " + block["command"].replace("\n", "\n> "), *block["want"]]
        path.write_text("\n".join(lines) + "\n")
    return failed, number


def main():
    arguments = sys.argv[1:]
    update = "--update" in arguments
    arguments = [argument for argument in arguments if argument != "--update"]
    cut = arguments.index("--")
    failed = number = 0
    for name in arguments[:cut]:
        bad, number = run_file(pathlib.Path(name), [pathlib.Path(p).resolve() for p in arguments[cut + 1:]], update, number)
        failed += bad
    print(f"1..{number}")
    sys.exit(1 if failed and not update else 0)


main()
