"""Installs into an empty folder and does what a user's first minutes are: pkg-config, compile the README's kind of program, run it, run
the tool, read its man page. Prints TAP.

Usage: test_install.py BUILD_FOLDER SOURCE_ROOT CC
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

build, root, cc = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3].split()


def run(*command, env=None):
    return subprocess.run(command, check=True, capture_output=True, text=True, env=env).stdout


def find(folder, name):
    return next(folder.rglob(name))


def steps(folder):
    run("meson", "install", "-C", str(build), "--no-rebuild", "--quiet", "--destdir", str(folder))
    yield "installs"
    config = find(folder, "jinyu.pc")
    env = {**os.environ, "PKG_CONFIG_PATH": str(config.parent), "PKG_CONFIG_SYSROOT_DIR": str(folder)}
    flags = run("pkg-config", "--cflags", "--libs", "jinyu", env=env).split()
    yield "is found by pkg-config"
    program = folder / "first"
    run(*cc, str(root / "tests/example/first_use.c"), "-o", str(program), *flags)
    yield "links"
    library = find(folder, "libjinyu.so").parent
    env = {**os.environ, "LD_LIBRARY_PATH": str(library)}
    assert "六-1" in run(str(program), env=env)
    yield "runs"
    alone = folder / "alone"
    alone.mkdir()
    shutil.copy(find(folder, "libjinyu.a"), alone)
    private = run("pkg-config", "--static", "--cflags", "--libs", "jinyu", env={**os.environ, "PKG_CONFIG_PATH": str(config.parent), "PKG_CONFIG_SYSROOT_DIR": str(folder)}).split()
    private = [flag for flag in private if not flag.startswith(f"-L{folder}")]
    run(*cc, str(root / "tests/example/live_session.c"), "-o", str(program), f"-L{alone}", *private)
    assert "libjinyu" not in run("ldd", str(program))
    assert "provisional" in run(str(program))
    yield "links the static library"
    assert "jinyu" in run(str(find(folder, "jinyu")), "--version", env=env)
    yield "the tool runs"
    assert ".TH JINYU 1" in find(folder, "jinyu.1").read_text()
    yield "has a man page"


def main():
    number = 0
    with tempfile.TemporaryDirectory() as name:
        try:
            for step in steps(pathlib.Path(name)):
                number += 1
                print(f"ok {number} - test_install__{step.replace(' ', '_')}")
        except Exception as error:
            number += 1
            print(f"not ok {number} - test_install\n# {type(error).__name__}: {error} {getattr(error, 'stderr', '')}")
            print(f"1..{number}")
            sys.exit(1)
    print(f"1..{number}")


main()
