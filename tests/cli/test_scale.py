"""What the command line does at scale: constant memory, one answer whatever the threads, a valid output when it is stopped, many live
calls. Sizes are those of the issues; rates are printed, not asserted (they belong to the benchmark). Prints TAP.

Usage: test_scale.py JINYU
"""
import gzip
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

RULES = str(pathlib.Path(__file__).resolve().parent / "data/rules.yaml")
LINES = ["您好,请问有什么可以帮您?", "我这边看一下,请您稍等", "好的,那您的订单号是多少呢?", "麻烦您提供一下手机号,我帮您查询", "今天的客户比较多,让您久等了",
         "OK 没问题的,12345 这个编号对吗", "嗯,我明白您的意思", "感谢您的来电,祝您生活愉快,再见"]
MB = 1 << 20


def text_of(size, label=""):
    """About `size` bytes of talk, a forbidden phrase now and then, always the same."""
    choice = random.Random(7)
    block = "".join(label + (choice.choice(LINES) + choice.choice(LINES) if choice.random() > 0.01 else "这个没 办法啊") + "\n" for _ in range(20000)).encode()
    return block * (size // len(block) + 1)


def measure(report, command):
    """In a small process of its own: the most memory of a child counts that of the process it was forked from."""
    with subprocess.Popen(command) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    pathlib.Path(report).write_text(str(usage.ru_maxrss * 1024))
    sys.exit(process.returncode)


def run(*arguments, stdin=None, folder=None):
    """Exit status, output, the most memory in bytes, seconds."""
    began = time.monotonic()
    with tempfile.NamedTemporaryFile() as report:
        done = subprocess.run([sys.executable, str(pathlib.Path(__file__).resolve()), "--measure", report.name, jinyu, *arguments], input=stdin or b"", cwd=folder,
                              capture_output=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})
        return done.returncode, done.stdout, int(pathlib.Path(report.name).read_text()), time.monotonic() - began


def findings(output):
    return [line for line in output.splitlines() if line.startswith(b'{"type":"finding"')]


def remark(size, memory, seconds):
    print(f"# {size / seconds / 1e6:.0f} MB/s, {memory / MB:.0f} MB")


def check_pipe(label):
    small, large = text_of(16 * MB, label), text_of(128 * MB, label)
    _, first, memory, _ = run("check", "--no-config", "-r", RULES, "--format", "jsonl", "--jobs", "1", "-", stdin=small)
    code, output, most, seconds = run("check", "--no-config", "-r", RULES, "--format", "jsonl", "--jobs", "1", "-", stdin=large)
    remark(len(large), most, seconds)
    assert code == 1
    assert len(findings(output)) == large.count("没 办法".encode()) and len(findings(first)) == small.count("没 办法".encode())
    return memory, most


def a_script_in_a_pipe_takes_constant_memory():
    memory, most = check_pipe("")
    assert most < memory + 8 * MB < 64 * MB, (memory, most)


def a_call_in_a_pipe_is_not_kept():
    _, most = check_pipe("客服:")
    assert most < 128 * MB, most


def a_line_of_100_megabytes():
    line = "您好请问有什么可以帮您".encode() * 3000000 + "没办法".encode() + b"\n" + "没办法\n".encode()
    code, output, memory, seconds = run("check", "--no-config", "-r", RULES, "--format", "jsonl", "-", stdin=line)
    remark(len(line), memory, seconds)
    found = [json.loads(one) for one in findings(output)]
    assert code == 1 and [one["line"] for one in found] == [1, 2] and found[0]["span"]["begin"] == len(line) - 20, found


def a_line_of_10_megabytes_with_personal_data():
    """Thousands of findings in one turn: the turn is masked once, and no place in it is looked for from its begin."""
    piece = "您好请问有什么可以帮您" * 30 + "没办法,电话１３８１２３４５６７８。"
    count = 10 * MB // len(piece.encode())
    for form in ("text", "jsonl", "csv", "html", "sarif", "junit", "rdjson"):
        code, output, memory, seconds = run("check", "--no-config", "-r", RULES, "--format", form, "--redact", "-", stdin=(piece * count).encode())
        remark(count * len(piece.encode()), memory, seconds)
        assert code == 1 and output.count("没办法".encode()) >= count and "１３８１".encode() not in output, form
        assert memory < 192 * MB, (form, memory)


