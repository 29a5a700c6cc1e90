"""The client's side of AUTH: each mechanism is a generator of (line, how it is shown), which is sent
the server's challenge, decoded, after each. What it yields first is the initial response.
"""

import base64
import hashlib
import hmac
import os


def b64(value):
    return base64.b64encode(value.encode() if isinstance(value, str) else value).decode()


def plain(who, authzid=""):
    message = f"{authzid}\0{who.name}\0{who.password}"
    yield b64(message), f"b64({authzid}\\0{who.name}\\0{who.password})"


def login(who):
    yield b64(who.name), f"b64({who.name})"
    yield b64(who.password), f"b64({who.password})"


def cram_md5(who):
    challenge = yield None
    digest = hmac.new(who.password.encode(), challenge, "md5").hexdigest()
    yield b64(f"{who.name} {digest}"), f"b64({who.name} <hmac-md5>)"


def scram(who, name, tell):
    """`tell` hears whether the server's signature is right."""
    bare = f"n={who.name},r={b64(os.urandom(12))}"
    first = yield b64("n,," + bare), f"b64(n,,n={who.name},r=<CNONCE>)"
    fields = dict(field.split("=", 1) for field in first.decode().split(","))
    salted = hashlib.pbkdf2_hmac(
        name, who.password.encode(), base64.b64decode(fields["s"]), int(fields["i"])
    )
    key = hmac.new(salted, b"Client Key", name).digest()
    without_proof = f"c=biws,r={fields['r']}"
    message = f"{bare},{first.decode()},{without_proof}".encode()
    signature = hmac.new(hashlib.new(name, key).digest(), message, name).digest()
    proof = bytes(a ^ b for a, b in zip(key, signature))
    last = yield b64(f"{without_proof},p={b64(proof)}"), "b64(c=biws,r=<NONCE>,p=<PROOF>)"
    server = hmac.new(hmac.new(salted, b"Server Key", name).digest(), message, name).digest()
    tell("server signature " + ("OK" if last == b"v=" + b64(server).encode() else "WRONG"))
    yield "", ""


def xoauth2(who):
    message = f"user={who.name}\1auth=Bearer {who.token}\1\1"
    yield b64(message), f"b64(user={who.name}\\x01auth=Bearer {who.shown_token}\\x01\\x01)"
    yield "AQ==", "AQ=="


def oauthbearer(who):
    head = f"n,a={who.name},\1host=localhost\1port=110\1auth=Bearer "
    shown = head.replace("\1", "\\x01")
    yield b64(f"{head}{who.token}\1\1"), f"b64({shown}{who.shown_token}\\x01\\x01)"
    yield "AQ==", "AQ=="


def anonymous(_):
    yield b64("trace@x"), "b64(trace@x)"


def saying(*lines):
    """A client that knows no mechanism: it says these, whatever it is asked."""
    for line in lines:
        yield line, line


def exchange(mechanism, mode, who, tell):
    """The responses of a mechanism in a mode of the dialect (see the README), and whether the first
    of them goes with AUTH."""
    odd = {"cancel": "*", "badb64": "!!!not-base64!!!", "emptyline": ""}
    if mode in odd:
        return saying(odd[mode]), False
    name = mechanism.upper()
    initial = mode.endswith("ir")
    if name == "PLAIN":
        return plain(who, "bob" if mode == "authzid" else ""), initial or mode == "authzid"
    if name.startswith("SCRAM-SHA-"):
        return scram(who, name.removeprefix("SCRAM-").replace("-", "").lower(), tell), initial
    known = {"LOGIN": login, "XOAUTH2": xoauth2, "OAUTHBEARER": oauthbearer, "ANONYMOUS": anonymous}
    if name == "CRAM-MD5":
        return cram_md5(who), False
    return (known[name](who) if name in known else saying("*")), initial
