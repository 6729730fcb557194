"""Counts the cases of a meson run and ends with the one line `N passed, N failed`; exit 1 when one failed or none ran.

meson's JUnit log has the cases of TAP programs, but is silent about a program that timed out or died before its first case; those are
taken from testlog.json beside it."""
import json
import pathlib
import sys
import xml.etree.ElementTree as tree

log = pathlib.Path(sys.argv[1])
passed = failed = skipped = 0
named = set()
for case in tree.parse(log).getroot().iter("testcase"):
    if case.find("failure") is not None or case.find("error") is not None:
        failed += 1
        named.add(case.get("classname"))
        print("FAILED", case.get("classname"), case.get("name"))
    elif case.find("skipped") is not None:
        skipped += 1
    else:
        passed += 1
for line in log.with_name("testlog.json").read_text(encoding="utf-8").splitlines():
    run = json.loads(line)
    if run["result"] not in ("OK", "SKIP", "EXPECTEDFAIL") and not any(run["name"].endswith(str(name).split(".")[-1]) for name in named):
        failed += 1
        print("FAILED", run["name"], run["result"])
if skipped:
    print(f"{skipped} skipped")
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed or not passed else 0)
