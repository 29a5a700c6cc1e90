#!/usr/bin/env python3
"""Reference interpreter for the conformance vectors: defines the meaning of every step, against any server.

  run_vectors.py --serve PROGRAM [--only RE] [--profiles core,strict,policy]
  run_vectors.py --host H --port P [--tls-port Q] --features a,b,c [--reset CMD] [--hook CMD] ...

With --serve it starts the program for each set of features that vectors ask for, gives it these by --with, and uses its control
port to put mailboxes back. Other servers run already: a vector runs there when --features holds all that its `config` asks for and
CAPA announces its `capa`; --reset CMD is run as CMD ACCOUNT..., --hook CMD as CMD deliver ACCOUNT MAILDROP:INDEX, CMD expunge
ACCOUNT INDEX, CMD advance SECONDS.
Prints `ok - ID title`, `not ok - ID title` or `skip - ID title` for each and fails if one fails, or fewer than --at-least pass.
"""
import argparse, base64, hashlib, hmac, json, os, re, socket, ssl, struct, subprocess, sys, tempfile, time
from serve import Serve
HERE = os.path.dirname(os.path.abspath(__file__))
SRC = None
class F(Exception): pass          # vector failed
class Skip(Exception): pass
class Done(Exception): pass       # vector ends early as a pass
STAT = re.compile(rb"(?:\+OK|-ERR)(?: .*)?\Z|\+ .*\Z|\+\Z", re.S)
RESP = re.compile(rb"(?:\+OK|-ERR) \[[!-.0-\\^-~]+(?:/[!-.0-\\^-~]+)*\](?: .*)?\Z", re.S)
class Conn:
    def __init__(s, host, port, tls=None, tmin=None, tmax=None, to=10):
        s.to = to; s.buf = b""; s.eof = False; s.closenotify = None
        s.k = socket.create_connection((host, port), timeout=to, source_address=(SRC, 0) if SRC else None); s.k.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls: s.handshake(tmin, tmax)
    def handshake(s, tmin=None, tmax=None):
        V = {"1.0": ssl.TLSVersion.TLSv1, "1.1": ssl.TLSVersion.TLSv1_1, "1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}
        x = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT); x.check_hostname = False; x.verify_mode = ssl.CERT_NONE
        import warnings; warnings.simplefilter("ignore")
        if tmax: 
            x.minimum_version = V["1.0"] if tmax in ("1.0", "1.1") else V["1.2"]; x.maximum_version = V[tmax]
            if tmax in ("1.0", "1.1"): x.set_ciphers("ALL:@SECLEVEL=0")
        if tmin: x.minimum_version = V[tmin]
        if s.buf: raise F(f"octets before handshake: {s.buf[:80]!r}")
        s.keys = tempfile.NamedTemporaryFile(); x.keylog_filename = s.keys.name
        s.k.settimeout(s.to); s.k = x.wrap_socket(s.k, suppress_ragged_eofs=False)
    def exporter(s):
        """tls-exporter (RFC 9266) from the key log, since Python's ssl cannot export: RFC 8446 section 7.5"""
        log = dict(l.split()[::2] for l in open(s.keys.name) if l[0] != "#")
        if "EXPORTER_SECRET" not in log: raise Skip("no exporter before TLS 1.3")
        H = "sha384" if "SHA384" in s.k.cipher()[0] else "sha256"; n = hashlib.new(H).digest_size
        def expand(secret, label, context, length):
            l = b"tls13 " + label; return hmac.new(secret, struct.pack(">HB", length, len(l)) + l + bytes([len(context)]) + context + b"\1", H).digest()[:length]
        derived = expand(bytes.fromhex(log["EXPORTER_SECRET"]), b"EXPORTER-Channel-Binding", hashlib.new(H).digest(), n)
        return expand(derived, b"exporter", hashlib.new(H).digest(), 32)
    def send(s, b):
        s.k.settimeout(s.to)
        try: s.k.sendall(b)
        except (BrokenPipeError, ConnectionResetError, ssl.SSLError, OSError): s.eof_send = True
    def fill(s, t):
        """read more; False on timeout, sets eof"""
        if s.eof: return False
        s.k.settimeout(max(t, 0.001))
        try: d = s.k.recv(65536)
        except (socket.timeout, ssl.SSLWantReadError): return False
        except ssl.SSLZeroReturnError: d = b""; s.closenotify = True
        except ssl.SSLEOFError: d = b""; s.closenotify = False
        except (ConnectionResetError, ssl.SSLError, OSError): d = b""; s.closenotify = False
        if not d:
            if s.closenotify is None: s.closenotify = True
            s.eof = True; return False
        s.buf += d; return True
    def peek(s, to=None):
        end = time.time() + (s.to if to is None else to)
        while b"\n" not in s.buf:
            if s.eof: return None
            left = end - time.time()
            if left <= 0: raise F("timeout waiting for a line" if to is None else "TIMEOUT")
            s.fill(left)
        return s.buf.split(b"\n", 1)[0] + b"\n"
    def line(s):
        l = s.peek()
        if l is None: raise F(f"connection closed while waiting for a line (rest {s.buf[:60]!r})")
        s.buf = s.buf[len(l):]
        if not l.endswith(b"\r\n"): raise F(f"line not CRLF-terminated: {l[:80]!r}")
        return l[:-2]
    def multi(s):
        out = []
        while True:
            l = s.peek()
            if l is None: raise F("connection closed inside a multi-line response")
            s.buf = s.buf[len(l):]
            if not l.endswith(b"\r\n"): raise F(f"bare LF in multi-line response: {l[:80]!r}")
            if l == b".\r\n": return out
            out.append(l[:-2])
    def closed(s, to):
        end = time.time() + to
        while not s.eof and time.time() < end: s.fill(end - time.time())
        return s.eof
    def drop(s, how):
        if how == "half":
            try: s.k.shutdown(socket.SHUT_WR)
            except OSError: pass
            return
        if how == "rst": s.k.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        try:
            if how == "fin" and isinstance(s.k, ssl.SSLSocket): s.k = s.k.detach() and s.k or s.k
        except Exception: pass
        s.k.close(); s.eof = True
