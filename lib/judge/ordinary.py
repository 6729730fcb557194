"""Writes the reviewed look-alikes (ordinary.tsv) as a sorted C table: ordinary.py INPUT OUTPUT."""
import pathlib
import sys

words = set()
for line in pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
    if line.strip() and not line.startswith("#"):
        words.add(line.split("\t")[0].strip())
rows = sorted(word.encode() for word in words)
text = '#include "judge/judge_ordinary.h"\nconst char *const jy__ordinary[] = {\n'
text += "\n".join('    "' + "".join(f"\\{b:03o}" for b in row) + '",' for row in rows) + '\n    ""\n};\n'
text += f"const size_t jy__ordinary_count = {len(rows)};\n"
text += f"const size_t jy__ordinary_longest = {max(len(word) for word in words)};\n"
pathlib.Path(sys.argv[2]).write_text(text, encoding="utf-8")
