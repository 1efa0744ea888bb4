"""What browser tests do and read on the studio's page."""

from __future__ import annotations


def is_foreign(url, address):
    return not url.startswith((address, address.replace("http", "ws"), "data:", "blob:", "about:"))


def revision(page):
    return int(page.locator(".sheet").get_attribute("data-revision"))


def wait_revision(page, least):
    """Wait until the flat pattern and the body both show revision `least` or a later one."""
    page.wait_for_function(
        """(least) => Number(document.querySelector('.sheet').dataset.revision) >= least
          && Number(document.querySelector('#body .js-plotly-plot').dataset.revision || 0) >= least""",
        arg=least,
    )


def outline(page):
    return page.locator(".sheet g[data-piece] path.piece").first.get_attribute("d")


def body_spread(page):
    """How far the 3D garment reaches, as Plotly has it."""
    return page.evaluate(
        "document.querySelector('#body .js-plotly-plot')._fullData"
        ".map((trace) => Array.from(trace.x).reduce((sum, x) => sum + Math.abs(x), 0))"
    )


def say(page, text):
    page.get_by_role("tab", name="Chat").click()
    box = page.locator("#say textarea, #say input")
    box.fill(text)
    box.press("Enter")
    page.wait_for_function("(text) => document.querySelector('#say textarea, #say input').value === ''", arg=text)


def save(page, form, folder):
    with page.expect_download() as download:
        page.locator(f"#save-{form}").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def open_file(page, path):
    with page.expect_file_chooser() as chooser:
        page.locator("#open").click()
    chooser.value.set_files(path)


def look(page, name):
    page.locator(f".looks button[data-look={name}]").click()
    page.locator(f".looks button[data-look={name}][aria-pressed=true]").wait_for()