class Runner:
    def __init__(r, doc, open_, hooks, feats, capa, verbose=False):
        r.doc, r.open_, r.hooks, r.feats, r.capa, r.verbose = doc, open_, hooks, feats, capa, verbose
    def sub(r, t): return re.sub(r"\$\{(\w+)\}", lambda m: r.vars.get(m[1], m[0]), t)
    def log(r, x): r.trace.append(x)
    def wire(r, ref):
        d, i = ref.split(":"); return base64.b64decode(r.doc["fixtures"]["maildrops"][d]["messages"][int(i) - 1]["wire_b64"])
    def run(r, v):
        r.vars, r.trace, r.conns, r.to = {}, [], {}, v.get("timeout") or 12; r.v = v
        acct = r.doc["fixtures"]["accounts"].get(v.get("account") or "", {})
        st, tls = v["start"], v.get("tls", "none")
        try:
            if st != "none": r.conns["A"] = r.open_(tls if st != "raw" else "implicit-raw", None, None, r.to)
            if st in ("auth", "trans"): r.steps([{"s": r"\+OK(?: .*)?"}], "A")
            if st == "trans": r.steps([{"login": v["account"]}], "A")
            r.steps(v["script"], "A")
        except Done: pass
        finally:
            for c in r.conns.values():
                try: c.k.close()
                except Exception: pass
    def status(r, c):
        l = c.line(); r.log("S: " + l.decode("latin-1"))
        if not STAT.match(l): raise F(f"bad status line {l[:80]!r}")
        if len(l) + 2 > 512 and not l.startswith(b"+ "): raise F(f"status line longer than 512: {len(l) + 2}")
        return l.decode("latin-1")
    def steps(r, steps, cur):
        for st in steps: r.step(st, st.get("on", cur))
    def matches(r, st, c):
        """does alternative starting with st apply? (peeks)"""
        if "closed" in st:
            try: return c.peek(0.4) is None and not c.buf
            except F: return False
        if "s" in st:
            try: l = c.peek()
            except F: raise
            if l is None: return False
            return re.fullmatch(r.sub(st["s"]), l.rstrip(b"\r\n").decode("latin-1"), re.S) is not None
        if "alt" in st: return any(r.matches(a[0], c) for a in st["alt"])
        if "quiet" in st:
            try: c.peek(0.05); return False
            except F: return True
        return True
    def step(r, st, cur):
        if "open" in st:
            if st.get("assert_no_cert_request"): raise Skip("cannot observe CertificateRequest here")
            mode = st.get("tls") or ("none" if r.v.get("tls", "none") in ("none",) else r.v["tls"])
            try: r.conns[cur] = r.open_(mode, st.get("tls_min"), st.get("tls_max"), r.to)
            except (ssl.SSLError, OSError) as e:
                if st.get("expect") == "fail": r.log("-- TLS handshake refused"); return
                raise F(f"open failed: {e}")
            if st.get("expect") == "fail": raise F("TLS handshake unexpectedly succeeded")
            return
        if "check" in st: return r.check(st["check"])
        if "sleep" in st: return time.sleep(st["sleep"])
        if "advance" in st:
            if not r.hooks.get("advance"): raise Skip("no clock hook")
            r.hooks["advance"](st["advance"]); time.sleep(0.3); return
        for h in ("deliver", "expunge"):
            if h in st:
                if not r.hooks.get(h): raise Skip(f"no {h} hook")
                return r.hooks[h](st[h])
        c = r.conns[cur]
        if "login" in st:
            a = r.doc["fixtures"]["accounts"][st["login"]]
            for t in ("USER " + a["user"], "PASS " + a["password"]):
                c.send(t.encode("utf-8") + b"\r\n"); r.log(f"C[{cur}]: {t}")
                l = r.status(c)
                if not l.startswith("+OK"): raise F(f"login failed: {l}")
            return
        if "c" in st: t = r.sub(st["c"]); r.log(f"C[{cur}]: {t[:120]}"); return c.send(t.encode("utf-8") + b"\r\n")
        if "raw" in st: r.log(f"C[{cur}] raw: {st['raw'][:100]!r}"); return c.send(st["raw"].encode("latin-1"))
        if "fill" in st:
            f = st["fill"]; r.log(f"C[{cur}] fill {f['pre']!r}+{f['unit']!r}*{f['count']}+{f['post']!r}"); return c.send((f["pre"] + f["unit"] * f["count"] + f["post"]).encode("latin-1"))
        if "chunks" in st:
            for x in st["chunks"]: c.send(x.encode("latin-1")); time.sleep(st.get("delay", 0.05))
            return r.log(f"C[{cur}] chunks")
        if "s" in st:
            l = r.status(c); m = re.fullmatch(r.sub(st["s"]), l, re.S)
            if not m: raise F(f"expected /{st['s']}/ got {l[:200]!r}")
            if "not" in st and re.fullmatch(r.sub(st["not"]), l, re.S): raise F(f"forbidden /{st['not']}/ in {l[:200]!r}")
            r.vars.update({k: v for k, v in m.groupdict().items() if v is not None}); return
        if "ml" in st: return r.ml(st["ml"], c)
        if "quiet" in st:
            end = time.time() + st["quiet"]
            while time.time() < end and not c.buf and not c.eof: c.fill(end - time.time())
            if c.buf: raise F(f"unexpected octets {c.buf[:80]!r}")
            return
        if "closed" in st:
            if not c.closed(r.to): raise F("server did not close")
            if c.buf: raise F(f"octets before close: {c.buf[:80]!r}")
            if st.get("tls_close_notify") and c.closenotify is False: raise F("no close_notify")
            return r.log("-- closed")
        if "drop" in st: r.log(f"-- drop {st['drop']}"); return c.drop(st["drop"])
        if "drain" in st:
            c.closed(2.0); r.log(f"-- drained {len(c.buf)}"); c.buf = b""; return
        if "read_bytes" in st:
            while len(c.buf) < st["read_bytes"]:
                if not c.fill(r.to): raise F("short read")
            return
        if "no_pop_until_close" in st:
            c.closed(r.to)
            if not c.eof: raise F("server did not close")
            if re.search(rb"\+OK|-ERR", c.buf): raise F(f"POP3 response in the clear: {c.buf[:80]!r}")
            return
        if "handshake" in st:
            if st.get("client_cert"): raise Skip("client certificate")
            try: c.handshake(); r.log("-- TLS up")
            except (ssl.SSLError, OSError) as e:
                if st["handshake"] == "either": r.log("-- handshake refused (acceptable)"); raise Done
                raise F(f"handshake failed: {e}")
            return
        if "alt" in st:
            if any("quiet" in a[0] for a in st["alt"]):
                try: c.peek(1.5)
                except F: return r.steps(next(a for a in st["alt"] if "quiet" in a[0]), cur)
            for a in st["alt"]:
                if r.matches(a[0], c): return r.steps(a, cur)
            l = c.peek(0.1) if not c.eof else None
            raise F(f"no alternative matches {l!r}")
        if "repeat" in st:
            for _ in range(st["repeat"]): r.steps(st["steps"], cur)
            return
        if "apop" in st:
            p = st["apop"]; d = hashlib.md5((r.vars["ts"] + p["secret"]).encode()).hexdigest(); m = p.get("mod")
            d = {"flip": d[:-1] + ("0" if d[-1] != "0" else "1"), "short": d[:-1], "long": d + "0", "nonhex": "z" + d[1:], "upper": d.upper(), "extra": d + " x"}.get(m, d)
            r.log(f"C: APOP {p['user']} {d}"); return c.send(f"APOP {p['user']} {d}\r\n".encode())
        if "sasl" in st: return r.sasl(st["sasl"], c)
        raise F(f"unknown step {st}")
    def ml(r, o, c):
        ls = c.multi(); un = [l[1:] if l.startswith(b".") else l for l in ls]; data = b"".join(l + b"\r\n" for l in un); txt = [l.decode("latin-1") for l in un]
        r.log(f"S: ({len(ls)} lines, {len(data)} octets)" + (" " + "|".join(txt)[:160] if len(data) < 400 else ""))
        if "max_len" in o and any(len(l) + 2 > o["max_len"] for l in ls): raise F("line too long")
        if o.get("empty") and ls: raise F("expected empty body")
        if "count" in o and len(ls) != o["count"]: raise F(f"expected {o['count']} lines, got {len(ls)}")
        if "lines" in o:
            if len(txt) != len(o["lines"]) or any(not re.fullmatch(r.sub(p), t) for p, t in zip(o["lines"], txt)): raise F(f"lines differ: {txt[:6]} vs {o['lines'][:6]}")
        for p in o.get("contains", []):
            if not any(re.fullmatch(p, t) for t in txt): raise F(f"missing line /{p}/ in {txt[:20]}")
        for p in o.get("lacks", []):
            if any(re.fullmatch(p, t) for t in txt): raise F(f"forbidden line /{p}/ in {txt[:20]}")
        if "each" in o:
            for t in txt:
                if not re.fullmatch(o["each"], t): raise F(f"line {t[:80]!r} does not match /{o['each']}/")
        if "wire_b64" in o and b"".join(l + b"\r\n" for l in ls) + b".\r\n" != base64.b64decode(o["wire_b64"]): raise F(f"wire octets differ: {ls[:12]}")
        if "msg" in o:
            w = r.wire(o["msg"])
            if "top" in o: w = top(w, o["top"])
            acc = [w] + ([w + b"\r\n"] if o.get("or_extra_blank") else [])
            if data not in acc: raise F(f"message differs: got {len(data)} octets {data[-80:]!r}, want {len(w)} {w[-80:]!r}")
        if o.get("header_ascii"):
            h = data.split(b"\r\n\r\n", 1)[0]
            if any(b > 0x7e for b in h): raise F("non-ASCII header octets")
        if "save" in o: r.vars[o["save"]] = "\n".join(txt)
        if "save_count" in o: r.vars[o["save_count"]] = str(len(ls))
        if "save_sum2" in o: r.vars[o["save_sum2"]] = str(sum(int(t.split()[1]) for t in txt))
        if "save_octets" in o: r.vars[o["save_octets"]] = str(len(data))
    def check(r, k):
        a, b, fn = r.sub(k["a"]), r.sub(k["b"]) if k["b"] is not None else None, k["fn"]; col = lambda t, n: [x.split(" ")[n] for x in t.split("\n") if x]
        if fn == "eq": ok = a == b
        elif fn == "ne": ok = a != b
        elif fn == "listhas": ok = b in a.split("\n")
        elif fn == "listlacks2": ok = b not in col(a, 1)
        elif fn == "distinct2": ok = len(set(col(a, 1))) == len(col(a, 1))
        elif fn == "distinct1": ok = len({x.upper() for x in col(a, 0)}) == len(col(a, 0))
        elif fn == "capsubset": ok = {x.upper() for x in col(a, 0)} - {"STLS"} <= {x.upper() for x in col(b, 0)}
        elif fn == "b64match": ok = re.fullmatch(b, base64.b64decode(a).decode("latin-1")) is not None
        elif fn == "b64json": ok = b in json.loads(base64.b64decode(a))
        elif fn == "b64attr":
            key, var = b.split(":"); m = re.search(r"(?:^|,)" + key + r"=([^,]*)", base64.b64decode(a).decode("latin-1")); ok = bool(m)
            if m: r.vars[var] = m[1]
        else: raise F("unknown check " + fn)
        if not ok: raise F(f"check {fn} failed: {a[:200]!r} / {(b or '')[:200]!r}")
    # -------------------------------------------------------------- SASL exchanges
    def put(r, c, t): r.log("C: " + t[:140]); c.send(t.encode() + b"\r\n")
    def chal(r, c):
        """next challenge as bytes, or None if the server answered +OK/-ERR (left unread)"""
        l = c.peek()
        if l is None: raise F("closed during SASL")
        if not l.startswith(b"+ ") and l.rstrip() != b"+": return None
        l = c.line(); r.log("S: " + l.decode("latin-1")[:140]); return base64.b64decode(l[2:])
    def sasl(r, o, c):
        b64 = lambda x: base64.b64encode(x if isinstance(x, bytes) else x.encode()).decode(); m = o["mech"]; mod = o.get("mod")
        if m == "CRAM-MD5":
            r.put(c, "AUTH CRAM-MD5"); ch = r.chal(c)
            if ch is None: return
            d = hmac.new(o["password"].encode(), ch, hashlib.md5).hexdigest()
            d = {"flip": d[:-1] + ("0" if d[-1] != "0" else "1"), "short": d[:-1], "nonhex": "z" + d[1:], "upper": d.upper()}.get(mod, d)
            return r.put(c, b64({"nospace": o["user"] + d, "empty": ""}.get(mod, o["user"] + " " + d)))
        hn = o.get("hash") or ("sha256" if "256" in m else "sha1"); H = getattr(hashlib, hn); HM = lambda k, x: hmac.new(k, x, H).digest()
        if o.get("cb") == "p=tls-exporter" and not o.get("cbdata"): o = dict(o, cbdata=c.exporter().hex())
        esc = o["user"].replace("=", "=3D").replace(",", "=2C"); gs2 = f"{o.get('cb', 'n')},{'a=' + o['authzid'] if o.get('authzid') else ''},"
        cn = base64.b64encode(os.urandom(15)).decode(); bare = f"n={esc},r={cn}" + ("," + o["ext"] if o.get("ext") else "")
        if o.get("ir", True): r.put(c, f"AUTH {m} " + b64(gs2 + bare))
        else:
            r.put(c, f"AUTH {m}"); ch = r.chal(c)
            if ch is None: return
            if ch: raise F("challenge before client-first is not empty")
            r.put(c, b64(gs2 + bare))
        sf = r.chal(c)
        if sf is None: return
        sf = sf.decode()
        if sf.startswith("e="): r.put(c, ""); return
        at = dict(x.split("=", 1) for x in sf.split(","))
        if not at["r"].startswith(cn) or len(at["r"]) <= len(cn): raise F("server nonce does not extend client nonce")
        salted = hashlib.pbkdf2_hmac(hn, o["password"].encode(), base64.b64decode(at["s"]), int(at["i"]))
        ck = HM(salted, b"Client Key"); sk = H(ck).digest(); n = at["r"]
        if mod == "nonce": n = n[:-1] + ("A" if n[-1] != "A" else "B")
        if mod == "nonce-client": n = cn
        cbin = gs2.encode() + bytes.fromhex(o.get("cbdata", ""))
        if mod == "cbind": cbin = b"y,,"
        wp = f"c={b64(cbin)},r={n}"; am = f"{bare},{sf},{wp}".encode(); proof = bytes(x ^ y for x, y in zip(ck, HM(sk, am)))
        if mod == "proof": proof = bytes([proof[0] ^ 1]) + proof[1:]
        fin = {"no-proof": wp, "reorder": f"r={n},c={b64(cbin)},p={b64(proof)}", "garbage-final": "garbage", "empty-final": ""}.get(mod, wp + ",p=" + b64(proof))
        r.put(c, b64(fin)); sv = r.chal(c)
        if sv is None: return
        sv = sv.decode()
        if sv.startswith("e="): r.put(c, ""); return
        if sv.split(",")[0] != "v=" + b64(HM(HM(salted, b"Server Key"), am)): raise F("server signature wrong")
        r.put(c, o.get("ack", ""))
