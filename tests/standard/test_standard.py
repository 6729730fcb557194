"""The standard, row by row, through the command line: test_standard.py JINYU CALLS APPROVED RULES.

approved: no approved wording is reported, whole, without marks, or clause by clause.
calls:    for each row a call that breaks it is found with its clause, and a call that keeps it is silent.
rows:     every row of the standard has both kinds of call, an approved wording or a forbidden one, and a rule."""
import json
import re
import subprocess
import sys

JINYU, CALLS, APPROVED, RULES = sys.argv[1:5]
RULE_ARGS = ["--no-config", "--rules", RULES]
ROWS = ["三-1", "六-0", "六-0b"] + [f"六-{n}" for n in range(1, 27)] + ["七-1"]
results = []


def check(good, name, why=""):
    results.append(good)
    print(f"{'ok' if good else 'not ok'} {len(results)} - {name}" + (f": {why}" if not good else ""))


def run(arguments, text):
    done = subprocess.run([JINYU] + arguments, input=text, capture_output=True, text=True, check=False)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def read_approved():
    rows = []
    for line in open(APPROVED, encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            rows.append(tuple(line.rstrip("\n").split("\t")))
    return rows


def test_approved():
    for clause, wording in read_approved():
        forms = [wording, re.sub(r"[,。!?、…*]", "", wording), wording.replace(",", "，").replace("?", "？").replace("!", "！")]
        found = run(["check", "--format", "jsonl", "--quiet"] + RULE_ARGS + ["-"], "\n".join(forms) + "\n")
        found = [f for f in found if f.get("type") == "finding"]
        check(not found, f"approved {clause} {wording}", str([(f["rule"], f["text"]) for f in found]))


def read_calls():
    calls = []
    for line in open(CALLS, encoding="utf-8"):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("=="):
            words = line.split()[1:]
            calls.append({"clause": words[0], "kind": words[1], "rule": words[2] if len(words) > 2 else None, "items": []})
            continue
        calls[-1]["items"].append(item(line))
    return calls


def item(line):
    times = re.match(r"(\d+)(?:-(\d+))? ", line)
    begin = int(times[1]) * 1000 if times else None
    end = int(times[2]) * 1000 if times and times[2] else begin
    who, rest = (line[times.end():] if times else line).split(" ", 1)
    if who == "event":
        kind = rest.split()
        event = {"kind": kind[0]}
        if len(kind) > 1:
            event["speaker"] = kind[1]
        if begin is not None:
            event["at"] = begin
        return {"event": event}
    turn = {"speaker": {"客服": "agent", "客户": "customer"}[who], "text": rest}
    if begin is not None:
        turn.update(begin=begin, end=end)
    return {"turn": turn}


def test_calls(calls):
    lines = []
    for number, call in enumerate(calls):
        lines += [json.dumps({"call": str(number), **one}, ensure_ascii=False) for one in call["items"]]
        lines.append(json.dumps({"call": str(number), "end": True}))
    found = {}
    for record in run(["stream"] + RULE_ARGS, "\n".join(lines) + "\n"):
        if record.get("type") == "finding" and record["state"] == "final":
            found.setdefault(int(record["call"]), []).append(record)
    for number, call in enumerate(calls):
        own = found.get(number, [])
        said = str([(f["rule"], f["clause"], f.get("text")) for f in own])
        name = f"{call['clause']} {call['kind']} {call['rule'] or ''} (call {number + 1})"
        if call["kind"] == "keeps":
            check(not own, name, said)
        else:
            check(any(call["clause"] in f["clause"].split() and call["rule"] in (None, f["rule"]) for f in own), name, said)


def test_rows(calls):
    listed = subprocess.run([JINYU, "rules", "list", "--standard"] + RULE_ARGS, capture_output=True, text=True, check=False)
    check(listed.returncode == 0, "every row has a rule", listed.stdout + listed.stderr)
    for row in ROWS:
        kinds = {call["kind"] for call in calls if call["clause"] == row}
        check(kinds == {"breaks", "keeps"}, f"{row} has a call that breaks it and one that keeps it", str(kinds))
        check(re.search(rf"^{row}\t", listed.stdout, re.M) is not None, f"{row} is listed")


all_calls = read_calls()
test_approved()
test_calls(all_calls)
test_rows(all_calls)
print(f"1..{len(results)}")
sys.exit(not all(results))
