"""How fast the page answers: launch to usable, slider to redrawn 2D and 3D, measured inside a headless Chromium.

    python benchmarks/page.py [--rounds 12]

Bars: usable < 4 s after launch; slider to 2D < 300 ms, to 3D < 700 ms (medians).
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--no-first-run",
]
MOVE = """([name, value]) => new Promise((done) => {
  const slide = document.getElementById('field-' + name), sheet = document.querySelector('.sheet');
  const plot = document.querySelector('#body .js-plotly-plot'), began = performance.now(), times = {};
  const finish = () => { if (times.flat && times.body) { seen.disconnect(); done(times); } };
  const seen = new MutationObserver(() => requestAnimationFrame(() => { times.flat ??= performance.now() - began; finish(); }));
  seen.observe(sheet, {attributes: true, attributeFilter: ['data-revision']});
  const drawn = () => { plot.removeListener('plotly_afterplot', drawn); times.body ??= performance.now() - began; finish(); };
  plot.on('plotly_afterplot', drawn);
  slide.value = value;
  slide.dispatchEvent(new Event('input', {bubbles: true}));
})"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, *, limit_seconds: float) -> None:
    """Return once the address answers."""
    end = time.monotonic() + limit_seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(address)


def measured(page: Page, rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds from a slider's input event to the redrawn 2D and 3D, one of each a round."""
    flat, body = [], []
    for turn in range(rounds):
        name, value = (("bust", 90 + turn), ("sleeve_length", 40 + turn))[turn % 2]
        page.wait_for_timeout(400)
        times = page.evaluate(MOVE, [name, value])
        flat.append(times["flat"])
        body.append(times["body"])
    return flat, body


def main() -> int:
    """Start the studio, open it, move sliders, print the figures; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description="Measure the page.")
    parser.add_argument("--rounds", type=int, default=12)
    rounds = parser.parse_args().rounds
    browser_path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    port = free_port()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        began = time.monotonic()
        server = subprocess.Popen([sys.executable, "app.py", "--port", str(port)], cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            wait_for(f"http://127.0.0.1:{port}/", limit_seconds=60)
            served = time.monotonic()
            page.goto(f"http://127.0.0.1:{port}/")
            page.locator("#field-bust").wait_for()
            page.locator("#sheet svg g").first.wait_for()
            usable = time.monotonic()
            page.wait_for_function("document.querySelector('#body .js-plotly-plot')?._fullLayout?.scene")
            solid = time.monotonic()
            page.wait_for_timeout(1500)
            flat, body = measured(page, rounds)
        finally:
            server.terminate()
            server.wait()
            browser.close()
    print(f"process start to first answer      {served - began:6.2f} s")
    print(f"first answer to usable page        {usable - served:6.2f} s   (bar 4 s)")
    print(f"first answer to first 3D view      {solid - served:6.2f} s")
    for name, values, bar in (("2D", flat, 300), ("3D", body, 700)):
        middle, worst = statistics.median(values), max(values)
        print(f"slider to redrawn {name}: median {middle:4.0f} ms, worst {worst:4.0f} ms   (bar {bar} ms)")
    good = usable - served < 4 and statistics.median(flat) < 300 and statistics.median(body) < 700
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
