#!/bin/sh
# The tests of match for 64-bit ARM, emulated: neon.sh DIR. Fetches Debian's arm64 libraries into DIR/root, apart from this machine's own,
# builds for them in DIR/build, and runs under qemu. ./dev neon installs the compiler and qemu first.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
dir=$(cd "$1" && pwd)
root=$dir/root
PACKAGES="libicu-dev libicu72 libpcre2-dev libpcre2-8-0 libyaml-dev libyaml-0-2 zlib1g-dev zlib1g libzstd-dev libzstd1 libminizip-dev libminizip1
  libexpat1-dev libexpat1 check libsubunit-dev libsubunit0"

fetch() {
    mkdir -p "$dir/apt/lists/partial" "$dir/apt/cache/archives/partial" "$dir/debs"
    : >"$dir/apt/status"
    set -- -qq -o APT::Architecture=arm64 -o APT::Architectures::=arm64 -o APT::Sandbox::User=root \
        -o Dir::State::lists="$dir/apt/lists" -o Dir::State::status="$dir/apt/status" -o Dir::Cache="$dir/apt/cache"
    apt-get "$@" update
    (cd "$dir/debs" && apt-get "$@" download $PACKAGES)
    for deb in "$dir"/debs/*.deb; do
        dpkg-deb -x "$deb" "$root"
    done
}

[ -e "$root/usr/include/check.h" ] || fetch
libs=$root/usr/lib/aarch64-linux-gnu
run=$libs:$root/lib/aarch64-linux-gnu # where the programs find them
cat >"$dir/cross.ini" <<END
[binaries]
c = 'aarch64-linux-gnu-gcc'
ar = 'aarch64-linux-gnu-ar'
strip = 'aarch64-linux-gnu-strip'
pkgconfig = 'pkg-config'
exe_wrapper = ['qemu-aarch64', '-L', '/usr/aarch64-linux-gnu', '-E', 'LD_LIBRARY_PATH=$run']
[properties]
sys_root = '$root'
pkg_config_libdir = '$libs/pkgconfig'
[built-in options]
c_args = ['-I$root/usr/include', '-I$root/usr/include/aarch64-linux-gnu']
c_link_args = ['-L$libs', '-Wl,-rpath-link,$run']
[host_machine]
system = 'linux'
cpu_family = 'aarch64'
cpu = 'cortex-a72'
endian = 'little'
END
[ -f "$dir/build/build.ninja" ] || meson setup --cross-file "$dir/cross.ini" "$dir/build" "$here/../.." >/dev/null
for source in "$here"/test_match.c "$here"/test_engines*.c; do
    test=$(basename "$source" .c)
    test=${test#test_}
    ninja -C "$dir/build" --quiet "tests/match/test_match_$test"
    echo "$test"
    qemu-aarch64 -L /usr/aarch64-linux-gnu -E LD_LIBRARY_PATH="$run" "$dir/build/tests/match/test_match_$test"
done
