"""Visits of a real browser by somebody who is logged in, in which nothing may be refused or at fault."""

from contextlib import contextmanager

from browser import faults


@contextmanager
def visit(browser, address, client, home, **how):
    """A page at `home` in which the one of `client` is logged in; `page.check()` lets axe look at where it is now."""
    context = browser.new_context(locale="nl-NL", reduced_motion="reduce", **how)
    cookie = client if isinstance(client, str) else client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
    context.set_default_timeout(10_000)
    page = context.new_page()
    found = []
    page.on(
        "console", lambda told: found.append(told.text) if told.type == "error" and "422" not in told.text else None
    )

    def check():
        found.extend(faults(page))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{page.url} sticks out")

    page.check = check
    page.home = address + home
    page.goto(page.home)
    yield page
    check()
    context.close()
    assert not found
