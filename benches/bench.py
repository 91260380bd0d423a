"""Measures a release build; run by scripts/bench, which says what the variables mean.

CPU time is what the server's process used (user and system), over the requests that it answered;
it says more than requests a second on a machine that does other things too.
"""

import collections
import html
import http.cookiejar
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import directory
import invitations
import referrals

BIN = os.environ["BENCH_BIN"]
DIR = os.environ["BENCH_DIR"]
ROWS = int(os.environ.get("BENCH_ROWS", "1000000"))
SMALL = 1000
PARTNERS = min(1000, max(1, ROWS // 10))
SECONDS = int(os.environ.get("BENCH_SECONDS", "8"))
PG_ROWS = os.environ.get("BENCH_PG_ROWS")
PG_MINUTES = 3
PASSWORD = "bench-" + "0123456789abcdef-copper"
TICK = os.sysconf("SC_CLK_TCK")
SERVER_CORE, CLIENT_CORE = ("0", "1") if (os.cpu_count() or 1) > 1 else ("0", "0")


def fail(text):
    sys.exit(f"bench: {text}")


def say(text):
    print(text, flush=True)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def comptoir(env, *args):
    """Runs a command to its end; gives what it printed on standard output."""
    done = subprocess.run([f"{BIN}/comptoir", *args], env={**os.environ, **env}, capture_output=True, text=True)
    if done.returncode:
        fail(f"comptoir {' '.join(args)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


def sample(env, partners, customers, seed):
    """Loads sample data; gives what the command said of its speed, and customers a second."""
    began = time.monotonic()
    some = lambda rows: str(min(rows, customers) if partners == 1 else 0)
    beside = ("--invitations", some(invitations.ROWS), "--referrals", some(referrals.ROWS), "--profiles", some(directory.ROWS))
    text = comptoir(env, "sample", "--partners", str(partners), "--customers", str(customers), "--seed", str(seed), "--password", PASSWORD, *beside)
    took = time.monotonic() - began
    said = [line for line in text.splitlines() if "rows/s" in line]
    return said[0] if said else "(nothing said)", customers / took


# --- The server ------------------------------------------------------------------------------------


def cpu_of(pid):
    with open(f"/proc/{pid}/stat") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def children(pid):
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as f:
                    if int(f.read().rsplit(")", 1)[1].split()[1]) == pid:
                        found.append(int(name))
            except OSError:
                pass
    return found


class Server:
    """The server over one database, on one core, with one worker."""

    def __init__(self, env, count=False, postmaster=None):
        self.port, self.metrics = free_port(), free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.postmaster = postmaster
        more = {
            "COMPTOIR_LISTEN": f"127.0.0.1:{self.port}",
            "COMPTOIR_PUBLIC_URL": self.base,
            "COMPTOIR_SECRET": secrets.token_hex(64),
            "COMPTOIR_WORKERS": "1",
            "COMPTOIR_DRAIN_S": "0",
            # One account asks as fast as it can here.
            "COMPTOIR_PARTNER_REQUESTS_PER_S": "0",
        }
        if count:
            more |= {"COMPTOIR_COUNT_STATEMENTS": "true", "COMPTOIR_METRICS_LISTEN": f"127.0.0.1:{self.metrics}"}
        self.log = open(f"{DIR}/server.log", "w")
        began = time.monotonic()
        self.process = subprocess.Popen(
            ["taskset", "-c", SERVER_CORE, f"{BIN}/comptoir", "serve"], env={**os.environ, **env, **more}, stdout=self.log, stderr=self.log
        )
        while not self.ready():
            if self.process.poll() is not None or time.monotonic() - began > 60:
                self.stop()
                with open(self.log.name) as f:
                    fail("the server did not start:\n" + "".join(f.readlines()[-10:]))
            time.sleep(0.001)
        self.start_ms = (time.monotonic() - began) * 1000

    def ready(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as s:
                s.sendall(f"GET /readyz HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: close\r\n\r\n".encode())
                return s.recv(64).startswith(b"HTTP/1.1 200")
        except OSError:
            return False

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.log.close()

    def rss_mb(self):
        with open(f"/proc/{self.process.pid}/status") as f:
            return int(re.search(r"VmRSS:\s+(\d+)", f.read())[1]) / 1024

    def cpu(self):
        return cpu_of(self.process.pid)

    def database_cpu(self):
        return sum(cpu_of(pid) for pid in children(self.postmaster)) if self.postmaster else 0.0

    def statements(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics}/metrics") as answer:
            return int(re.search(rb"^comptoir_statements_total (\d+)", answer.read(), re.M)[1])


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


class Person:
    """Someone signed in."""

    def __init__(self, server, email):
        self.server = server
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), NoRedirect)
        page = self.get("/sign-in")
        token = re.search(r'name="_token" value="([^"]*)"', page)
        if not token:
            fail("the sign-in page has no form token")
        form = urllib.parse.urlencode({"_token": html.unescape(token[1]), "email": email, "password": PASSWORD, "to": "/"}).encode()
        request = urllib.request.Request(f"{server.base}/sign-in", data=form, headers={"Origin": server.base, "Sec-Fetch-Site": "same-origin"})
        try:
            self.opener.open(request)
            fail(f"sign-in as {email}: no redirect")
        except urllib.error.HTTPError as answer:
            if answer.code != 303:
                fail(f"sign-in as {email}: status {answer.code}")
        self.cookie = "; ".join(f"{one.name}={one.value}" for one in self.jar if one.name != "device")

    def get(self, path):
        try:
            with self.opener.open(self.server.base + path) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            fail(f"GET {path}: status {error.code}")


def wrk(url, cookie, seconds):
    command = ["taskset", "-c", CLIENT_CORE, "wrk", "-t1", "-c4", f"-d{seconds}s", "--latency"]
    if cookie:
        command += ["-H", f"Cookie: {cookie}"]
    done = subprocess.run([*command, url], capture_output=True, text=True)
    text = done.stdout
    if done.returncode or "requests in" not in text:
        fail(f"wrk {url} failed:\n{text}{done.stderr}")
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    if bad:
        fail(f"{url}: {bad[1]} answers were no success")
    unit = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60000.0}
    quantile = lambda percent: (lambda m: float(m[1]) * unit[m[2]])(re.search(rf"^\s+{percent}%\s+([\d.]+)(us|ms|s|m)\s*$", text, re.M))
    return {
        "requests": int(re.search(r"(\d+) requests in", text)[1]),
        "rate": float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]),
        "p50": quantile(50),
        "p99": quantile(99),
    }


