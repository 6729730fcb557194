#!/usr/bin/env python3
"""Prints what `jinyu eval` measures on the labelled sets, one line a variant, with counts and the targets of issue 3.

report.py JINYU [SET…]: SET is dev, held, crossed or blind (all when not said). --check: exit 1 when a target is not met. Recall is of labels with the right clause; where service-general is
loaded, of texts: one affront often has two themes (推诿 and 质问), and the two packs cite different clauses for the same words."""
import json, pathlib, subprocess, sys

HERE = pathlib.Path(__file__).resolve().parent
RULES = HERE.parent.parent / "rules"
ALARM, GENERAL = str(RULES / "alarm-center"), str(RULES / "service-general")
RECALL = {"verbatim": 1, "traditional": 1, "width": 1, "punctuation": 1, "invisible": 1, "fillers": .98, "stutter": .98,
          "homophones": .92, "reworded": .85, "violations": .85}
FALSE_ALARMS = {"polite": .001, "hard": .02, "everyday": .001, "clean": .001}


def measure(jinyu, packs, files):
    arguments = [jinyu, "eval", "--no-config", "--format", "json", "--samples", "0"]
    arguments += [part for pack in packs for part in ("--rules", pack)]
    done = subprocess.run(arguments + [str(HERE / name) for name in files], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr or f"jinyu eval: exit {done.returncode}")
    return json.loads(done.stdout)


def share(part, whole):
    return f"{100 * part / whole:6.2f} % ({part}/{whole})" if whole else "-"


def verdict(name, recall, alarms):
    if name in RECALL:
        return "met" if recall >= RECALL[name] else f"below {100 * RECALL[name]:g} %"
    if name in FALSE_ALARMS:
        return "met" if alarms <= FALSE_ALARMS[name] else f"above {100 * FALSE_ALARMS[name]:g} %"
    return ""


missed = [] # targets


def show(title, measured, by_text):
    print(f"\n{title}\n{'variant':14}{'recall':26}{'precision':26}{'clean texts flagged':26}target")
    for row in sorted(measured["variants"], key=lambda r: r["variant"]):
        hit, labels = (row["texts_flagged_right"], row["texts_with_labels"]) if by_text else (row["found"], row["labels"])
        right, found = (row["texts_flagged_right"], row["texts_flagged"]) if by_text else (row["right"], row["findings"])
        clean, wrong = row["texts"] - row["texts_with_labels"], row["texts_flagged"] - row["texts_flagged_right"]
        target = verdict(row["variant"], hit / labels if labels else 1, wrong / clean if clean else 0)
        missed.extend([f"{title}: {row['variant']}"] if target not in ("", "met") else [])
        print(f"{row['variant']:14}{share(hit, labels):26}{share(right, found):26}{share(wrong, clean):26}{target}")


BLIND = [f"blind/{name}.jsonl" for name in ("a", "b-dev", "b-held", "c", "d-dev", "d-held", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "p", "q", "r", "s", "t", "u", "v", "w", "x", "y", "z", "aa", "ab", "ac", "ad", "ae", "af", "ag", "ah", "ai", "aj", "ak", "al", "am", "an", "ao")] # alarm-centre standard alone


def main():
    jinyu, names = sys.argv[1], [name for name in sys.argv[2:] if name != "--check"]
    for name in names or ["dev", "held", "crossed", "blind"]:
        alone = {"crossed": ["crossed.jsonl"], "blind": BLIND}.get(name, [name] if name.endswith(".jsonl") else [])
        for file in alone:
            show(f"{file}: alarm-center", measure(jinyu, [ALARM], [file]), False)
        if alone:
            continue
        show(f"{name}: alarm-center", measure(jinyu, [ALARM], [name + ".jsonl"]), False)
        show(f"{name}: service-general, its own themes", measure(jinyu, [GENERAL], [name + "-general.jsonl"]), True)
        show(f"{name}: both packs, all texts", measure(jinyu, [ALARM, GENERAL], [name + ".jsonl", name + "-general.jsonl"]), True)


if __name__ == "__main__":
    main()
    if "--check" in sys.argv and missed:
        sys.exit("not met: " + ", ".join(missed))
