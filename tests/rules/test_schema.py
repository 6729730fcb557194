"""The schema accepts what the loader accepts, and refuses what a schema can see. Usage: test_schema.py PRINT_SCHEMA HERE RULES
Prints TAP. YAML is read as editors read it (YAML 1.2 core: yes and 2024-01-01 are texts, 1 is a number)."""
import glob
import json
import os
import re
import subprocess
import sys

import jsonschema
import yaml


class Core(yaml.CBaseLoader):  # libyaml, as the loader
    yaml_implicit_resolvers: dict = {}


def resolve(tag, pattern, first, make):
    Core.add_implicit_resolver(tag, re.compile(pattern), first)
    Core.add_constructor(tag, lambda loader, node: make(node.value))



resolve("tag:yaml.org,2002:bool", r"^(true|True|TRUE|false|False|FALSE)$", list("tTfF"), lambda v: v.lower() == "true")
resolve("tag:yaml.org,2002:int", r"^[-+]?[0-9]+$", list("-+0123456789"), int)
resolve("tag:yaml.org,2002:float", r"^[-+]?([0-9]+[.][0-9]*|[.][0-9]+)$", list("-+0123456789."), float)
resolve("tag:yaml.org,2002:null", r"^(null|Null|NULL|~|)$", ["n", "N", "~", ""], lambda v: None)

# Wrong in a way that only the loader sees: the phrase language, the whole file, what belongs together.
BEYOND = {
    "01_empty", "02_comments_only", "04_utf16",
    "12_gap_unquoted", "25_alias", "26_anchor", "27_merge", "28_two_documents", "30_deep", "31_duplicate_key", "43_dates", "44_duplicate_id",
    "48_phrase_groups", "49_phrase_gaps", "51_phrase_lists", "52_list_cycle", "53_backslash", "54_phrase_lines", "55_slots", "57_near",
    "60_where", "62_contradictions", "64_scorecard", "65_unused_list", "69_long_phrase", "70_deep_groups", "74_crlf", "77_near_of_not",
    "79_long_regex", "82_comma", "82a_wide_comma", "83_many_keys_twice", "94_all_against_itself", "99a_times_without_braces",
}

number = 0
failed = 0


def check(good, name, why=""):
    global number, failed
    number += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} {number} - {name} {'' if good else why}".rstrip())


def main(print_schema, here, rules):
    schema = json.loads(subprocess.run([print_schema], capture_output=True, check=True).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    check(True, "schema is a schema")
    good = sorted(glob.glob(os.path.join(here, "good", "*.yaml")) + glob.glob(os.path.join(rules, "**", "*.yaml"), recursive=True))
    for path in good:
        errors = [e.message for e in validator.iter_errors(yaml.load(open(path, encoding="utf-8"), Core))]
        check(not errors, f"accepts {os.path.basename(path)}", f"# {errors[:1]}")
    refused = 0
    for path in sorted(glob.glob(os.path.join(here, "bad", "*.yaml"))):
        name = os.path.basename(path)[:-5]
        try:
            value = yaml.load(open(path, "rb").read(), Core)
        except (yaml.YAMLError, UnicodeDecodeError, ValueError):
            continue
        if name in BEYOND:
            continue
        refused += 1
        check(not validator.is_valid(value), f"refuses {name}")
    check(refused >= 25, f"{refused} bad files were put to the schema")
    print(f"1..{number}")
    return 1 if failed else 0


sys.exit(main(*sys.argv[1:]))
