"""The cases of the invitation list, for bench.py.

The database needs `comptoir sample --invitations N`; then, in `list_cases`:

    cases += invitations.cases(Case, person, slug, deep)
"""

import re

ROWS = 200_000


def cases(case, person, slug, deep):
    """Cases of one partner's invitations; none where it has none. `case`, `deep`: those of bench.py."""
    base = f"/p/{slug}/invitations"
    count = int(re.sub(r"\D", "", re.search(r'id="total"[^>]*>([^<]*)<', person.get(base))[1]) or 0)
    if count == 0:
        return []
    cursor, row, _ = deep(person, base, count // 2)
    page = lambda key, name, query: case(f"invitations {key}", f"invitations, {name}", person, f"{base}{query}")
    return [
        page("list", f"page 1 of {count:,}", ""),
        page("deep", f"page {row // 50 + 1:,}", f"?after={cursor}"),
        page("waiting", "those that wait", "?state=sent&state=opened"),
        page("expired", "expired", "?state=expired"),
        page("drafts", "drafts by company", "?state=draft&sort=company"),
        page("search", "search, dense", "?q=example"),
        page("rare", "search, one address", f"?q={count}.example"),
        page("mixed", "search and filters", "?q=ar&state=declined&kind=delegated_admin&language=fr"),
        page("expires", "by expiry", "?sort=expires"),
    ]
