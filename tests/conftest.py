"""What several test files share: the real page on a free port, a real browser, photos."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.pages import is_foreign
from tests.pictures import tee_photo

settings.register_profile("studio", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("studio")

ROOT = Path(__file__).resolve().parent.parent
PHOTOS = ROOT.parent / "shared" / "photos"
BROWSER_FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--no-first-run",
]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """The address of the page, served by `python app.py` as a visitor would start it."""
    folder = tmp_path_factory.mktemp("served")
    port = free_port()
    home = f"http://127.0.0.1:{port}/"
    log = folder / "log.txt"
    environment = os.environ | {"GRADIO_TEMP_DIR": str(folder / "cache"), "GRADIO_SERVER_PORT": str(port)}
    with log.open("w") as sink:
        server = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=sink, stderr=sink)
    try:
        end = time.monotonic() + 60
        while True:
            assert server.poll() is None, log.read_text()
            try:
                urllib.request.urlopen(home, timeout=2).close()
                break
            except OSError:
                assert time.monotonic() < end, log.read_text()
                time.sleep(0.05)
        yield home
    finally:
        server.terminate()
        server.wait()


def _browser_path() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return os.environ.get("CHROMIUM") or next((path for path in map(shutil.which, names) if path), None)


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium; where there is none the test is skipped, but fails when CI is set."""
    missing = pytest.fail if os.environ.get("CI") else pytest.skip
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        missing("playwright is not installed: pip install -r requirements-dev.txt")
    with sync_playwright() as play:
        try:
            chromium = play.chromium.launch(executable_path=_browser_path(), args=BROWSER_FLAGS)
        except Error as error:
            missing(f"no Chromium to drive: {str(error).splitlines()[0]}")
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def garment_photo(tmp_path_factory):
    """A photo of one garment: a real one where the photo collection is at hand, else one drawn by the tests."""
    real = PHOTOS / "002eb5b8-6541-42a3-9596-0d94f7b866ae.webp"
    if real.exists():
        return real
    drawn = tmp_path_factory.mktemp("photo") / "tee.png"
    tee_photo().save(drawn)
    return drawn


@pytest.fixture(scope="session")
def bare_photo(tmp_path_factory):
    """A picture of nothing at all."""
    from PIL import Image

    path = tmp_path_factory.mktemp("photo") / "nothing.png"
    Image.new("RGB", (300, 300), (200, 200, 200)).save(path)
    return path


@pytest.fixture(scope="module")
def visited(browser):
    """A browser profile whose cache knows the page's scripts; every page opened in it is a session of its own."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def opened(visited, address):
    """A function that opens the page for a new visitor; a fault of the page's scripts fails the test."""
    pages, faults = [], []

    def open_page(width=1440, height=900, context=visited):
        page = context.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("request", lambda request: faults.append(request.url) if is_foreign(request.url, address) else None)
        page.goto(address)
        page.locator("#sheet svg g").first.wait_for()
        page.wait_for_function("document.querySelector('#body .js-plotly-plot')?._fullLayout?.scene")
        return page

    yield open_page
    for page in pages:
        page.close()
    assert not faults
