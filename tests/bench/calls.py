"""Calls for the benchmark, as JSON lines: of made text line by line, agent and customer in turn; and of what people wrote as an agent's or a customer's words
(tests/quality, all of it, so that every seventh turn or so has something to tell of). The same seed gives the same bytes."""
import json
import random

import written

SEED = 7
TURNS = 40  # at most, of a call


def said():
    """What each of the two says somewhere."""
    by_speaker = {"agent": set(), "customer": set()}
    for call in written.calls():
        for turn in call.get("turns", [call]):
            by_speaker["customer" if turn.get("role", turn.get("speaker")) == "customer" else "agent"].add(turn["text"])
    return [sorted(texts) for texts in by_speaker.values()]


def of_talk():
    chance, texts = random.Random(SEED), said()
    while True:
        yield [chance.choice(texts[number % 2]) for number in range(chance.randrange(6, TURNS))]


def of_lines(lines):
    lines = [line.rstrip("\n") for line in lines]
    at = 0
    while True:
        yield [lines[(at + number) % len(lines)] for number in range(TURNS)]
        at += TURNS


def write(path, calls, size):
    """Calls until they have size bytes; answers how many turns they have."""
    turns = 0
    with open(path, "w", encoding="utf-8") as file:
        for number, texts in enumerate(calls):
            if file.tell() >= size:
                return turns
            call = [{"speaker": ("agent", "customer")[k % 2], "text": text} for k, text in enumerate(texts)]
            file.write(json.dumps({"id": f"c{number}", "turns": call}, ensure_ascii=False) + "\n")
            turns += len(texts)
