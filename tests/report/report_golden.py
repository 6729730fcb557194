"""Every format of report_make against its golden file in golden/, and each against what its format demands of it: JSON parsers, the schema
of the JSON Lines, XML, CSV. Prints TAP. usage: report_golden.py REPORT_MAKE VERSION [--write]"""
import csv
import io
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as tree
from html.parser import HTMLParser

HERE = os.path.dirname(os.path.abspath(__file__))
MAKE, VERSION = sys.argv[1], sys.argv[2]
WRITE = "--write" in sys.argv
PHONE, CARD, PERSON = "13812345678", "6222021234567894", "11010519491231002X"


def made(*words):
    return subprocess.run([MAKE, *words], check=True, capture_output=True).stdout.decode("utf-8")


def neutral(text):
    """The style, the script, their hashes and the version change often and mean nothing here."""
    text = re.sub(r"<style>.*?</style>", "<style></style>", text, flags=re.S)
    text = re.sub(r"<script>.*?</script>", "<script></script>", text, flags=re.S)
    text = re.sub(r"'sha256-[^']*'", "'sha256-'", text)
    text = re.sub(r'(ersion":"|jinyu )' + re.escape(VERSION), r"\1VERSION", text)
    return re.sub(r'(<script type="application/json" id="words">).*?(</script>)', r"\1\2", text, flags=re.S)


GOLDEN = [(f, lang) for f in ("text", "jsonl", "sarif", "junit", "rdjson", "csv", "html") for lang in ("en", "zh")]
GOLDEN += [("text", "en", "color"), ("text", "zh", "redact"), ("text", "en", "none", "quiet"), ("text", "en", "wide", "level", "3"),
           ("jsonl", "en", "turn", "redact"), ("jsonl", "en", "none"), ("csv", "zh", "redact"), ("html", "en", "redact"), ("sarif", "en", "turn")]


def check_golden(words):
    path = os.path.join(HERE, "golden", "-".join(words) + ".golden")
    text = neutral(made(*words))
    if WRITE:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as out:
            out.write(text)
    with open(path, encoding="utf-8", newline="") as golden:
        wanted = golden.read()
    for number, (a, b) in enumerate(zip(wanted.split("\n"), text.split("\n")), 1):
        assert a == b, f"{path}:{number}:\n  wanted {a[:300]!r}\n  got    {b[:300]!r}"
    assert wanted == text, f"{path}: another length"


def lines(*words):
    return [json.loads(line) for line in made("jsonl", *words).splitlines()]


def check_schema():
    import jsonschema
    with open(os.path.join(HERE, "jsonl.schema.json"), encoding="utf-8") as schema:
        validator = jsonschema.Draft7Validator(json.load(schema))
    seen = set()
    for words in ((), ("turn",), ("none",), ("zh", "redact"), ("level", "3")):
        for line in lines(*words):
            validator.validate(line)
            seen.add(line["type"])
    assert seen == {"finding", "unchecked", "score", "notice", "skipped", "summary"}, seen


def check_summary():
    for level in ("0", "2", "4"):
        all_lines = lines("level", level)
        summary = all_lines[-1]
        found = [line for line in all_lines if line["type"] == "finding"]
        assert summary["findings"]["total"] == len(found)
        assert summary["findings"]["total"] + summary["left_out"] == 6
        for severity in ("info", "warning", "error", "critical"):
            assert summary["findings"][severity] == sum(line["severity"] == severity for line in found)


def check_units():
    assert made("text", "units") == made("text"), "people see the same, whatever the result counts in"
    assert made("html", "units") == made("html")
    assert made("rdjson", "units") == made("rdjson")
    assert made("sarif", "units") == made("sarif")
    assert lines()[0]["span"] == {"begin": len("您好,".encode()), "end": len("谁".encode())}
    assert lines("units")[0]["span"] == {"begin": len("您好,"), "end": len("谁")}


def check_span_is_text():
    for words, coding, width in ((("turn",), "utf-8", 1), (("turn", "units"), "utf-16-le", 2)):
        for line in lines(*words):
            if line["type"] == "finding" and line["kind"] == "wording" and line["turn"] == line["turn_end"] and "\ufffd" not in line["turn_text"]:
                span = line["span"]
                assert line["turn_text"].encode(coding)[span["begin"] * width:span["end"] * width].decode(coding) == line["text"], line


