"""./dev turns OTHER...: this checkout's library in turn with others, pass by pass in one process, so that a noisy host touches them alike.

OTHER is a commit (it is built in build/turns) or the folder of another checkout with its build in `build`. Each table names a text and a mode; a line of it
is a library: GB/s of the median pass, findings, and how many times as fast as the first library (quartile, median, quartile).
"""
import argparse
import os
import subprocess
import sys

import run

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
MODES = ("matcher", "scan", "stays", "lines", "batch")
LIBRARIES = ["icu-uc", "libpcre2-8", "yaml-0.1", "zlib", "libzstd", "minizip", "expat"]


def checkout(commit, folder):
    """A work tree of the commit and its build; made once."""
    name = subprocess.run(["git", "rev-parse", "--short", commit + "^{commit}"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    tree = os.path.join(folder, name)
    if not os.path.exists(os.path.join(tree, "meson.build")):
        os.makedirs(tree, exist_ok=True)
        archive = subprocess.run(["git", "archive", name], cwd=ROOT, capture_output=True, check=True)
        subprocess.run(["tar", "x", "-C", tree], input=archive.stdout, check=True)
    if not os.path.exists(os.path.join(tree, "build", "build.ninja")):
        subprocess.run(["meson", "setup", os.path.join(tree, "build"), tree, "-Dimages=[]"], check=True, stdout=subprocess.DEVNULL)
    return name, tree, os.path.join(tree, "build")


def module(name, tree, build, folder):
    """scans.c with the library of a checkout, as a module that shows nothing but scans_of_jinyu."""
    subprocess.run(["ninja", "-C", build, "--quiet", "lib/libjinyu.a"], check=True, stdout=subprocess.DEVNULL)
    path = os.path.join(folder, f"{name}.so")
    libraries = subprocess.run(["pkg-config", "--libs", *LIBRARIES], capture_output=True, text=True, check=True).stdout.split()
    subprocess.run(["gcc", "-shared", "-fPIC", "-O2", "-fvisibility=hidden", "-D_DEFAULT_SOURCE", f"-I{tree}/include", f"-I{tree}/lib", f"-I{HERE}",
                    os.path.join(HERE, "scans.c"), os.path.join(build, "lib", "libjinyu.a"), *libraries, "-Wl,-Bsymbolic", "-Wl,--exclude-libs,ALL", "-lpthread",
                    "-lm", "-o", path], check=True)
    return path


def name_of(tree):
    return os.path.basename(os.path.abspath(tree))


def modules_of(others, build, folder):
    made = []
    for other in others:
        if os.path.exists(os.path.join(other, "build", "build.ninja")):
            made.append(module(name_of(other), os.path.abspath(other), os.path.join(other, "build"), folder))
        else:
            made.append(module(*checkout(other, folder), folder))
    return [*made, module("this", ROOT, os.path.abspath(build), folder)]


def main():
    parser = argparse.ArgumentParser(prog="./dev turns", description=__doc__.split("\n")[0])
    parser.add_argument("others", nargs="+", metavar="OTHER", help="a commit, or the folder of a checkout")
    parser.add_argument("--build", default="build", help=argparse.SUPPRESS)
    parser.add_argument("--phrases", type=int, nargs="*", default=run.PHRASES, choices=run.PHRASES)
    parser.add_argument("--text", nargs="*", default=[str(run.REALISTIC)], choices=[str(text) for text in run.TEXTS])
    parser.add_argument("--mode", nargs="*", default=("matcher", "scan"), choices=MODES)
    parser.add_argument("--sound", nargs="*", default=("0", "1"), choices=("0", "1"))
    parser.add_argument("--engine", default="best")
    parser.add_argument("--megabytes", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    bench = run.Bench(options.build, options.megabytes, options.rounds)
    bench.folder = os.path.join(bench.build, "turns")
    os.makedirs(bench.folder, exist_ok=True)
    subprocess.run(["ninja", "-C", bench.build, "--quiet", "tests/bench/bench_turns"], check=True, stdout=subprocess.DEVNULL)
    bench.make_texts(options.phrases, [text for text in run.TEXTS if str(text) in options.text], ["text"])
    modules = modules_of(options.others, options.build, bench.folder)
    for text in options.text:
        for mode in options.mode:
            for sound in options.sound:
                for phrases in options.phrases:
                    print(f"{phrases} phrases, {text}, {mode}, sound {sound}, engine {options.engine}", flush=True)
                    folder = bench.text_folder(phrases, text)
                    subprocess.run([f"{bench.tests}/bench_turns", bench.pack(phrases, text, sound == "1"), f"{folder}/raw.txt", mode, str(options.megabytes), sound,
                                    options.engine, str(options.rounds), *modules], check=True)


if __name__ == "__main__":
    main()
