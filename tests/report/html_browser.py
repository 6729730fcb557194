"""The HTML report in a real headless Chromium, driven by chromedriver's own protocol: it opens from a file, counts right, filters, turns pages,
says nothing on the console and asks the network for nothing; with 50,000 findings too, and without script. Prints TAP.
usage: html_browser.py REPORT_MAKE [FOLDER FOR SCREENSHOTS]"""
import base64
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

MAKE = sys.argv[1]
SHOTS = sys.argv[2] if len(sys.argv) > 2 else None
MONTH_CALLS = 44336  # just over 50,000 findings
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--window-size=1280,1600"]


class Browser:
    def __init__(self, dark=False, script=True):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.profile = tempfile.mkdtemp()
        self.driver = subprocess.Popen(["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.base = f"http://127.0.0.1:{port}"
        self.wait_ready()
        options = {"args": FLAGS + [f"--user-data-dir={self.profile}"] + (["--force-dark-mode"] if dark else []),
                   "perfLoggingPrefs": {"enableNetwork": True}}
        if not script:
            options["prefs"] = {"profile.managed_default_content_settings.javascript": 2}
        wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        self.session = self.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]

    def wait_ready(self):
        for _ in range(200):
            try:
                if self.call("GET", "/status")["ready"]:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise RuntimeError("chromedriver does not answer")

    def call(self, method, path, body=None):
        request = urllib.request.Request(self.base + path, method=method, data=None if body is None else json.dumps(body).encode())
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def do(self, method, path, body=None):
        return self.call(method, f"/session/{self.session}{path}", body)

    def open(self, path):
        self.do("POST", "/url", {"url": "about:blank"})
        self.requests()  # those of the browser's own first page
        self.do("POST", "/url", {"url": "file://" + path})

    def run(self, script):
        return self.do("POST", "/execute/sync", {"script": script, "args": []})

    def shot(self, name):
        if SHOTS:
            with open(os.path.join(SHOTS, name + ".png"), "wb") as out:
                out.write(base64.b64decode(self.do("GET", "/screenshot")))

    def console(self):
        return self.do("POST", "/se/log", {"type": "browser"})

    def requests(self):
        events = (json.loads(entry["message"])["message"] for entry in self.do("POST", "/se/log", {"type": "performance"}))
        return [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]

    def close(self):
        try:
            self.do("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()
            shutil.rmtree(self.profile, ignore_errors=True)


def write_report(folder, name, *words):
    path = os.path.join(folder, name + ".html")
    with open(path, "wb") as out:
        subprocess.run([MAKE, "html", *words], check=True, stdout=out)
    return path


def data_of(path):
    """Findings as the file tells them: (severity, rule key, agent, team, said, start)."""
    with open(path, encoding="utf-8") as page:
        text = page.read()
    rules = json.loads(re.search(r'id="rules">(.*?)</script>', text, re.S).group(1))
    found = []
    for block in re.findall(r'class="calls">\n(.*?)</script>', text, re.S):
        for line in block.split("\n")[0::2]:
            if line:
                call = json.loads(line)
                found += [(f[1], rules[f[0]]["key"], call[2], call[3], f[10], call[4]) for f in call[5]]
    return found


STATUS = "return document.getElementById('status').textContent"
SET = """const f = document.getElementById('filters'); f.reset(); const e = f.elements['{0}']; e.value = '{1}';
e.dispatchEvent(new Event('input', {{bubbles: true}}));"""


def first_number(text):
    return int(re.findall(r"[\d,]+", text)[0].replace(",", ""))


def wait_for_count(browser, wanted):
    for _ in range(100):
        got = first_number(browser.run(STATUS))
        if got == wanted:
            return
        time.sleep(0.05)
    raise AssertionError(f"{got} findings shown, {wanted} wanted")


def check_filter(browser, field, value, wanted):
    browser.run(SET.format(field, value))
    wait_for_count(browser, wanted)
    if wanted:
        assert browser.run("return document.querySelectorAll('.finding').length") == min(25, wanted)


def check_quiet(browser, path):
    assert browser.console() == [], browser.console()
    foreign = [url for url in browser.requests() if url != "file://" + path and not url.startswith("data:")]
    assert foreign == [], foreign


def check_order(browser, found):
    check_filter(browser, "order", "worst", len(found))
    assert browser.run("return document.querySelector('.finding').className") == f"finding s{max(f[0] for f in found)}"
    check_filter(browser, "order", "newest", len(found))
    newest = max(f[5] for f in found).replace("T", " ")[:16]
    assert newest in browser.run("return document.querySelector('.finding .meta').textContent")
    day = browser.run("const d = document.querySelector('circle[data-day]'); d.dispatchEvent(new Event('click')); return d.dataset.day")
    wait_for_count(browser, sum(f[5][:10] == day for f in found))


def check_filters(folder):
    path = write_report(folder, "month", "en", "month", "400")
    found = data_of(path)
    browser = Browser()
    try:
        browser.open(path)
        wait_for_count(browser, len(found))
        browser.shot("light")
        for severity in (1, 2, 3, 4):
            check_filter(browser, "severity", severity, sum(f[0] >= severity for f in found))
        for rule in sorted({f[1] for f in found}):
            check_filter(browser, "rule", rule, sum(f[1] == rule for f in found))
        check_filter(browser, "agent", "张伟", sum(f[2] == "张伟" for f in found))
        check_filter(browser, "team", "夜班组", sum(f[3] == "夜班组" for f in found))
        check_filter(browser, "text", "没办法", sum(f[4] == "没办法" for f in found))
        check_filter(browser, "text", "nothing like this", 0)
        for day in sorted({f[5][:10] for f in found})[:3]:
            check_filter(browser, "day", day, sum(f[5][:10] == day for f in found))
        check_order(browser, found)
        check_quiet(browser, path)
    finally:
        browser.close()


def check_pages_and_bars(folder):
    path = write_report(folder, "month", "zh", "month", "400")
    found = data_of(path)
    browser = Browser(dark=True)
    try:
        browser.open(path)
        browser.shot("dark")
        assert browser.run("return matchMedia('(prefers-color-scheme: dark)').matches")
        first = browser.run("return document.querySelector('.finding .meta').textContent")
        browser.run("document.querySelector('.pager .next').click()")
        assert browser.run("return document.querySelector('.finding .meta').textContent") != first
        assert browser.run("return document.activeElement.id") == "findings"
        browser.run("document.querySelector('.pager .previous').click()")
        assert browser.run("return document.querySelector('.finding .meta').textContent") == first
        key = browser.run("const c = document.querySelector('th[data-filter=rule]'); c.querySelector('button').click(); return c.dataset.value")
        wait_for_count(browser, sum(f[1] == key for f in found))
        browser.run("document.querySelector('.finding .more').click()")
        assert browser.run("return document.querySelectorAll('.finding .talk')[0].children.length") == 12
        marks = browser.run("return [...document.querySelectorAll('.finding mark')].map((m) => m.textContent)")
        assert len(set(marks)) == 1, marks  # of one rule, all say the same
        check_quiet(browser, path)
    finally:
        browser.close()


def check_hostile_text(folder):
    path = write_report(folder, "sample", "en")
    browser = Browser()
    try:
        browser.open(path)
        wait_for_count(browser, 6)
        browser.shot("sample")
        cards = browser.run("return [...document.querySelectorAll('.finding')].map((c) => c.textContent)")
        assert any("<script>alert(1)</script>" in card for card in cards)
        assert browser.run("return document.querySelectorAll('mark').length") == 5  # a phrase cut by a turn break has two
        assert browser.run("return document.querySelector('mark').textContent") == "你是"
        check_quiet(browser, path)
    finally:
        browser.close()


def check_reader_help(folder):
    path = write_report(folder, "sample", "zh")
    browser = Browser()
    try:
        browser.open(path)
        assert browser.run("return document.documentElement.lang") == "zh-CN"
        unlabelled = "return [...document.querySelectorAll('input,select')].filter((e) => !e.labels.length).length"
        assert browser.run(unlabelled) == 0
        assert browser.run("return document.querySelectorAll('main,header,footer,nav,[role=search],[role=status]').length") == 6
        assert browser.run("return [...document.querySelectorAll('th')].filter((e) => !e.scope).length") == 0
        assert browser.run("return document.querySelectorAll('svg:not([role=img])').length") == 0
        levels = browser.run("return [...document.querySelectorAll('h1,h2,h3,h4')].map((e) => +e.tagName[1])")
        assert levels[0] == 1 and levels.count(1) == 1 and all(b - a <= 1 for a, b in zip(levels, levels[1:])), levels
        check_contrast(browser)
    finally:
        browser.close()


CONTRAST = r"""
const light = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
  return .2126 * r + .7152 * g + .0722 * b; };
const rgb = (s) => (s.match(/[\d.]+/g) || []).map(Number);
const ground = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] === 1) return c; } return [255, 255, 255]; };
const bad = [];
for (const e of document.querySelectorAll('body *')) {
  if (!e.offsetParent || e.disabled || e.closest('.hidden,.skip') || ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
  const a = light(rgb(getComputedStyle(e).color).slice(0, 3)), b = light(ground(e).slice(0, 3));
  const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  if (ratio < 4.5) bad.push(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2) + ' ' + e.textContent.slice(0, 20));
}
return bad;"""


def check_contrast(browser):
    bad = browser.run(CONTRAST)
    assert bad == [], bad


def check_dark_contrast(folder):
    browser = Browser(dark=True)
    try:
        browser.open(write_report(folder, "sample", "en"))
        check_contrast(browser)
    finally:
        browser.close()


def check_without_script(folder):
    path = write_report(folder, "sample", "en")
    browser = Browser(script=False)
    try:
        browser.open(path)
        browser.shot("noscript")
        body = browser.do("POST", "/elements", {"using": "css selector", "value": "body"})[0]
        text = browser.do("GET", f"/element/{list(body.values())[0]}/text")
        for wanted in ("JavaScript", "no-way", "六-13", "张三", "Not read", "broken.json"):
            assert wanted.lower() in text.lower(), (wanted, text)
        assert "page 1" not in text
    finally:
        browser.close()


def check_fifty_thousand(folder):
    path = write_report(folder, "many", "en", "month", str(MONTH_CALLS))
    wanted = len(data_of(path))
    assert wanted >= 50000, wanted
    browser = Browser()
    try:
        start = time.monotonic()
        browser.open(path)
        wait_for_count(browser, wanted)
        opened = time.monotonic() - start
        assert browser.run("return document.querySelectorAll('.finding').length") == 25
        start = time.monotonic()
        check_filter(browser, "severity", 4, sum(f[0] == 4 for f in data_of(path)))
        print(f"# {wanted} findings, {os.path.getsize(path) >> 20} MB: open in {opened:.1f} s, filter in {time.monotonic() - start:.1f} s")
        assert opened < 20
        check_quiet(browser, path)
    finally:
        browser.close()


def check_print(folder):
    path = write_report(folder, "month", "en", "month", "400")
    browser = Browser()
    try:
        browser.open(path)
        pdf = base64.b64decode(browser.do("POST", "/print", {"background": True}))
        if SHOTS:
            with open(os.path.join(SHOTS, "print.pdf"), "wb") as out:
                out.write(pdf)
        assert pdf.startswith(b"%PDF") and len(pdf) > 50000
        assert browser.run("return document.querySelectorAll('.finding').length") == 25
    finally:
        browser.close()


def main():
    if not shutil.which("chromium") or not shutil.which("chromedriver"):
        print("1..0 # SKIP chromium and chromium-driver are not installed: ./dev test installs them")
        return
    cases = [(name, check) for name, check in sorted(globals().items())
             if name.startswith("check_") and check.__code__.co_varnames[:1] == ("folder",)]
    print(f"1..{len(cases)}")
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, check) in enumerate(cases, 1):
            try:
                check(folder)
                print(f"ok {number} - {name[6:].replace('_', ' ')}", flush=True)
            except Exception as error:  # a failed case must not hide the others
                print(f"not ok {number} - {name[6:].replace('_', ' ')}\n# {error!r}", flush=True)


main()