def top(wire, n):
    ls = wire.split(b"\r\n")[:-1]; h = ls.index(b"") + 1 if b"" in ls else len(ls)
    return b"".join(l + b"\r\n" for l in ls[:min(len(ls), h + n)])
def expand(doc):
    for d in doc["fixtures"]["maildrops"].values():
        for m in d["messages"]:
            if "gen" in m:
                g = m["gen"]; w = base64.b64decode(g["head_b64"]) + b"".join((g["line"] % i).encode() + b"\r\n" for i in range(g["count"])) if "line" in g else b""
                m["wire_b64"] = m["raw_b64"] = base64.b64encode(w).decode()
                assert len(w) == m["size"] and hashlib.sha256(w).hexdigest() == m["sha256"], "generator mismatch"
def used(doc, v):
    """the accounts that a vector may touch, by their names in the fixtures"""
    js = json.dumps(v, ensure_ascii=False); plain = lambda d: base64.b64encode(("\0%s\0%s" % (d["user"], d["password"])).encode()).decode()
    return [k for k, d in doc["fixtures"]["accounts"].items() if v["account"] == k or k in js or d["user"] in js or plain(d) in js]
def capabilities(host, port):
    c = Conn(host, port); c.line(); c.send(b"CAPA\r\n")
    capa = [x.decode("latin-1").upper() for x in c.multi()] if c.line().startswith(b"+OK") else []
    c.k.close(); return capa