def threads_do_not_change_the_output():
    with tempfile.TemporaryDirectory() as folder:
        choice = random.Random(3)
        for i in range(3000):
            path = pathlib.Path(folder, f"{i % 17:02}", f"{i:05}.txt")
            path.parent.mkdir(exist_ok=True)
            label = choice.choice(["", "客服:", "客户:"])
            path.write_bytes("".join(label + choice.choice(LINES + ["没办法", "你是谁"]) + "\n" for _ in range(choice.randrange(60))).encode())
        pathlib.Path(folder, "08", "broken.bin").write_bytes(b"\0\1\2" * 900)
        pathlib.Path(folder, "09", "large.txt").write_bytes(text_of(20 * MB))
        outputs = {}
        for jobs in ("1", "2", "5"):
            outputs[jobs] = run("check", "--no-config", "-r", RULES, "--format", "jsonl", "--jobs", jobs, ".", folder=folder)[:2]
        assert outputs["1"] == outputs["2"] == outputs["5"]
        assert outputs["1"][0] == 3 and len(findings(outputs["1"][1])) > 3000


def calls_of(count, turns, first=0):
    """Lines of JSON: `count` calls of `turns` turns, a line in 500 torn, a turn in 100 with what is forbidden."""
    choice = random.Random(first)
    for call in range(first, first + count):
        for _ in range(turns):
            words = "没办法" if choice.random() < 0.01 else choice.choice(LINES)
            line = json.dumps({"call": f"c{call}", "speaker": choice.choice(["agent", "customer"]), "text": words}, ensure_ascii=False)
            yield (line if choice.random() > 0.002 else line[:20]) + "\n"


def many_calls_in_one_file_are_shared_out():
    """Short calls, one too long to be kept, and short ones again; bytes that are no text; packed; from a pipe: one answer."""
    lines = [*calls_of(1500, 30), *calls_of(1, 40000, 9000), *calls_of(600, 30, 10000)]
    whole = "".join(lines).encode()
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "a.jsonl").write_bytes(whole)
        pathlib.Path(folder, "b.jsonl").write_bytes("".join(lines).encode("gb18030") + b'{"call": "x", "speaker": "agent", "text": "\xff\xff\xe3"}\n')
        pathlib.Path(folder, "c.jsonl").write_bytes(whole.replace("您好".encode(), b"\xe6\x82", 3))
        pathlib.Path(folder, "d.csv").write_text("call_id,role,text\n" + "".join(f"{k // 50},客服,没办法吗{LINES[k % 8]}\n" for k in range(120000)))
        one = run("check", "--no-config", "-r", RULES, "--format", "jsonl", "--jobs", "1", ".", folder=folder)[:2]
        for jobs in ("2", "5"):
            assert run("check", "--no-config", "-r", RULES, "--format", "jsonl", "--jobs", jobs, ".", folder=folder)[:2] == one, jobs
        by_file = [[line for line in one[1].splitlines() if f'"source":"./{name}"'.encode() in line] for name in ("a.jsonl", "b.jsonl", "c.jsonl")]
        torn = sum(not line.endswith("}\n") for line in lines)
        assert one[0] == 3 and [len(findings(b"\n".join(some))) for some in by_file[:2]] == [whole.count('"agent", "text": "没办法"}'.encode())] * 2
        assert [sum(b'"type":"skipped"' in line for line in some) for some in by_file] == [torn, torn + 1, torn]
        assert sum(b'"type":"notice"' in line for line in by_file[2]) == 2
        piped = run("check", "--no-config", "-r", RULES, "--format", "jsonl", "--jobs", "3", "-", stdin=gzip.compress(whole, 1))
        assert piped[0] == 3 and [line.replace(b"<stdin>", b"./a.jsonl") for line in piped[1].splitlines() if b"<stdin>" in line] == by_file[0]


def many_small_files_take_flat_memory():
    with tempfile.TemporaryDirectory() as folder:
        for i in range(20000):
            path = pathlib.Path(folder, f"{i % 100:02}", f"{i}.txt")
            path.parent.mkdir(exist_ok=True)
            path.write_text("客服:您好\n客户:你好\n客服:没办法\n")
        code, output, memory, seconds = run("check", "--no-config", "-r", RULES, "--format", "jsonl", ".", folder=folder)
        print(f"# {20000 / seconds:.0f} files/s, {memory / MB:.0f} MB")
        assert code == 1 and len(findings(output)) == 20000 and memory < 64 * MB, memory


