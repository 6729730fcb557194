"""The promises of the house, as cases: the header compiles alone, the library exports what the list says and nothing else, keeps no
mutable state of its own, never ends the process, no floor includes one above it, and engines run where they can. Prints TAP.

Usage: test_api.py SOURCE_ROOT SHARED_LIBRARY STATIC_LIBRARY CC CXX
"""
import pathlib
import re
import subprocess
import sys
import tempfile

root, shared, static = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])
cc, cxx = sys.argv[4].split(), sys.argv[5].split()
HEADER = root / "include/jinyu/jinyu.h"

# floor: floors it may include (design: lower ones only; match and below know less)
FLOORS = {
    "base": set(),
    "fold": {"base"},
    "rules": {"base"},
    "dialogue": {"base"},
    "match": {"base", "fold"},
    "compile": {"base", "fold", "rules", "match"},
    "judge": {"base", "fold", "rules", "dialogue", "match", "compile"},
    "suggest": {"base", "fold", "rules", "dialogue", "match", "compile", "judge"},
    "report": {"base", "fold", "rules", "dialogue", "match", "compile", "judge", "suggest"},
    "session": {"base", "fold", "rules", "dialogue", "match", "compile", "judge", "suggest", "report"},
}
OWNERS = {"unicode/": {"fold", "dialogue"}, "pcre2.h": {"match"}, "yaml.h": {"rules"}, "zlib.h": {"dialogue"}, "zstd.h": {"dialogue", "compile"}}
FORBIDDEN = {"exit", "_exit", "abort", "printf", "puts", "putchar", "perror", "setlocale", "atexit", "fork", "system", "signal",
             "strerror", "strerror_r", "__xpg_strerror_r"}  # follow the locale: jy__errno_text() does not


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)


def compiles(compiler, standard, suffix):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "alone" + suffix)
        source.write_text("#include <jinyu/jinyu.h>\n#include <jinyu/jinyu.h>\n"
                          "jy_finding finding = JY_FINDING_INIT; jy_turn turn = JY_TURN_INIT; jy_call call = JY_CALL_INIT;\n"
                          "jy_item item = JY_ITEM_INIT; jy_rule rule = JY_RULE_INIT; jy_hit hit = JY_HIT_INIT; jy_buf buf = JY_BUF_INIT;\n")
        done = run(*compiler, f"-std={standard}", "-pedantic-errors", "-Wall", "-Wextra", "-Werror", "-Wno-missing-field-initializers",
                   f"-I{root / 'include'}", "-fsyntax-only", str(source))
    return done.stderr.splitlines()


def header_c99():
    return compiles(cc, "c99", ".c")


def header_cxx17():
    return compiles(cxx, "c++17", ".cc")


def declared():
    text = re.sub(r"/\*.*?\*/", "", HEADER.read_text(), flags=re.S)
    return set(re.findall(r"^JY_API[^;]*?\b(jy_\w+)\s*\(", text, flags=re.M))


def listed():
    return set((root / "tests/api/symbols.txt").read_text().split())


def exported():
    out = run("nm", "-D", "--defined-only", str(shared)).stdout
    return {line.split()[-1].split("@")[0] for line in out.splitlines() if line.strip()}


def difference(left, left_name, right, right_name):
    return [f"{name}: in {left_name}, not in {right_name}" for name in sorted(left - right)] + \
           [f"{name}: in {right_name}, not in {left_name}" for name in sorted(right - left)]


def symbols_as_listed():
    return difference(exported(), "the library", listed(), "symbols.txt")


def symbols_as_declared():
    return difference(declared(), "jinyu.h", listed(), "symbols.txt")


def sanitized():
    return "__asan_init" in run("nm", str(static)).stdout


def no_mutable_state():
    if sanitized():  # the sanitizer moves constants into sections of its own
        return None
    out = run("objdump", "-t", str(static)).stdout
    return [line.split()[-1] for line in out.splitlines()
            if re.search(r"\s(\.data|\.bss|\.tbss|\.tdata|\*COM\*)(\.(?!rel\.ro)\S+)?\s", line) and " O " in line]


def never_ends_the_process():
    out = run("nm", "-u", str(static)).stdout
    used = {line.split()[-1] for line in out.splitlines() if line.startswith(" ")}
    return sorted(used & FORBIDDEN)


def includes(folder):
    for path in sorted(folder.rglob("*.[ch]")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            found = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
            if found:
                yield path, number, found.group(1), found.group(2)


def floors():
    problems = []
    for floor, allowed in FLOORS.items():
        for path, number, quote, name in includes(root / "lib" / floor):
            target = name.split("/")[0]
            if quote == '"' and target in FLOORS and target != floor and target not in allowed:
                problems.append(f"{path.relative_to(root)}:{number}: {floor} must not include {name}")
            for library, owners in OWNERS.items():
                if name.startswith(library) and floor not in owners:
                    problems.append(f"{path.relative_to(root)}:{number}: {name} belongs to {', '.join(sorted(owners))}")
    return problems


def all_floors_known():
    return [folder.name for folder in (root / "lib").iterdir() if folder.is_dir() and folder.name not in FLOORS]


def bindings_see_the_header_alone():
    return [f"{path.relative_to(root)}:{number}: {name}" for place in ("bindings", "tests/example")
            for path, number, quote, name in includes(root / place)
            if quote == '"' and name.split("/")[0] in FLOORS]


def engines_ask_for_their_instructions():
    """What an engine is compiled with, its can_run() asks the machine for: else it dies on the first machine that has not all of it."""
    match = root / "lib/match"
    engines = re.findall(r"'(\w+)': \['x86_64', \[(.*?)\]\]", (match / "meson.build").read_text(), flags=re.S)
    problems = [] if engines else ["lib/match/meson.build: no engines"]
    for name, flags in engines:
        asked = set(re.findall(r'__builtin_cpu_supports\("([^"]+)"\)', next(match.rglob(f"match_{name}.c")).read_text()))
        problems += difference(set(re.findall(r"'-m([a-z0-9.]+)'", flags)), f"the flags of {name}", asked, f"match_{name}.c")
    return problems


CASES = [header_c99, header_cxx17, symbols_as_listed, symbols_as_declared, no_mutable_state, never_ends_the_process, floors,
         all_floors_known, bindings_see_the_header_alone, engines_ask_for_their_instructions]
print(f"1..{len(CASES)}")
failed = 0
for number, case in enumerate(CASES, 1):
    problems = case()
    failed += bool(problems)
    print(f"{'not ok' if problems else 'ok'} {number} - test_api__{case.__name__}{' # SKIP in a sanitized build' if problems is None else ''}")
    for problem in problems or []:
        print(f"# {problem}")
sys.exit(1 if failed else 0)
