"""pyahocorasick over a str. search.py PHRASES TEXT whole|lines; what it reads and answers: peer_serve in peer.h"""
import sys
import time

import ahocorasick

phrases_path, text_path, mode = sys.argv[1:4]
start = time.thread_time()
automaton = ahocorasick.Automaton()
with open(phrases_path, encoding="utf-8") as file:
    for number, phrase in enumerate(file.read().split("\n")):
        if phrase:
            automaton.add_word(phrase, number)
automaton.make_automaton()
built = time.thread_time() - start
for asked in sys.stdin:
    with open(text_path, "rb") as file:
        data = file.read(int(asked) << 20)
    data = data[: data.rfind(b"\n") + 1]
    text = data.decode()
    pieces = text.splitlines() if mode == "lines" else [text]
    for _ in range(2):  # once to warm up
        start = time.thread_time()
        hits = sum(1 for piece in pieces for _ in automaton.iter(piece))
    seconds = time.thread_time() - start
    print("pyahocorasick", f"{built * 1e3:.3f}", automaton.get_stats()["total_size"], len(data), f"{seconds:.6f}", hits, "0\n", sep="\t", flush=True)
