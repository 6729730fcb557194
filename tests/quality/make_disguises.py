#!/usr/bin/env python3
"""Makes dev.jsonl and held.jsonl from the hand-written utterances in base/.

Only the mechanical variants are made here (traditional, width, punctuation, invisible, fillers, stutter); homophones,
rewordings, masks, cuts and everything innocent are written by hand. The same seed gives the same bytes. Needs Python
and, for the traditional forms, the opencc command; neither is needed to run the tests, the results are committed.

A base line is `text with {clause:the forbidden words}`; `# name` starts a service situation; a dialogue is
`speaker: text / speaker: text`, and a span may begin in one turn and end in another.
Every base line goes, with all its disguises, to one side of the split, so that held-out sentences are never seen."""
import hashlib, json, pathlib, random, re, subprocess, sys

HERE = pathlib.Path(__file__).resolve().parent
BASE = HERE / "base"
SPEAKERS = {"客服": "agent", "客户": "customer"}
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f\u200e"
MARKS = [" ", "，", ",", "　", "、", "-", "…", "·", "."]
FILLERS = ["嗯", "啊", "呃", "额", "那个", "这个", "就是说", "嗯啊", "哦"]
FRAME_COPIES = 11
MECHANICAL = ("traditional", "width", "punctuation", "invisible", "fillers", "stutter")


def die(message):
    sys.exit("make_disguises: " + message)