# --- Cases -----------------------------------------------------------------------------------------

Case = collections.namedtuple("Case", "key name person path")
results = collections.OrderedDict()
# The word that every partner's names have often, by part.
dense_word = {}


def measure(part, server, case, bytes_cpu):
    size = len(case.person.get(case.path).encode())
    url = server.base + case.path
    wrk(url, case.person.cookie, 1)
    before, database = server.cpu(), server.database_cpu()
    found = wrk(url, case.person.cookie, SECONDS)
    found["cpu"] = (server.cpu() - before) * 1e6 / found["requests"]
    found["database"] = (server.database_cpu() - database) * 1e6 / found["requests"]
    found["bytes"] = size
    found["ratio"] = found["cpu"] / bytes_cpu if bytes_cpu else None
    found["name"] = case.name
    results[part, case.key] = found
    say(f"  {case.name}: {found['rate']:.0f}/s, {found['cpu']:.0f} µs")


def measure_bytes(page):
    """CPU of the very same bytes from memory."""
    file = f"{DIR}/page.html"
    with open(file, "w") as f:
        f.write(page)
    port = free_port()
    process = subprocess.Popen(["taskset", "-c", SERVER_CORE, f"{BIN}/examples/bytes", f"127.0.0.1:{port}", file])
    try:
        for _ in range(500):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.01)
        url = f"http://127.0.0.1:{port}/"
        wrk(url, None, 1)
        before = cpu_of(process.pid)
        found = wrk(url, None, SECONDS)
        found["cpu"] = (cpu_of(process.pid) - before) * 1e6 / found["requests"]
        found |= {"bytes": len(page.encode()), "ratio": 1.0, "database": 0.0, "name": "the list's bytes from memory"}
        return found
    finally:
        process.terminate()
        process.wait()


def count_statements(part, server, cases):
    """The fewest of several tries: the server's own chores count too."""
    for case in cases:
        deltas = []
        case.person.get(case.path)
        for _ in range(8):
            before = server.statements()
            case.person.get(case.path)
            deltas.append(server.statements() - before)
        results[part, case.key]["statements"] = min(deltas)


def total(page):
    """The number beside the list's title."""
    text = re.search(r'id="total"[^>]*>([^<]*)<', page)[1]
    return int(re.sub(r"\D", "", text) or 0)


def names(page):
    return [html.unescape(one).strip() for one in re.findall(r'<a class="cell-main[^>]*>([^<]*)', page)]


