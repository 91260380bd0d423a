"""The cases of the public directory, for bench.py.

The database needs `comptoir sample --profiles N`; then, in `list_cases`:

    cases += directory.cases(Case, person)
"""

import html
import re

ROWS = 100_000


def cases(case, person):
    """Cases of the directory; none where nothing is listed. `case`: that of bench.py."""
    page = person.get("/directory?lang=en")
    if 'class="partner"' not in page:
        return []
    name = html.unescape(re.search(r'itemprop="name"><a [^>]*>([^<]*)<', page)[1])
    deep = "/directory?lang=en&q=help"
    for _ in range(50):
        link = re.search(r'href="([^"]+)" rel="next"', person.get(deep))
        if not link:
            break
        deep = html.unescape(link[1])
    profile = html.unescape(re.search(r'itemprop="name"><a href="([^"]+)"', page)[1])
    words = "+".join(re.findall(r"\w{3,}", name)[:2])
    of = lambda key, title, path: case(f"directory {key}", f"directory, {title}", person, path)
    return [
        of("default", "default page", "/directory?lang=en"),
        of("deep", "page 51", deep),
        of("rare", "text, few", f"/directory?lang=en&q={words}"),
        of("dense", "text, many", "/directory?lang=en&q=consulting"),
        of("place", "near a town", "/directory?lang=en&near=Lyon"),
        of("place text", "near a town, with text", "/directory?lang=en&near=Lyon&q=consulting"),
        of("facet", "one filter", "/directory?lang=en&product=mail"),
        of("opened", "a filter opened among many", "/directory?lang=en&product=mail&open=industry"),
        of("profile", "a profile", profile),
    ]
