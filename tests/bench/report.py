"""./dev bench table [FILE]: the answer of a run (build/bench.json) as the tables of README.md, in Markdown."""
import goals
import json
import sys

PHRASES = goals.PHRASES
SIZES = {f"{phrases} phrases": phrases for phrases in PHRASES}
TEXTS = {goals.REALISTIC: "A phrase about every 5,000 bytes", goals.DENSE: "A phrase about every 60 bytes",
         goals.WRITTEN: "Written talk, a phrase about every 5,000 bytes"}


def digits(value):
    """Three digits that count, never as 1e+03."""
    return "–" if value is None else f"{value:.0f}" if value >= 99.5 else f"{value:.3g}"


def print_rows(head, rows):
    print("\n| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")


def print_rates(rows, hit_every):
    rates = {(row["who"], row["mode"], row["phrases"]): row for row in rows if row["hit_every"] == hit_every}
    whos = list(dict.fromkeys(key[:2] for key in rates))

    def cell(who, mode, phrases):
        row = rates.get((who, mode, phrases))
        return f"{digits(row['gb_per_s'])} ({row['hits']})" if row else "–"
    print_rows(["GB/s (hits)", *(f"{phrases:,}" for phrases in PHRASES)],
               ([f"{who}, {mode}", *(cell(who, mode, phrases) for phrases in PHRASES)] for who, mode in whos))


def mark(row):
    return "–" if row["measured"] is None else digits(row["measured"]) + ("" if row["met"] else " ✗")


def by_size(verdicts):
    """Goals that are set for each number of phrases, {name: {phrases: verdict}}, and the others."""
    sized = {}
    for row in verdicts:
        name, _, phrases = row["goal"].rpartition(", ")
        if phrases in SIZES:
            sized.setdefault(name, {})[SIZES[phrases]] = row
    sized = {name: group for name, group in sized.items() if len(group) == len(PHRASES)}
    return sized, [row for row in verdicts if row["goal"].rpartition(", ")[0] not in sized]


def bounds(group):
    """≥ 3 3 6 ×: once when it is the same for all."""
    sign, unit = group[PHRASES[0]]["bound"].split()[::2]
    figures = [group[phrases]["bound"].split()[1] for phrases in PHRASES]
    return f"{sign} {figures[0] if len(set(figures)) == 1 else ' '.join(figures)} {unit}"


def print_goals(verdicts):
    sized, single = by_size(verdicts)
    print_rows(["goal", "bound", *(f"{phrases:,}" for phrases in PHRASES)],
               ([name, bounds(group), *(mark(group[phrases]) for phrases in PHRASES)] for name, group in sized.items()))
    print_rows(["goal", "bound", "measured"], ([row["goal"], row["bound"], mark(row)] for row in single))


def print_system(extra):
    start, cores, live = extra["start"], extra["cores"], extra["session"]
    print("\n- Start to end of process on one line: "
          f"{start['default_ms']:.1f} ms (CPU {start['default_cpu_ms']:.1f}), with both packs {start['both_packs_ms']:.1f} (CPU {start['both_packs_cpu_ms']:.1f})")
    print(f"- All {cores['cores']} cores: {cores['times']:.2f} times one, {cores['memory'] / 2**20:.0f} MB at most")
    print(f"- 100 patterns beside 1,000 phrases: {extra['patterns']['times']:.2f} times the seconds")
    print(f"- Live, 1,000 rules: an utterance {live['utterance_p50']:.1f} µs, p99 {live['utterance_p99']:.1f}, with a hypothesis before it "
          f"{live['hypothesis_p50']:.1f}, p99 {live['hypothesis_p99']:.1f}; a session {live['session_bytes']:.0f} bytes")
    for row in extra["command_line"]:
        print(f"- Command line, one thread, --format jsonl, {row['rules']}: {row['mb_per_s']:.0f} MB/s, {row['peak_memory'] / 2**20:.0f} MB at most")
    for row in extra["calls"]:
        print(f"- Command line, one thread, --format jsonl, built-in pack, calls of {row['text']}: {row['us_per_turn']:.1f} µs a turn, {row['mb_per_s']:.0f} MB/s, {row['peak_memory'] / 2**20:.0f} MB at most")
    print_rows(["hostile text, 1,000 phrases", "GB/s", "of ordinary", "sound on, GB/s", "of ordinary"],
               ([row["shape"], *(cell for one in (row, heard) for cell in (f"{one['gb_per_s']:.2f}", digits(one["of_ordinary"])))]
                for row, heard in zip(extra["shapes"], extra["shapes_heard"])))


def show(answer):
    info = answer["machine"]
    print(f"{answer['date']}, {info['model']}, {info['cores']} cores, {answer['megabytes']} MB, median of {answer['rounds']} rounds, load {info['load']:.1f}")
    for hit_every, title in TEXTS.items():
        print(f"\n### {title}")
        print_rates(answer["rows"], hit_every)
    print("\n### Goals (✗: not met)")
    print_goals(answer["goals"])
    print("\n### Program, sessions, hostile texts")
    print_system(answer["system"])
    print("\n### Where a peer's hits differ")
    goals.show_differences(answer["rows"])
    for name, why in answer["missing"].items():
        print(f"\nmissing: {name}: {why}")


if __name__ == "__main__":
    with open(sys.argv[1] if len(sys.argv) > 1 else "build/bench.json", encoding="utf-8") as file:
        show(json.load(file))