def lines(name):
    """(situation, line number, text) of a base file."""
    situation = ""
    for number, line in enumerate((BASE / name).read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("# "):
            situation = line[2:].strip()
        elif line.strip():
            yield situation, number, line.strip()


def parse(text):
    """Text with {clause:words} → (plain text, [[clause, begin, end]])."""
    plain, labels, at = "", [], 0
    for found in re.finditer(r"\{([^:{}]+):([^{}]+)\}", text):
        plain += text[at:found.start()]
        labels.append([found[1], len(plain), len(plain) + len(found[2])])
        plain += found[2]
        at = found.end()
    plain += text[at:]
    if "{" in plain or "}" in plain:
        die("unbalanced braces: " + text)
    return plain, labels


def parse_dialogue(text):
    """`客户: … / 客服: …` → turns and labels; a span over two turns has turn and turn_end."""
    marked = [part.strip() for part in text.split(" / ")]
    turns, labels, open_label = [], [], None
    for index, part in enumerate(marked):
        speaker, _, words = part.partition(": ")
        if speaker not in SPEAKERS:
            die("no speaker: " + text)
        plain = ""
        at = 0
        while at < len(words):
            begin = re.compile(r"\{([^:{}]+):").match(words, at)
            if begin:
                open_label = {"clause": begin[1], "begin": len(plain), "turn": index}
                at = begin.end()
            elif words[at] == "}":
                open_label["end"] = len(plain)
                if index != open_label["turn"]:
                    open_label["turn_end"] = index
                labels.append(open_label)
                open_label = None
                at += 1
            else:
                plain += words[at]
                at += 1
        turns.append({"speaker": SPEAKERS[speaker], "text": plain})
    if open_label:
        die("span does not end: " + text)
    return turns, labels


def half(key):
    """dev or held: by the words alone, so that a sentence keeps its side when others are added."""
    return "held" if hashlib.sha256(key.encode()).digest()[0] & 1 else "dev"


def traditional(texts):
    done = subprocess.run(["opencc", "-c", "s2t.json"], input="\n".join(texts), capture_output=True, text=True, check=True)
    out = done.stdout.rstrip("\n").split("\n")
    if len(out) != len(texts) or any(len(a) != len(b) for a, b in zip(out, texts)):
        die("opencc changed a length: spans would be wrong")
    return out


def widen(ch):
    code = ord(ch)
    wide = {0x20: "\u3000", ord("。"): "｡", ord("、"): "､"}
    if code in wide:
        return wide[code]
    return chr(code + 0xFEE0) if 0x21 <= code <= 0x7E else wide.get(code, {"，": ",", "？": "?", "！": "!", "。": "｡"}.get(ch, ch))


# What stands for a character by compatibility alone: radicals that look like it, compatibility ideographs.
COMPATIBLE = {"人": "\u2f08", "又": "\u2f1c", "大": "\u2f24", "用": "\u2f64", "不": "\uf967", "火": "\u2f55", "方": "\u2f45",
              "一": "\u2f00", "心": "\u2f3c", "自": "\u2f83", "行": "\u2f8f", "干": "\u2f32", "里": "\uf9e9", "子": "\u2f26",
              "女": "\u2f25", "目": "\u2f6c", "什": "\uf9fd", "了": "\uf9ba", "口": "\u2f1d"}


def spans_map(text, labels, change):
    """Rebuilds text by change(index, char, inside) → string; moves the spans along. inside: between two characters of a span."""
    out, moved = "", [list(label) for label in labels]
    begins, ends = {}, {}
    for index, ch in enumerate(text):
        inside = any(begin < index < end for _, begin, end in labels)
        head = any(begin <= index < end for _, begin, end in labels)
        before, itself = change(index, ch, inside, head)
        out += before
        begins[index] = len(out)
        out += itself
        ends[index] = len(out)
    for label, old in zip(moved, labels):
        label[1], label[2] = begins[old[1]], ends[old[2] - 1]
    return out, moved


def disguise(variant, text, labels, rng):
    """One disguise of text, or None when the sentence offers no room for it."""
    mark = re.compile(r"[，。！？、：；,.!?]")
    touched = [0]
    if variant == "width":
        def change(_, ch, inside, head):
            new = COMPATIBLE.get(ch) if head else None
            new = new or widen(ch)
            touched[0] += head and new != ch
            return "", new
    else:
        room = [i for _, b, e in labels for i in range(b + 1, e) if not mark.match(text[i]) and not mark.match(text[i - 1])]
        if not room:
            return None
        chosen = set(rng.sample(room, min(len(room), rng.choice([1, 1, 2]))))
        if variant == "punctuation":
            every = rng.random() < 0.3
            chosen = set(room) if every else chosen
            filler = rng.choice(MARKS)
            insert = {i: filler for i in chosen}
        elif variant == "invisible":
            insert = {i: "".join(rng.choice(INVISIBLE) for _ in range(rng.choice([1, 1, 2]))) for i in chosen}
        elif variant == "fillers":
            comma = rng.choice(["", "", "，"])
            insert = {i: comma + rng.choice(FILLERS) + comma for i in list(chosen)[:1]}
        elif variant == "stutter":
            insert = {i: stutter(text, labels, i, rng) for i in list(chosen)[:1]}
        else:
            die("no such variant " + variant)
        if any(value is None for value in insert.values()):
            return None

        def change(index, ch, inside, head):
            touched[0] += index in insert
            return insert.get(index, ""), ch
    new, moved = spans_map(text, labels, change)
    return (new, moved) if touched[0] else None


def stutter(text, labels, at, rng):
    """What is said twice before position at: 没没办法, 不，不知道, 不知、不知道."""
    begin = max(b for _, b, e in labels if b < at < e)
    again = text[begin:at] if at - begin <= 2 and rng.random() < 0.5 else text[at - 1]
    return rng.choice(["", "", "，", "、"]) + again


def frame(text, rng):
    return re.sub(r"<([^<>]+)>", lambda found: rng.choice(found[1].split("|")), text)


def record(ident, variant, text=None, turns=None, labels=()):
    out = {"id": ident}
    if turns is None:
        out["text"] = text
        out["role"] = "agent"
        out["labels"] = [{"clause": c, "begin": b, "end": e} for c, b, e in labels]
    else:
        out["turns"] = turns
        out["labels"] = list(labels)
    out["variant"] = variant
    return out


def wanted(variant, key):
    """Each sentence is disguised in a share of the mechanical variants, chosen by its words."""
    return hashlib.sha256((variant + key).encode()).digest()[0] < 120


def violations(name, variant, prefix, mechanical):
    picked = {v: [] for v in MECHANICAL}
    for situation, number, line in lines(name):
        side = half(line)
        ident = f"{prefix}-{situation}-{number:03d}"
        if ": " in line and line.split(": ")[0] in SPEAKERS:
            turns, labels = parse_dialogue(line)
            yield side, record(ident, variant, turns=turns, labels=labels)
            continue
        text, labels = parse(line)
        if not labels:
            die(f"{name}:{number}: no label")
        yield side, record(ident, variant, text, labels=labels)
        for other in MECHANICAL if mechanical else ():
            if wanted(other, line):
                picked[other].append((side, ident, text, labels, line))
    for other, items in picked.items():
        yield from disguised(other, items)


def disguised(variant, items):
    if variant == "traditional":
        for (side, ident, old, labels, _), text in zip(items, traditional([item[2] for item in items]) if items else []):
            if text != old and any(text[b:e] != old[b:e] for _, b, e in labels):
                yield side, record(ident + "-traditional", variant, text, labels=labels)
        return
    for side, ident, text, labels, line in items:
        made = disguise(variant, text, labels, random.Random(variant + line))
        if made:
            yield side, record(f"{ident}-{variant}", variant, made[0], labels=made[1])


def innocent(name, variant, prefix):
    for situation, number, line in lines(name):
        ident = f"{prefix}-{situation}-{number:03d}"
        if "{" in line:
            die(f"{name}:{number}: a label among the innocent")
        if ": " in line and line.split(": ")[0] in SPEAKERS:
            turns, labels = parse_dialogue(line)
            yield half(line), record(ident, variant, turns=turns, labels=labels)
        else:
            yield half(line), record(ident, variant, line)


def framed(name, variant, prefix):
    for situation, number, line in lines(name):
        if "<" not in line:
            continue
        seen = set()
        for copy in range(FRAME_COPIES):
            text = frame(line, random.Random(f"{copy}{line}"))
            if text not in seen:
                seen.add(text)
                yield half(line), record(f"{prefix}-{situation}-{number:03d}-{copy}", variant, text)


def main():
    sets = {"dev": [], "held": []}
    parts = [violations("bad-verbatim.txt", "verbatim", "v", True),
             violations("bad-homophones.txt", "homophones", "h", False),
             violations("bad-reworded.txt", "reworded", "r", False),
             violations("bad-masked.txt", "masked", "m", False),
             violations("bad-cut.txt", "cut", "c", False),
             violations("bad-calls.txt", "calls", "b", False),
             innocent("good-calls.txt", "polite-calls", "d"),
             innocent("good-polite.txt", "polite", "p"),
             innocent("good-polite-more.txt", "polite", "q"),
             framed("good-polite-frames.txt", "polite", "f"),
             innocent("good-hard.txt", "hard", "n"),
             innocent("good-customer.txt", "customer", "k")]
    general = {"dev-general": [], "held-general": []}
    general_parts = [violations("general-verbatim.txt", "verbatim", "gv", True),
                     violations("general-homophones.txt", "homophones", "gh", False),
                     violations("general-reworded.txt", "reworded", "gr", False),
                     innocent("general-hard.txt", "hard", "gn"),
                     innocent("general-customer.txt", "customer", "gk")]
    for part in parts:
        for side, item in part:
            sets[side].append(item)
    for part in general_parts:
        for side, item in part:
            general[side + "-general"].append(item)
    for name, items in {**sets, **general}.items():
        idents = [item["id"] for item in items]
        if len(set(idents)) != len(idents):
            die("an id twice in " + name)
        with open(HERE / (name + ".jsonl"), "w", encoding="utf-8", newline="\n") as out:
            for item in items:
                out.write(json.dumps(item, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
