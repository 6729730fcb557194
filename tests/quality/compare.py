#!/usr/bin/env python3
"""Says which labels a change of the rules loses or gains, and which clean texts it flags or frees, on every labelled set.

compare.py JINYU OLD NEW: OLD and NEW are folders as rules/ is (`git archive main rules | tar -x -C OLD`). Of the held sets and of what nobody has read only the id is told.
Exit 1 when a label is lost or a clean text is flagged anew."""
import json, pathlib, subprocess, sys

HERE = pathlib.Path(__file__).resolve().parent
ALARM, GENERAL = ["alarm-center"], ["service-general"]
UNREAD = ("held", "blind/ao")
SETS = [(ALARM, name) for name in ("dev", "held", "crossed", "rare", "tempers", "frames")] + [(ALARM, f"blind/{path.stem}") for path in sorted((HERE / "blind").glob("*.jsonl"))] + [(GENERAL, "dev-general"), (GENERAL, "held-general")]


def told(jinyu, rules, packs, name):
    arguments = [jinyu, "eval", "--no-config", "--format", "json", "--samples", "1000000"] + [part for pack in packs for part in ("--rules", str(pathlib.Path(rules) / pack))]
    done = subprocess.run(arguments + [str(HERE / f"{name}.jsonl")], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr[-2000:] or f"jinyu eval: exit {done.returncode}")
    measured = json.loads(done.stdout)
    texts = [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()]
    clean = {text["id"] for text in texts if not text["labels"]}
    missed = [tuple(line.split("\t")) for line in measured["missed"]] # key, variant, id, text
    flagged = {line.split("\t")[2]: tuple(line.split("\t")) for line in measured["wrong"]}
    return missed, {key: line for key, line in flagged.items() if key in clean}


def difference(missed, other):
    rest = list(other)
    return [line for line in missed if line not in rest or rest.remove(line)]


def main():
    jinyu, old, new = sys.argv[1:]
    bad = 0
    for packs, name in SETS:
        (was_missed, was_flagged), (is_missed, is_flagged) = told(jinyu, old, packs, name), told(jinyu, new, packs, name)
        lost, found = difference(is_missed, was_missed), difference(was_missed, is_missed)
        flagged, freed = [[one[key] for key in one.keys() - two.keys()] for one, two in ((is_flagged, was_flagged), (was_flagged, is_flagged))]
        bad += len(lost) + len(flagged)
        print(f"{name}: labels lost {len(lost)}, found {len(found)}; clean texts flagged {len(flagged)}, freed {len(freed)}")
        for word, lines in (("lost", lost), ("flagged", flagged)):
            for line in lines:
                print(f"  {word}", *(line[:3] if name.startswith(UNREAD) else line), sep="\t")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
