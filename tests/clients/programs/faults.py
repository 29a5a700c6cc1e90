"""What programs do that they should not, and what becomes of a message by that."""
import dataclasses
import re
from collections.abc import Callable

END_OF_HEADER = b"\r\n\r\n"


@dataclasses.dataclass
class Fault:
    """A sentence of which the program is the subject, and what arrives of a message."""

    sentence: str
    makes_of: Callable[[bytes], bytes] = lambda message: message


def _begun(message):
    return message if b":" in message.partition(b"\r\n")[0] else b"\r\n" + message


def _stuffed_header(message):
    head, end, body = message.partition(END_OF_HEADER)
    return head.replace(b"\r\n.", b"\r\n..") + end + body


def _stuffed(message):
    return re.sub(rb"^\.", b"..", message.replace(b"\r\n.", b"\r\n.."))


BEGINS_A_HEADER = Fault("puts an empty line in front of a message that does not begin with a header", _begun)
ENDS_A_HEADER = Fault(
    "ends a header that has no end", lambda message: message if END_OF_HEADER in message else message + b"\r\n")
ENDS_WITH_AN_EMPTY_LINE = Fault(
    "ends each message with an empty line",
    lambda message: message if message.endswith(END_OF_HEADER) else message + b"\r\n")
DROPS_A_CR = Fault("drops a CR without LF", lambda message: re.sub(rb"\r(?!\n)", b"", message))
ENDS_A_LINE_AT_CR = Fault("ends a line at a CR without LF", lambda message: re.sub(rb"\r(?!\n)", b"\r\n", message))
CUTS_AT_NUL = Fault("leaves out what follows a NUL in its line", lambda message: re.sub(rb"\0[^\r\n]*", b"", message))
KEEPS_STUFFING_IN_THE_HEADER = Fault(
    "keeps the dot that was stuffed into a line of the header, unless that is the first", _stuffed_header)
KEEPS_STUFFING = Fault("keeps the dots that were stuffed", _stuffed)
DROPS_THE_LAST_LINE_END = Fault("drops the last line end", lambda message: message.removesuffix(b"\r\n"))
TAKES_ALL_FOR_UTF_8 = Fault(
    "takes every octet for UTF-8, and loses what is none", lambda message: message.decode(errors="replace").encode())
ADDS_A_RETURN_PATH = Fault("puts a `Return-Path` in front", lambda message: b"Return-Path: <unknown>\r\n" + message)
