"""Writes the reviewed look-alikes (ordinary.tsv) as a sorted C table: ordinary.py INPUT OUTPUT."""
import pathlib
import sys

CUT = {"": "JY__ORDINARY_WORD", "<": "JY__ORDINARY_END", ">": "JY__ORDINARY_BEGIN"}
PAIRS, BUCKETS, MOST = 16384, 1024, 6  # JY__ORDINARY_…


def hash_of(symbols):
    return sum(ord(c) * factor for c, factor in zip(symbols, (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35))) & 0xFFFFFFFF


def bucket_of(word):  # jy__ordinary_bucket()
    return hash_of(word[:3]) >> 22


words = {}
for line in pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
    if line.strip() and not line.startswith("#"):
        fields = [field.strip() for field in line.split("\t")] + [""]
        words[fields[0]] = CUT[fields[2]]
if any(not 2 <= len(word) <= MOST for word in words):
    sys.exit(f"ordinary.tsv: an entry has 2 to {MOST} symbols")
entries = sorted(words, key=lambda word: (bucket_of(word), word))
text = '#include "judge/judge_ordinary.h"\nconst jy__ordinary_entry jy__ordinary[] = {\n'
text += "".join("    { { " + ", ".join(f"{ord(c):#x}" for c in word) + f" }}, {len(word)}, {words[word]} }},\n" for word in entries)
text += "};\nconst uint16_t jy__ordinary_firsts[JY__ORDINARY_BUCKETS + 1] = { "
text += ", ".join(str(sum(bucket_of(word) < bucket for word in entries)) for bucket in range(BUCKETS + 1)) + " };\n"
pairs = [0] * (PAIRS // 64)
for word in words:
    for first, second in zip(word, word[1:]):
        bit = hash_of((first, second)) >> 18  # jy__ordinary_pair()
        pairs[bit // 64] |= 1 << (bit % 64)
text += "const uint64_t jy__ordinary_pairs[JY__ORDINARY_PAIRS / 64] = { " + ", ".join(f"{own:#x}" for own in pairs) + " };\n"
pathlib.Path(sys.argv[2]).write_text(text, encoding="utf-8")
