"""Writes the reviewed look-alikes (ordinary.tsv) as a sorted C table: ordinary.py INPUT OUTPUT."""
import pathlib
import sys

CUT = {"": "JY__ORDINARY_WORD", "<": "JY__ORDINARY_END", ">": "JY__ORDINARY_BEGIN"}
PAIRS = 16384  # JY__ORDINARY_PAIRS
words = {}
for line in pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
    if line.strip() and not line.startswith("#"):
        fields = [field.strip() for field in line.split("\t")] + [""]
        words[fields[0].encode()] = CUT[fields[2]]
text = '#include "judge/judge_ordinary.h"\nconst jy__ordinary_entry jy__ordinary[] = {\n'
text += "\n".join('    { "' + "".join(f"\\{b:03o}" for b in word) + '", ' + words[word] + " }," for word in sorted(words))
text += '\n    { "", JY__ORDINARY_WORD }\n};\n'
text += f"const size_t jy__ordinary_count = {len(words)};\n"
text += f"const size_t jy__ordinary_longest = {max(len(word.decode()) for word in words)};\n"
pairs = [0] * (PAIRS // 64)
for word in words:
    symbols = [ord(c) for c in word.decode()]
    for first, second in zip(symbols, symbols[1:]):
        bit = ((first * 0x9E3779B1 + second * 0x85EBCA6B) & 0xFFFFFFFF) >> 18  # jy__ordinary_pair()
        pairs[bit // 64] |= 1 << (bit % 64)
text += "const uint64_t jy__ordinary_pairs[JY__ORDINARY_PAIRS / 64] = { " + ", ".join(f"{own:#x}" for own in pairs) + " };\n"
pathlib.Path(sys.argv[2]).write_text(text, encoding="utf-8")
