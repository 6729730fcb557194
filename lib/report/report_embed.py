"""Makes report_page.h of the HTML report's style and script: their bytes, and the hashes that its content security policy allows.
usage: report_embed.py STYLE SCRIPT OUT"""
import base64
import hashlib
import sys


def array(name, data):
    rows = (",".join(str(byte) for byte in data[at:at + 32]) for at in range(0, len(data), 32))
    return f"static const unsigned char {name}[] = {{\n" + ",\n".join(rows) + "\n};\n"


def digest(data):
    return base64.b64encode(hashlib.sha256(data).digest()).decode()


style, script = (open(path, "rb").read() for path in sys.argv[1:3])
with open(sys.argv[3], "w", encoding="ascii") as out:
    out.write("/* Made by report_embed.py. */\n")
    out.write(array("page_style", style) + array("page_script", script))
    out.write(f'#define PAGE_STYLE_SHA256 "{digest(style)}"\n#define PAGE_SCRIPT_SHA256 "{digest(script)}"\n')
