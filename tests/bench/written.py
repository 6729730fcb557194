"""Written talk for the benchmark: what people wrote as an agent's or a customer's words (tests/quality, the innocent ones), line by line in chance order,
again and again, with a phrase about every so many bytes: lines that hold one anyway (不需要, 没办法 …) are left out, so that the rate is as said. Nothing is
disguised, so peers read the very same text."""
import json
import os
import pathlib
import random
import shutil

QUALITY = pathlib.Path(__file__).resolve().parent.parent / "quality"
SEED = 20260101


def calls():
    for file in sorted([*QUALITY.glob("*.jsonl"), *QUALITY.glob("blind/*.jsonl")]):
        yield from map(json.loads, file.read_text(encoding="utf-8").splitlines())


def utterances():
    return sorted({turn["text"] for call in calls() if not call["labels"] for turn in call.get("turns", [call])})


def without(lines, phrases):
    sought, longest = set(phrases), max(map(len, phrases))
    return [line for line in lines if not any(line[i:j] in sought for i in range(len(line)) for j in range(i + 1, min(i + longest, len(line)) + 1))]


def planted(lines, phrases, size, hit_every, chance):
    """Lines until they have size bytes together."""
    left, next_hit = size, chance.randrange(2 * hit_every)
    while left > 0:
        chance.shuffle(lines)
        for line in lines:
            length = len(line.encode()) + 1
            if next_hit < length:
                place = chance.randrange(len(line) + 1)
                line = line[:place] + chance.choice(phrases) + line[place:]
                length, next_hit = len(line.encode()) + 1, chance.randrange(2 * hit_every)
            else:
                next_hit -= length
            yield line
            left -= length
            if left <= 0:
                return


def write(folder, made, megabytes, hit_every):
    """The folder of a text made by bench_text gives the phrases and the pack."""
    os.makedirs(folder, exist_ok=True)
    for name in ("phrases.txt", "pack.yaml", "heard.yaml"):
        shutil.copy(os.path.join(made, name), folder)
    with open(os.path.join(made, "phrases.txt"), encoding="utf-8") as file:
        phrases = file.read().splitlines()
    with open(os.path.join(folder, "raw.txt"), "w", encoding="utf-8") as file:
        for line in planted(without(utterances(), phrases), phrases, megabytes << 20, hit_every, random.Random(SEED)):
            file.write(line + "\n")
    if not os.path.exists(os.path.join(folder, "folded.txt")):
        os.link(os.path.join(folder, "raw.txt"), os.path.join(folder, "folded.txt"))