def rows(page):
    return re.findall(r'<th scope="row"><a class="cell-main[^>]*href="([^"]+)"', page)


def next_page(page):
    link = re.search(r'href="([^"]+)" rel="next"', page)
    return html.unescape(link[1]) if link else None


def count_of(person, base, search):
    return total(person.get(f"{base}?q={urllib.parse.quote(search)}&count=exact"))


def deep(person, base, wanted):
    """Follows the links of large pages to a row far down: its cursor, and some names on the way."""
    path, passed, seen = f"{base}?size=200", 0, []
    while passed < wanted:
        page = person.get(path)
        if passed % 20_000 == 0:
            seen += names(page)
        following = next_page(page)
        if not following:
            break
        path, passed = following, passed + 200
    cursor = re.search(r"after=([0-9a-f]+)", path)
    if not cursor:
        fail(f"no page after row {passed} of {base}")
    return cursor[1], passed, seen


def searches(person, base, rows_in_all, seen):
    """Words that find few, a few thousand, up to a third of the customers, and all of them."""
    grams = collections.Counter()
    for name in seen:
        words = [word for word in re.split(r"[^\w]+", name.lower()) if word]
        grams.update({word[i : i + n] for word in words for n in range(3, 7) for i in range(len(word) - n + 1)})
    if not grams:
        fail("no names to search for")

    def nearest(share, tries):
        best = None
        ranked = sorted(grams, key=lambda gram: (abs(grams[gram] / len(seen) - share), gram))
        for gram in ranked[:tries]:
            found = count_of(person, base, gram)
            if found and (best is None or abs(found - share * rows_in_all) < abs(best[1] - share * rows_in_all)):
                best = gram, found
        return best

    dense = nearest(1 / 3, 4)
    medium = nearest(min(0.003, 3000 / rows_in_all) if rows_in_all > 100_000 else 0.02, 12)
    rare = min(((name, count_of(person, base, name)) for name in dict.fromkeys(seen[-12:])), key=lambda pair: pair[1] or 9e9)
    words = [word for word in re.split(r"[^\w]+", seen[len(seen) // 2]) if len(word) > 2][:2]
    two = " ".join(words) if len(words) == 2 else f"{medium[0]} {dense[0]}"
    every = "example"  # The end of every sample domain.
    return {"rare": rare, "medium": medium, "dense": dense, "two words": (two, count_of(person, base, two)), "all": (every, count_of(person, base, every))}


def list_cases(part, person, slug, customers, small_person, small_slug):
    """The cases of one large database."""
    base = f"/p/{slug}/customers"
    say(f"  looking for a deep page and for words to search ({customers:,} customers)")
    cursor, row, seen = deep(person, base, customers // 2)
    found = searches(person, base, customers, seen)
    dense_word[part] = found["dense"][0]
    for kind, (word, count) in found.items():
        say(f"    {kind}: “{word}” finds {count:,}")
    page = person.get(base)
    q = lambda text: urllib.parse.quote(text)
    cases = [
        Case("list", f"list, page 1 of {customers:,}", person, base),
        Case("deep", f"list, page {row // 50 + 1:,}", person, f"{base}?after={cursor}"),
        Case("backwards", "list, by name backwards", person, f"{base}?sort=-name"),
        Case("created", "list, newest first", person, f"{base}?sort=-created"),
        Case("activity", "list, last active first", person, f"{base}?sort=-activity"),
    ]
    for kind, (word, count) in found.items():
        cases.append(Case(f"search {kind}", f"search, {kind} ({count:,} found)", person, f"{base}?q={q(word)}"))
    cases.append(Case("search paged", "search, dense, second page", person, next_page(person.get(f"{base}?q={q(found['dense'][0])}")) or base))
    cases.append(Case("country", "filter by country", person, f"{base}?country=FR"))
    cases.append(Case("mixed", "search and filters", person, f"{base}?q={q(found['dense'][0])}&country=FR&status=active&relationship=direct"))
    if small_person:
        small = f"/p/{small_slug}/customers"
        cases.append(Case("small list", "list of one of the many partners", small_person, small))
        cases.append(Case("small search", "search, at one of the many partners", small_person, f"{small}?q={q(found['dense'][0])}"))
    cases.append(Case("customer", "customer's page", person, rows(page)[0]))
    cases.append(Case("wizard", "wizard's first page", person, f"{base}/new"))
    return cases + invitations.cases(Case, person, slug, deep) + referrals.cases(Case, person, slug, deep) + directory.cases(Case, person)


def admin(partners_seed, n):
    return f"admin@sample-{partners_seed}-{n}.example"


def same_for(person, case):
    return case._replace(person=person)


def run_part(part, env, customers, postmaster=None):
    """Measures every case of one large database; gives memory and starts."""
    server = Server(env, postmaster=postmaster)
    try:
        person = Person(server, admin(1, 1))
        many = Person(server, admin(2, (PARTNERS + 1) // 2)) if PARTNERS > 1 else None
        cases = list_cases(part, person, "sample-1-1", customers, many, f"sample-2-{(PARTNERS + 1) // 2}")
        fresh = measure_bytes(person.get(cases[0].path))
        results[part, "bytes"] = fresh
        for case in cases:
            measure(part, server, case, fresh["cpu"])
        rss = server.rss_mb()
    finally:
        server.stop()
    counting = Server(env, count=True, postmaster=postmaster)
    try:
        person = Person(counting, admin(1, 1))
        many = Person(counting, admin(2, (PARTNERS + 1) // 2)) if PARTNERS > 1 else None
        count_statements(part, counting, [same_for(many if case.key.startswith("small") else person, case) for case in cases])
    finally:
        counting.stop()
    starts = []
    for _ in range(7):
        one = Server(env)
        starts.append(one.start_ms)
        one.stop()
    return rss, sorted(starts)


def run_thousand(part, env, postmaster=None):
    """The list and a search of a partner with 1,000 customers, alone in a database."""
    base = "/p/sample-1-1/customers"
    word = dense_word.get(part)
    cases = [("thousand", f"list, page 1 of {SMALL:,}", base)]
    if word:
        cases.append(("alone", "search, at such a partner alone", f"{base}?q={urllib.parse.quote(word)}"))
    server = Server(env, postmaster=postmaster)
    try:
        person = Person(server, admin(1, 1))
        for key, name, path in cases:
            measure(part, server, Case(key, name, person, path), results[part, "bytes"]["cpu"])
    finally:
        server.stop()
    counting = Server(env, count=True, postmaster=postmaster)
    try:
        person = Person(counting, admin(1, 1))
        count_statements(part, counting, [Case(key, name, person, path) for key, name, path in cases])
    finally:
        counting.stop()


# --- Loading ---------------------------------------------------------------------------------------


def load_sqlite(name, batches):
    """A database with batches of (partners, customers, seed); found again where it was complete."""
    path = f"{DIR}/{name}.db"
    env = {"DATABASE_URL": f"sqlite:{path}"}
    done = f"{path}.json"
    if os.path.exists(done) and os.path.exists(path):
        with open(done) as f:
            if json.load(f) == [list(batch) for batch in batches]:
                say(f"  {name}: found again")
                comptoir(env, "migrate")
                return env, []
    for old in (path, f"{path}-wal", f"{path}-shm", done):
        if os.path.exists(old):
            os.remove(old)
    comptoir(env, "migrate")
    lines = []
    for partners, customers, seed in batches:
        line, rate = sample(env, partners, customers, seed)
        lines.append(f"{name}: {partners:,} x {customers:,}: {rate:,.0f} customers/s; {line}")
        say(f"  {lines[-1]}")
    with open(done, "w") as f:
        json.dump(batches, f)
    say(f"  {name}: {os.path.getsize(path) / 1e6:,.0f} MB")
    return env, lines


def load_postgres():
    """As many rows as load in a few minutes."""
    env = {"DATABASE_URL": os.environ["BENCH_SERVER_URL"], "MIGRATE_DATABASE_URL": os.environ["BENCH_OWNER_URL"]}
    # The server's role may not see other partners' rows, which is what loading needs.
    comptoir(env, "migrate")
    _, rate = sample(env, 1, 5000, 9)
    rows_each = int(PG_ROWS) if PG_ROWS else min(ROWS, max(SMALL, int(rate * PG_MINUTES * 60 / 2) // 1000 * 1000))
    lines = []
    for partners, customers, seed in [(1, rows_each, 1), (PARTNERS, rows_each, 2)]:
        line, rate = sample(env, partners, customers, seed)
        lines.append(f"PostgreSQL: {partners:,} x {customers:,}: {rate:,.0f} customers/s; {line}")
        say(f"  {lines[-1]}")
    psql = ["psql", "-X", "-q", os.environ["BENCH_OWNER_URL"], "-c", "vacuum analyze"]
    subprocess.run(psql, check=False, capture_output=True)
    return env, rows_each, lines


# --- What came of it -------------------------------------------------------------------------------


def table(part, title):
    wide = max(len(found["name"]) for (one, _), found in results.items() if one == part)
    database = any(found["database"] for (one, _), found in results.items() if one == part)
    head = f"{'case':{wide}}  {'req/s':>7}  {'CPU µs':>7}  {'p50 ms':>7}  {'p99 ms':>7}  {'bytes':>7}  {'SQL':>4}  {'x bytes':>7}"
    print(f"\n{title}\n{head}{'   db µs' if database else ''}")
    for (one, _), found in results.items():
        if one != part:
            continue
        line = f"{found['name']:{wide}}  {found['rate']:7.0f}  {found['cpu']:7.0f}  {found['p50']:7.2f}  {found['p99']:7.2f}  {found['bytes']:7d}"
        line += f"  {found.get('statements', ''):>4}  {found['ratio']:7.1f}"
        print(line + (f"  {found['database']:6.0f}" if database else ""))


def targets(part, rss, starts):
    # What a page costs is the database's time too; on SQLite that is the server's own.
    cpu = lambda key: results[part, key]["cpu"] + results[part, key]["database"]
    checks = [
        ("list page / the same bytes (server's CPU)", results[part, "list"]["ratio"], 12, "x"),
        ("deep page / page 1", cpu("deep") / cpu("list"), 1.3, "x"),
        ("by name backwards / page 1", cpu("backwards") / cpu("list"), 1.3, "x"),
        ("newest first / page 1", cpu("created") / cpu("list"), 1.3, "x"),
        ("last active first / page 1", cpu("activity") / cpu("list"), 1.3, "x"),
    ]
    if (part, "thousand") in results:
        checks.insert(1, ("large list / list of 1,000", cpu("list") / cpu("thousand"), 1.2, "x"))
    for (one, key), found in results.items():
        if one == part and key.startswith(("search", "referrals", "directory")):
            checks.append((f"{found['name']} / page 1", cpu(key) / cpu("list"), 4, "x"))
    if (part, "alone") in results and (part, "small search") in results:
        checks.append(("search among all partners / alone", cpu("small search") / cpu("alone"), 1.3, "x"))
    pages = [found for (one, key), found in results.items() if one == part and key != "bytes"]
    checks += [
        ("statements of any page", max(page.get("statements", 99) for page in pages), 6, ""),
        ("kB of any page", max(page["bytes"] for page in pages) / 1000, 60, "kB"),
        ("resident memory after the run", rss, 150, "MB"),
        ("from exec to ready, median", starts[len(starts) // 2], 300, "ms"),
    ]
    print(f"\ntargets, {part} (ready at best after {starts[0]:.0f} ms)")
    missed = 0
    for name, value, limit, unit in checks:
        ok = value <= limit
        missed += not ok
        print(f"  {'OK    ' if ok else 'MISSED'}  {name}: {value:.1f}{unit} (at most {limit}{unit})")
    return missed


def main():
    say("\n== loading SQLite")
    large, lines = load_sqlite("large", [(1, ROWS, 1), (PARTNERS, ROWS, 2)])
    small, more = load_sqlite("small", [(1, SMALL, 1)])
    lines += more
    say("\n== measuring on SQLite")
    rss, starts = run_part("SQLite", large, ROWS)
    run_thousand("SQLite", small)
    postgres = None
    if "BENCH_SERVER_URL" in os.environ:
        say("\n== loading PostgreSQL")
        env, rows_each, more = load_postgres()
        lines += more
        say("\n== measuring on PostgreSQL")
        postgres = rows_each, run_part("PostgreSQL", env, rows_each, postmaster=int(os.environ["BENCH_POSTMASTER"]))
    version = comptoir({}, "--version")
    print(f"\n{version}; {os.cpu_count()} cores; one worker on core {SERVER_CORE}, wrk with 4 connections on core {CLIENT_CORE}, {SECONDS} s a case")
    for line in lines:
        print(f"loaded {line}")
    table("SQLite", f"SQLite: 1 partner with {ROWS:,} customers, {PARTNERS:,} partners with {ROWS:,} together")
    if postgres:
        note = "" if postgres[0] == ROWS else f" (fewer than on SQLite: as many as load in {PG_MINUTES} minutes)"
        table("PostgreSQL", f"PostgreSQL: twice {postgres[0]:,} customers{note}")
    missed = targets("SQLite", rss, starts)
    if postgres:
        missed += targets("PostgreSQL", *postgres[1])
    print(f"\n{missed} targets missed")


main()