def run_one(doc, v, host, plain, tls, feats, capa, hooks, reset):
    """runs a vector against a server; gives result, reason and story"""
    need = set(v["config"]) | (set() if "tls-required" in v["config"] else {"cleartext"})
    if feats is not None and not need <= feats: return ("skip", "needs " + ",".join(sorted(need - feats)), [])
    if v.get("tls", "none") != "none" and not tls: return ("skip", "needs --tls-port", [])
    for t in v["capa"]:
        if not any(x == t or x.startswith(t + " ") for x in capa): return ("skip", f"no {t} capability", [])
    if not reset(used(doc, v)): return ("FAIL", "reset failed", [])
    op = lambda mode, tn, tx, to: Conn(host, plain if mode == "none" else tls, None if mode in ("none", "implicit-raw") else True, tn, tx, to)
    r = Runner(doc, op, hooks, feats, capa)
    try: r.run(v); return ("pass", "", r.trace)
    except Skip as e: return ("skip", str(e), r.trace)
    except F as e: return ("FAIL", str(e), r.trace)
    except Exception as e: return ("FAIL", f"{type(e).__name__}: {e}", r.trace)
# Tokens are taken inside TLS only, so these run there though they do not say so (`semantics`, "tls").
SEALED = {"sasl:OAUTHBEARER", "sasl:XOAUTH2"}
def on_serve(doc, vectors, program, vectors_path):
    """every vector against a `serve` that is started with what its config names"""
    groups = {}
    for v in vectors: groups.setdefault(tuple(v["config"]), []).append(v)
    for config, group in groups.items():
        if "client-cert" in config:
            for v in group: yield v, ("skip", "covered in process, where the client has a certificate", [])
            continue
        # What a vector does not name is not on: a server with a certificate is one with STLS.
        tls = {"stls", "implicit-tls", "scram-plus", "tls13", "client-cert"} & set(config) or SEALED & set(config) or any(v["tls"] != "none" for v in group)
        flags = [x for f in config for x in ("--with", f)] + ([] if tls else ["--with", "no-tls"])
        with Serve(program, "--fixtures", vectors_path, *flags, tls=bool(tls)) as server:
            control = server.control; capa = capabilities("127.0.0.1", server.plain)
            hooks = dict(deliver=lambda d: control("deliver", d["account"], d["message"]), expunge=lambda d: control("expunge", d["account"], d["index"]), advance=lambda n: control("advance", n))
            for v in group:
                if SEALED & set(v["config"]): v["tls"] = "implicit"; capa = None
                if capa is None: c = Conn("127.0.0.1", server.tls, True); c.line(); c.send(b"CAPA\r\n"); c.line(); capa = [x.decode("latin-1").upper() for x in c.multi()]; c.k.close()
                def reset(keys): control("reset", *keys); return True
                yield v, run_one(doc, v, "127.0.0.1", server.plain, server.tls, None, capa, hooks, reset)
            if "panicked" in server.log(): yield group[0], ("FAIL", "serve panicked:" + server.log(), [])
