"""Every mail program that is tried, in the order of the page."""
from .curl import Curl
from .fetchmail import Fetchmail
from .getmail import Getmail
from .libraries import NetPop, NetPop3, NodePop3, Poplib
from .mpop import Mpop
from .mutt import Mutt
from .s_nail import SNail

PROGRAMS = [program() for program in (Curl, Fetchmail, Getmail, Mpop, Mutt, SNail, Poplib, NetPop, NetPop3, NodePop3)]
