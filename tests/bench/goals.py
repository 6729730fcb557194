"""The goals of the project's issue on speed: each measured against its peers in the same run, met or not."""
import statistics

PHRASES = (30, 1000, 20000)
REALISTIC, DENSE, WRITTEN = 5000, 60, "written" # WRITTEN: written talk, with phrases as in REALISTIC
HEARD = "jinyu, sound on" # jinyu: with the folds that are on unless a pack says otherwise


class Table:
    def __init__(self, rows):
        self.rows = {(row["who"], row["mode"], row["phrases"], row["hit_every"]): row for row in rows}

    def row(self, who, mode, phrases, hit_every=REALISTIC):
        return self.rows.get((who, mode, phrases, hit_every))

    def best(self, whos, mode, phrases, hit_every=REALISTIC):
        rows = (self.row(who, mode, phrases, hit_every) for who in whos)
        return max((row for row in rows if row), key=lambda row: row["gb_per_s"], default=None)


def ratio(a, b):
    """How many times as fast, round by round: the median."""
    return statistics.median(x / y for x, y in zip(a["rounds"], b["rounds"])) if a and b else None


def verdict(goal, value, least=None, most=None, unit="×"):
    met = None if value is None else (least is None or value >= least) and (most is None or value <= most)
    bound = f"≥ {least}" if least is not None else f"≤ {most}"
    return {"goal": goal, "bound": f"{bound} {unit}", "measured": value, "unit": unit, "met": met}


SCANNERS = ("Hyperscan", "Vectorscan")
MODES = {"matcher": "matcher alone", "scan": "jy_scan", "batch": "batch", "lines": "one call a line"}
STAYS = "scan, text stays"
TEXTS = {REALISTIC: "made text", WRITTEN: "written talk"}


def against_scanners(table):
    out = []
    for who, least in (("jinyu", (3, 3, 6)), ("jinyu avx2", (1.5, 1.2, 2)), ("jinyu scalar", (0.4, 0.3, 1))):
        for phrases, bound in zip(PHRASES, least):
            for text in (REALISTIC, WRITTEN) if who == "jinyu" else (REALISTIC,):
                peer = table.best(SCANNERS, "whole", phrases, text)
                for mode in ("matcher", "scan") if who == "jinyu" else ("matcher",):
                    name = f"{who}, {MODES[mode]}, {TEXTS[text]}, against the best of Hyperscan and Vectorscan, {phrases} phrases"
                    out.append(verdict(name, ratio(table.row(who, mode, phrases, text), peer), bound))
    return out


def of_utterances(table):
    out = []
    for phrases in PHRASES:
        for text in (REALISTIC, WRITTEN):
            peer = table.best(SCANNERS, "lines", phrases, text)
            for mode, bound in (("batch", 2.5), ("lines", 1.2)):
                name = f"jinyu, {MODES[mode]}, {TEXTS[text]}, against Hyperscan called per line, {phrases} phrases"
                out.append(verdict(name, ratio(table.row("jinyu", mode, phrases, text), peer), bound))
        dense = table.best(SCANNERS, "whole", phrases, DENSE)
        for mode, named in (("matcher", MODES["matcher"]), ("scan", MODES["scan"]), (STAYS, "jy_scan, the text stays")):
            name = f"jinyu, {named}, dense hits, against the best of Hyperscan and Vectorscan, {phrases} phrases"
            out.append(verdict(name, ratio(table.row("jinyu", mode, phrases, DENSE), dense), 1.3))
    return out


def against_others(table):
    out = []
    for peers, least in ((("ICU pipeline",), 300), (("houbb/sensitive-word",), 100), (("daachorse", "aho-corasick"), 8), (("ripgrep -F -f",), 10)):
        for phrases in PHRASES:
            for mode in ("matcher", "scan"):
                value = ratio(table.row("jinyu", mode, phrases), table.best(peers, "whole", phrases))
                out.append(verdict(f"jinyu, {MODES[mode]}, against {' and '.join(peers)}, {phrases} phrases", value, least))
    return out


