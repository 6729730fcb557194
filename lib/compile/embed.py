"""Writes the rule packs as C strings: embed.py OUTPUT PACK_FOLDER... ; every *.yaml of a folder, in name order."""
import pathlib
import sys


def literal(data: bytes) -> str:
    lines = []
    for start in range(0, len(data), 32):
        lines.append("    " + ",".join(str(b if b < 128 else b - 256) for b in data[start:start + 32]) + ",")
    return "\n".join(lines)


output, folders = sys.argv[1], [pathlib.Path(p) for p in sys.argv[2:]]
arrays, rows = [], []
for folder in folders:
    for path in sorted(folder.glob("*.yaml")):
        data = path.read_bytes()
        number = len(rows)
        arrays.append(f"static const unsigned char file{number}[] = {{\n{literal(data)}\n    0 }};")
        rows.append(f'    {{ "{folder.name}", "rules/{folder.name}/{path.name}", (const char *)file{number}, {len(data)} }},')
text = '#include "compile/compile_builtin.h"\n' + "\n".join(arrays)
text += "\nconst jy__builtin_file jy__builtin_files[] = {\n" + "\n".join(rows) + "\n    { \"\", \"\", \"\", 0 }\n};\n"
text += f"const size_t jy__builtin_file_count = {len(rows)};\n"
pathlib.Path(output).write_text(text, encoding="utf-8")