def a_stopped_run_is_valid_and_says_so():
    with tempfile.TemporaryDirectory() as folder:
        for i in range(40):
            pathlib.Path(folder, f"{i:02}.txt").write_bytes(text_of(8 * MB, "客服:"))
        with subprocess.Popen([jinyu, "check", "--no-config", "-r", RULES, "--format", "sarif", "--jobs", "2", "."], cwd=folder, bufsize=0,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "LC_ALL": "C.UTF-8"}) as process:
            first = process.stdout.read(1)
            time.sleep(0.3)
            process.send_signal(signal.SIGINT)
            output, errors = process.communicate(timeout=60)
        report = json.loads(first + output)
        assert process.returncode == 3 and report["runs"][0]["results"]
        assert b"stopped: " in errors and b" of 40 inputs were not checked, from ./" in errors, errors


def wait_for_lines(path, count, process):
    """Until the file has so many lines, or the process has ended."""
    while process.poll() is None and not (path.exists() and path.read_text().count("\n") >= count):
        time.sleep(0.01)


def a_resumed_run_finds_the_rest():
    with tempfile.TemporaryDirectory() as folder:
        for i in range(30):
            pathlib.Path(folder, f"{i:02}.txt").write_bytes(text_of(4 * MB, "客服:"))
        whole = run("check", "--no-config", "-r", RULES, "--format", "jsonl", "-q", ".", folder=folder)[1]
        command = [jinyu, "check", "--no-config", "-r", RULES, "--format", "jsonl", "-q", "--resume", "../state", "--output", "../out", "."]
        inner = pathlib.Path(folder, "in")
        inner.mkdir()
        for path in pathlib.Path(folder).glob("*.txt"):
            path.rename(inner / path.name)
        with subprocess.Popen(command, cwd=inner, stderr=subprocess.PIPE) as process:
            wait_for_lines(pathlib.Path(folder, "state"), 2, process)
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)
        done = pathlib.Path(folder, "state").read_text().count("\n") - 1
        print(f"# stopped after {done} of 30")
        assert subprocess.run(command, cwd=inner, stderr=subprocess.PIPE, check=False).returncode in (0, 1)
        got = pathlib.Path(folder, "out").read_bytes()  # half of the input that was cut off is not there twice
        assert findings(got) == findings(whole) and got.count(b'"type":"summary"') <= 1


def ten_thousand_live_calls():
    lines = []
    for turn in range(3):
        for call in range(10000):
            words = "没办法" if turn == 2 and call % 10 == 0 else LINES[(turn + call) % len(LINES)]
            lines.append(json.dumps({"call": f"c{call}", "turn": {"speaker": "agent", "text": words, "begin": turn * 5000, "end": turn * 5000 + 3000}}))
    code, output, memory, seconds = run("stream", "--no-config", "-r", RULES, stdin=("\n".join(lines) + "\n").encode())
    print(f"# {len(lines) / seconds:.0f} turns/s, {memory / MB:.0f} MB")
    assert code == 0 and len(findings(output)) == 1000 and output.count(b'"type":"call"') == 10000
    assert memory < 200 * MB, memory


def damaged_lines_are_survived():
    choice = random.Random(5)
    good = json.dumps({"call": "a", "turn": {"speaker": "agent", "text": "没办法"}}, ensure_ascii=False).encode()
    lines = []
    for _ in range(5000):
        line = bytearray(good)
        for _ in range(choice.randrange(3)):
            line[choice.randrange(len(line))] = choice.choice([b for b in range(256) if b != 10])
        lines.append(bytes(line))
    code, output, _, _ = run("stream", "--no-config", "-r", RULES, stdin=b"\n".join(lines) + b"\n")
    whole = sum(line == good for line in lines)
    assert code == 3 and len(findings(output)) >= whole
    for line in output.splitlines():
        json.loads(line)


if sys.argv[1] == "--measure":
    measure(sys.argv[2], sys.argv[3:])
jinyu = str(pathlib.Path(sys.argv[1]).resolve())
CASES = [a_script_in_a_pipe_takes_constant_memory, a_call_in_a_pipe_is_not_kept, a_line_of_100_megabytes, a_line_of_10_megabytes_with_personal_data,
         threads_do_not_change_the_output, many_calls_in_one_file_are_shared_out,
         many_small_files_take_flat_memory, a_stopped_run_is_valid_and_says_so, a_resumed_run_finds_the_rest, ten_thousand_live_calls,
         damaged_lines_are_survived]
print(f"1..{len(CASES)}")
failed = 0
for number, case in enumerate(CASES, 1):
    try:
        case()
        print(f"ok {number} - test_scale__{case.__name__}", flush=True)
    except Exception as error:  # a case that breaks is a case that failed
        failed += 1
        print(f"not ok {number} - test_scale__{case.__name__}\n# {type(error).__name__}: {error}", flush=True)
sys.exit(1 if failed else 0)