def of_other_keys(table):
    """Single characters, Latin and digits beside the phrases: what of the speed is left."""
    out = []
    for phrases in PHRASES:
        value = ratio(table.row("jinyu", "matcher, other keys too", phrases), table.row("jinyu", "matcher", phrases))
        out.append(verdict(f"jinyu, matcher alone, with six phrases of single characters, Latin, digits, against without, {phrases} phrases", value, 0.67))
    return out


def of_sound(table):
    """What it costs to find phrases of three characters or more by sound too: half of the speed may go."""
    out = []
    for text in (REALISTIC, WRITTEN):
        for mode in MODES:
            for phrases in PHRASES:
                value = ratio(table.row(HEARD, mode, phrases, text), table.row("jinyu", mode, phrases, text))
                out.append(verdict(f"{HEARD}, {MODES[mode]}, {TEXTS[text]}, against sound off, {phrases} phrases", value, 0.5))
    return out


def of_system(table, extra):
    row = table.rows.get(("jinyu", "scan", 20000, REALISTIC))
    out = [verdict("20,000 phrases compiled (parsing apart)", row and row["build_ms"], most=100, unit="ms"),
           verdict("rule set of 20,000 phrases", row and row["memory"] / 2**20, most=4, unit="MB"),
           verdict("start of process to first finding, both packs", extra["start"]["both_packs_ms"], most=15, unit="ms"),
           verdict("all cores against one, times the cores", extra["cores"]["times"] / extra["cores"]["cores"], 0.8),
           verdict("100 patterns beside the phrases, seconds", extra["patterns"]["times"], most=2),
           verdict("live utterance, 1,000 rules, p99", extra["session"]["utterance_p99"], most=20, unit="µs")]
    for who, shapes in (("", extra["shapes"]), (", sound on", extra["shapes_heard"])):
        slowest = min(shapes[1:], key=lambda row: row["of_ordinary"])
        out.append(verdict(f"slowest hostile text ({slowest['shape']}){who}, against ordinary", slowest["of_ordinary"], 0.1))
    out += [verdict(f"command line, --format jsonl, {row['rules']}", row["mb_per_s"], 200, unit="MB/s") for row in extra["command_line"]]
    return out


def judge(rows, extra):
    table = Table(rows)
    return against_scanners(table) + of_utterances(table) + against_others(table) + of_other_keys(table) + of_sound(table) + of_system(table, extra)


WHY = {
    "Hyperscan": "reads the folded text, in which fillers and stutters still cut phrases; nothing is heard by sound",
    "Vectorscan": "as Hyperscan",
    "aho-corasick": "as Hyperscan, and of overlapping phrases only the leftmost",
    "daachorse": "as Hyperscan",
    "ripgrep -F -f": "counts lines, not hits",
    "grep -F -f": "counts lines, not hits",
    "pyahocorasick": "as Hyperscan",
    "houbb/sensitive-word": "folds width, case and script, skips no fillers; of overlapping phrases only the leftmost",
    "ICU pipeline": "folds width, case and script with its neighbours in view; blanks, fillers and stutters cut phrases",
    "PCRE2 JIT alternation": "as Hyperscan, and of overlapping phrases only the leftmost",
}


def show_differences(rows):
    """Hits per megabyte of what was read, those of jinyu's matcher beside them."""
    table = Table(rows)
    print("\n| peer | text | hits a MB | jinyu | why |\n|---|---|---|---|---|")
    for row in rows:
        own = table.rows.get(("jinyu", "matcher", row["phrases"], row["hit_every"]))
        if row["who"] not in WHY or row["mode"] != "whole" or not own:
            continue
        theirs, ours = row["hits"] / row["bytes"] * 1e6, own["hits"] / own["bytes"] * 1e6
        text = "written talk" if row["hit_every"] == WRITTEN else f"one in {row['hit_every']}"
        print(f"| {row['who']} | {row['phrases']:,} phrases, {text} | {theirs:.1f} | {ours:.1f} | {WHY[row['who']]} |")