def on_any(doc, vectors, a):
    """every vector against a server that runs already"""
    feats = set(x for x in a.features.split(",") if x); capa = capabilities(a.host, a.port); hooks = {}
    if a.hook:
        hook = lambda *words: subprocess.run([*a.hook.split(), *map(str, words)], check=True)
        hooks = dict(deliver=lambda d: hook("deliver", d["account"], d["message"]), expunge=lambda d: hook("expunge", d["account"], d["index"]), advance=lambda n: hook("advance", n))
    reset = lambda keys: not a.reset or subprocess.run([*a.reset.split(), *keys]).returncode == 0
    for v in vectors: yield v, run_one(doc, v, a.host, a.port, a.tls_port, feats, capa, hooks, reset)
def main():
    ap = argparse.ArgumentParser(); ap.add_argument("--json", default=HERE + "/../conformance/vectors.json"); ap.add_argument("--serve", help="the program"); ap.add_argument("--host", default="127.0.0.1")
    ap.add_argument("--port", type=int); ap.add_argument("--tls-port", type=int); ap.add_argument("--features", default=""); ap.add_argument("--reset"); ap.add_argument("--only"); ap.add_argument("--profiles", default="core,strict,policy")
    ap.add_argument("--out"); ap.add_argument("--hook"); ap.add_argument("--at-least", type=int, default=1)
    ap.add_argument("--source", help="client source address, e.g. 127.0.0.2 so that Dovecot does not treat the peer as local"); ap.add_argument("-v", action="store_true"); a = ap.parse_args()
    global SRC
    SRC = a.source; doc = json.load(open(a.json)); expand(doc); prof = a.profiles.split(","); res = {}; cnt = {}
    vs = [v for v in doc["vectors"] if v["profile"] in prof and (not a.only or re.search(a.only, v["id"]))]
    for v, (result, why, trace) in on_serve(doc, vs, a.serve, a.json) if a.serve else on_any(doc, vs, a):
        res[v["id"]] = dict(result=result, why=why, profile=v["profile"], trace=trace); cnt[result] = cnt.get(result, 0) + 1
        name = f"{v['id']} [{v['profile']}] {v['title']}"
        if result == "pass": print(f"ok - {name}", flush=True)
        elif result == "FAIL": print("\n".join([f"not ok - {name}: {why}"] + ["        " + t[:200] for t in trace[-8:]]), flush=True)
        else: print(f"skip - {name}: {why}", flush=True)
    print(f"# " + ", ".join(f"{cnt[k]} {k}" for k in sorted(cnt)))
    if a.out: json.dump(res, open(a.out, "w"), indent=1, ensure_ascii=False)
    if cnt.get("pass", 0) < a.at_least: print(f"not ok - at least {a.at_least} vectors pass"); return 1
    return 1 if "FAIL" in cnt else 0
if __name__ == "__main__": sys.exit(main())
