"""The cases of the inbox, for bench.py.

The database needs `comptoir sample --referrals N`; then, in `list_cases`:

    cases += referrals.cases(Case, person, slug, deep)
"""

import re

ROWS = 100_000


def cases(case, person, slug, deep):
    """Cases of one partner's referrals; none where it has none. `case`, `deep`: those of bench.py."""
    base = f"/p/{slug}/referrals"
    every = "&".join(f"state={state}" for state in ("received", "accepted", "won", "lost", "declined", "expired"))
    found = re.search(r'id="total"[^>]*>([^<]*)<', person.get(f"{base}?{every}&count=exact"))
    count = int(re.sub(r"\D", "", found[1]) or 0) if found else 0
    if count == 0:
        return []
    cursor, row, _ = deep(person, base, min(1_000, count // 100))
    page = lambda key, name, query: case(f"referrals {key}", f"referrals, {name}", person, f"{base}{query}")
    return [
        page("new", f"new ones, most urgent first, of {count:,}", ""),
        page("deep", f"new ones, page {row // 50 + 1:,}", f"?state=received&sort=left&after={cursor}"),
        page("active", "active ones", "?state=accepted"),
        page("closed", "closed ones", "?state=won&state=lost&state=declined&state=expired"),
        page("all", "all of them", f"?{every}"),
        page("search", "search, dense", "?q=telephon"),
        page("rare", "search, one number", f"?q=%23{count // 2}"),
        page("mixed", "search and filters", "?q=second&state=won&industry=retail&employees=1to9"),
        page("value", "active ones by value", "?state=accepted&sort=-value"),
    ]