def check_sarif():
    log = json.loads(made("sarif", "turn"))
    assert log["version"] == "2.1.0" and len(log["runs"]) == 1
    run = log["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) == 5
    assert len(run["results"]) == 6
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error") and result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert re.fullmatch(r"[A-Za-z0-9%/._~-]+", place["artifactLocation"]["uri"])
        region = place.get("region")
        if region and region.get("endLine") == region["startLine"]:
            assert region["endColumn"] - region["startColumn"] == len(region["snippet"]["text"])
    fixes = [r["fixes"] for r in run["results"] if "fixes" in r]
    assert len(fixes) == 1
    replacement = fixes[0][0]["artifactChanges"][0]["replacements"][0]
    assert replacement == {"deletedRegion": {"startLine": 4, "startColumn": 6, "endLine": 4, "endColumn": 11}, "insertedContent": {"text": "请稍候"}}
    invocation = run["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert [n["level"] for n in invocation["toolExecutionNotifications"]].count("error") == 1
    assert len(invocation["toolConfigurationNotifications"]) == 1


def check_rdjson():
    log = json.loads(made("rdjson"))
    assert len(log["diagnostics"]) == 8
    assert log["diagnostics"][7]["code"] == {"value": "unchecked"} and "#7" in log["diagnostics"][7]["message"]
    no_way = log["diagnostics"][1]
    assert no_way["location"]["range"] == {"start": {"line": 4, "column": 14}, "end": {"line": 4, "column": 27}}
    assert no_way["suggestions"] == [{"range": no_way["location"]["range"], "text": "请稍候"}]
    assert "column" not in log["diagnostics"][2]["location"]["range"]["start"]


def check_junit():
    suites = list(tree.fromstring(made("junit").encode()))
    assert [(s.get("tests"), s.get("failures"), s.get("errors"), s.get("skipped")) for s in suites] == [
        ("5", "4", "0", "1"), ("4", "2", "0", "2"), ("1", "0", "0", "0"), ("1", "0", "1", "0"), ("2", "0", "0", "2")]
    assert [c.find("skipped").get("message") != "" for c in suites[4]] == [True, True]
    for suite in suites:
        cases = suite.findall("testcase")
        assert len(cases) == int(suite.get("tests"))
        assert sum(c.find("failure") is not None for c in cases) == int(suite.get("failures"))
        assert sum(c.find("skipped") is not None for c in cases) == int(suite.get("skipped"))
        assert len({(c.get("classname"), c.get("name")) for c in cases}) == len(cases)


def check_csv():
    text = made("csv")
    assert text.startswith("\ufeff") and "\n" not in text.replace("\r\n", "").replace("\n", "", 1)
    rows = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert {len(row) for row in rows} == {20} and len(rows) == 10
    for row in rows[1:]:
        for column, cell in enumerate(row):
            numeric = column in (6, 7, 12, 18, 19)
            assert numeric or not re.match(r"[=+\-@\t\r\n＝＋－＠]", cell), cell


def check_redacted():
    for name in ("text", "jsonl", "sarif", "junit", "rdjson", "csv", "html"):
        for show in ("turn", "match"):
            plain, masked = made(name, show), made(name, show, "redact")
            assert PHONE in plain and PHONE not in masked, name
            for secret in (PERSON, "138-1234-5678", "京A12345", "a.b@qq.com", CARD):
                assert secret not in masked, (name, secret)
    assert PERSON in made("html") and CARD in made("html")


def check_nothing_steers():
    for words in (("text",), ("text", "zh"), ("text", "redact", "wide")):
        text = made(*words)
        bad = {ch for ch in text if (ord(ch) < 32 and ch != "\n") or 0x7F <= ord(ch) < 0xA0 or 0x202A <= ord(ch) <= 0x202E}
        assert not bad, bad


def check_random_results_stay_well_formed():
    import jsonschema
    with open(os.path.join(HERE, "jsonl.schema.json"), encoding="utf-8") as schema:
        validator = jsonschema.Draft7Validator(json.load(schema))
    for words in (("random", "400"), ("random", "400", "redact", "turn"), ("random", "400", "zh", "none")):
        found = [line for line in lines(*words) if line["type"] == "finding"]
        assert len(found) > 400
        for line in found[::7]:
            validator.validate(line)
        assert len(json.loads(made("sarif", *words))["runs"][0]["results"]) == len(found)
        assert len(json.loads(made("rdjson", *words))["diagnostics"]) == len(found) + 1
        suites = tree.fromstring(made("junit", *words).encode())
        assert sum(int(suite.get("failures")) for suite in suites) == len(found)
        rows = list(csv.reader(io.StringIO(made("csv", *words)[1:], newline="")))
        assert {len(row) for row in rows} == {20} and len(rows) == len(found) + 2
        page = Page()
        page.feed(made("html", *words))
        blocks = [text.strip().split("\n") for attrs, text in page.scripts if attrs.get("class") == "calls"]
        assert sum(len(json.loads(line)[5]) for block in blocks for line in block[0::2]) == len(found)
        text = made("text", *words)
        assert not {ch for ch in text if (ord(ch) < 32 and ch != "\n") or 0x7F <= ord(ch) < 0xA0 or 0x202A <= ord(ch) <= 0x202E}


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.data, self.kind, self.scripts, self.ids = {}, None, [], set()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if "id" in attrs:
            assert attrs["id"] not in self.ids, attrs["id"]
            self.ids.add(attrs["id"])
        assert not any(name.startswith("on") or name in ("src", "style") for name in attrs), attrs
        if tag == "script":
            self.scripts.append([attrs, ""])
        self.kind = tag

    def handle_data(self, data):
        if self.kind == "script":
            self.scripts[-1][1] += data

    def handle_endtag(self, tag):
        self.kind = None


def check_html():
    page = Page()
    text = made("html")
    page.feed(text)
    assert "default-src 'none'" in text and "http://" not in text and "https://" not in text
    assert [a.get("id") or a.get("class") for a, _ in page.scripts] == ["calls", "words", "rules", None]
    calls = [json.loads(line) for line in page.scripts[0][1].strip().split("\n")]
    assert sum(len(call[5]) for call in calls[0::2]) == 6
    said = calls[1][3][4][calls[0][5][1][4]:]
    assert said.startswith("沒 办\u200b法")
    rules = json.loads(page.scripts[2][1])
    assert rules[calls[0][5][1][0]]["id"] == "no-way"


def main():
    cases = [("golden " + " ".join(words), lambda words=words: check_golden(words)) for words in GOLDEN]
    cases += [(name.replace("_", " "), check) for name, check in sorted(globals().items()) if name.startswith("check_") and name != "check_golden"]
    print(f"1..{len(cases)}")
    for number, (name, check) in enumerate(cases, 1):
        try:
            check()
            print(f"ok {number} - {name}")
        except Exception as error:  # a failed case must not hide the others
            print(f"not ok {number} - {name}")
            print("\n".join("# " + line for line in repr(error).split("\\n")))


main()
