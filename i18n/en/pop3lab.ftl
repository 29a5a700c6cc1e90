### The words of the page, in English. The Japanese catalogue has the same messages.

## The page as a whole

page-title = POP3 Lab
# Stands after a stamp that reads POP3.
product-name = Lab
connection-group = Connection
settings-group = Language and theme
road-port = Port { $port }
road-110-means = a postcard: everyone on the way can read it
connect = Connect
connect-to = Connect to port { $port }
disconnect = Disconnect
drop-line = Drop the line
start-over = Start over
theme-system = Theme: system
theme-light = Theme: light
theme-dark = Theme: dark

## The terminal

terminal-title = Terminal
milliseconds = { $count } ms
octets = { $count ->
    [one] { $count } octet
   *[other] { $count } octets
}
in-the-clear = in the clear: anyone on the way can read it
show-all-lines = Show all lines ({ $count } more)
show-more-lines = Show { $count } of { $all } more lines
show-earlier-lines = Show { $count } of { $all } earlier lines
more-octets = … and { $count } more octets
prompt-label = your command
prompt-help = The accounts are alice, password wonderland, and erin, password nothing-here. Never type a real password here.
prompt-suggestion = Press → to accept “{ $line }”. The account is alice, the password wonderland. Never type a real password here.
prompt-closed = There is no connection. Connect to go on.
send = Send
hint-forked = You went on from an earlier moment. What came after it never happened.
hint-full-width = These are full-width letters. POP3 reads ASCII only.
send-meant = Send “{ $line }”
hint-near = There is no such command. Did you mean this one? Enter sends yours all the same.
hint-help = The page answers this, not the server: POP3 has no HELP. Its commands are { $commands }.
hint-too-large = That is too much to paste at once. Nothing was sent.

note-connecting = Connecting to port { $port } …
note-connected = Connected.
note-refused = Refused: nothing listens on that port.
note-unreachable = No answer. The server was not reached.
note-server-closed = The server closed the connection.
note-client-closed = You closed your side without QUIT.
note-line-dropped = The line was dropped. The server learns of it by a reset.
note-server-reset = The server reset the connection.
note-given-up = Nothing was acknowledged for too long. The connection is given up.
note-cable-cut = Your cable is cut. Neither side notices yet.
note-new-network = You are back, on another network with another address.
note-not-connected = There is no connection to send this on. Connect first.
note-time-passes = { $seconds ->
    [one] Time passes: { $seconds } second.
   *[other] Time passes: { $seconds } seconds.
}
note-new-mail = New mail arrived at the server for { $name }.
note-no-such-mailbox = The server has no mailbox called { $name }.
note-too-many-steps = The simulation was stopped: it did not come to rest.

## The state machines

state-title = State
state-tcp = TCP
state-pop3 = POP3
client = Client
server = Server
the-client = The client
the-server = The server
no-connection = There is no connection yet.
no-session = There is no session yet: it begins when TCP is connected.
next-moves = What you can do now
computed-for-you = digest computed for you
phase-nobody = nobody yet
phase-name-given = name given
step-tcp = { $who } went from { $from } to { $to }: { $why }.
tcp-passive-open = it waits for connections
tcp-active-open = it sent SYN
tcp-close = it sent FIN
tcp-syn = SYN arrived
tcp-syn-ack = SYN and ACK arrived
tcp-ack = the awaited ACK arrived
tcp-fin = FIN arrived
tcp-fin-ack = FIN arrived with the ACK of its own FIN
tcp-reset = the connection was reset
tcp-time-out = two segment lifetimes passed
step-pop3 = From { $from } to { $to }: { $why }.
cause-accepted = { $verb } was answered with +OK
cause-refused = { $verb } was answered with -ERR
cause-any-other = something other than PASS came after USER, so the name was forgotten
cause-ended = the connection is over
cause-idle = nothing was said for too long
cause-too-many-failures = too many logins failed

## The mailbox

mailbox-title = Mailbox
mailbox-server = On the server: { $name }
mailbox-client = In your mail program
mailbox-empty = This mailbox is empty.
downloads-empty = Nothing fetched yet. RETR fetches a message; it stays on the server too.
lock-nobody = No session has it open.
lock-yours = Your session has it open and locked.
lock-other = Another session has it open and locked.
marked = marked
marked-count = { $count ->
    [one] { $count } message is marked, to be removed at QUIT.
   *[other] { $count } messages are marked, to be removed at QUIT.
}
fetched-on = on connection { $connection }
no-subject = (no subject)

## The reader

reader-of-server = This is the server's copy. A mail program sees it only after RETR.
reader-of-client = This is the copy that your mail program fetched. What happens to the server's copy does not change it.
reader-close = Close
reader-views = Two views of the message
reader-decoded = Decoded
reader-source = Source
reader-from = From
reader-to = To
reader-date = Date
reader-form = Form of the text
reader-plain = Plain text
reader-html-as-text = HTML as text
reader-html-source = HTML source
reader-html-note = Nothing in this HTML is run, and nothing is loaded.
reader-no-text = There is no text in this message.
reader-attachments = Attachments
reader-unnamed = (no file name)
reader-flawed = Not everything in this message could be read:
flaw-base64 = Its Base64 is damaged. What could be decoded was.
flaw-quoted-printable = Its quoted-printable is damaged. The “=” signs that mean nothing were kept.
flaw-encoding = Nobody here knows the transfer encoding “{ $name }”. That part is left encoded.
flaw-charset = Nobody here knows the charset “{ $name }”. That part is read as UTF-8.
flaw-text = Some octets are not text in the charset that the message names. They are shown as they are, or as �.
flaw-boundary = A boundary between its parts is missing. It may have been cut off.
flaw-limit = It has too many parts, or parts too deep within each other. The rest was not opened.
reader-source-note = The message itself, octet by octet. The dots that POP3 adds on the way are not part of it.
reader-copy = Copy the source
reader-copied = Copied.
reader-not-copied = The browser did not allow it.

## The timeline

timeline-title = Timeline
timeline-slider = Line of the session
timeline-place = Line { $line } of { $lines }, { $time } ms
timeline-past = You are looking at the past. Typing goes on from here.
step-first = To the start
step-back = Back
step-forward = Forward
step-last = To the latest

## Explain: what each word means

explain-title = Explain
explain-nothing = Choose a line in the terminal to see what each word of it means.
explain-whose-client = A line that the client sent
explain-whose-server = A line that the server sent
explain-section = RFC { $rfc } section { $section }
explain-stays = The session stays in { $phase }.
explain-moves = The session went from { $from } to { $to }.
explain-path = The shortest way there from here
explain-send = Send “{ $line }”
explain-exposed-password = Everyone on the way has just read this password.
explain-exposed-digest = No password was sent, but whoever saw the greeting and this digest can try passwords at leisure.

verb-capa = asks what the server can do, before or after login
verb-user = says whose mailbox is meant; the password comes next
verb-pass = sends the password, readable on the way, right after USER
verb-apop = logs in with a digest of the time stamp and the password, instead of the password
verb-stat = asks how many messages there are, and how many octets in all
verb-list = asks for the sizes: of every message, or of one
verb-uidl = asks for the unique-ids, which stay the same from session to session
verb-retr = fetches a whole message; it stays on the server
verb-top = fetches the header and the first lines of the body
verb-dele = marks a message, to be removed at QUIT
verb-noop = does nothing, but shows that the client is there
verb-rset = rubs out all marks of this session
verb-quit = ends the session; after login it removes what is marked

kind-message-number = the number of a message in this session, from 1
kind-line-count = how many lines of the body, from 0
kind-name = the name of the mailbox
kind-secret = the password: everything up to the end of the line, blanks included
kind-digest = MD5 of the greeting's time stamp and the password, in hexadecimal

token-unknown = no command of POP3
token-unread = not read, since there is no such command
token-surplus = more than the command takes
token-ok = it was done
token-err = it was refused
token-text = a remark for people; programs do not rely on it
token-stamp = a time stamp, new for each connection: APOP needs it
token-count = how many messages bear no mark
token-total = their size in octets
token-number = the number of the message in this session
token-size = its size in octets
token-uid = its unique-id: the same in every session
token-capability-value = what the capability says in detail
token-end = a single dot: the long answer ends here
token-stuffed = a dot that the server put before a line that starts with one; the client takes it away
token-field = the name of a header field
token-field-value = the value of the field
token-folded = the field above goes on here
token-header-ends = a blank line: the header ends and the body begins
token-body = a line of the body

capability-top = TOP works
capability-uidl = UIDL works
capability-user = USER and PASS work
capability-resp-codes = refusals may begin with a code in brackets
capability-auth-resp-code = [AUTH] tells a wrong password from other trouble
capability-pipelining = several commands may be sent without waiting
capability-expire = how long mail is kept: days, or NEVER
capability-login-delay = seconds that must lie between two logins
capability-implementation = which server this is
capability-other = a capability that this page does not know

code-auth = the name or the password was wrong
code-in-use = another session has the mailbox
code-login-delay = the last login was too recent
code-sys-temp = the server has trouble that will pass
code-sys-perm = the server has trouble that needs a person
code-other = a response code

rule-unknown = A command that the server does not know is refused, and the session goes on.
rule-not-now = { $verb } is a command, but not in { $phase }. It belongs to { $allowed }.
rule-pass-after-user = PASS is only allowed right after a USER that was answered with +OK.
rule-user-then-pass = After USER only PASS, QUIT and CAPA make sense. { $verb } was refused, and the name is forgotten.
rule-missing = { $verb } needs an argument that is not there.
rule-surplus = { $verb } takes less than what stands on the line. Even a blank at the end is too much.
rule-not-a-number = Here { $verb } takes a number, in digits only.
rule-zero = Messages are numbered from 1.
rule-too-large = No maildrop has that many messages.
rule-not-a-digest = A digest has 32 hexadecimal digits, in lower case.
rule-octet = A command has printable ASCII only.
rule-line-too-long = A line has at most { $limit } octets here, CR and LF included. None of it was obeyed.
rule-not-offered = { $verb } exists, but this server is set not to offer it.
rule-no-such-message = There is no message { $number } in this session.
rule-already-deleted = Message { $number } is marked. Until RSET it cannot be used.
rule-gone = Message { $number } is no longer in the mailbox: something else removed it.
rule-bad-credentials = The name or the password is wrong. The server does not say which.
rule-plaintext = This mailbox does not allow a password that everyone on the way can read.
rule-locked = The password was right, but another session holds the lock of the mailbox.
rule-login-delay = The server wants more time between two logins.
rule-temporary = Something behind the server is down. Trying again later helps.
rule-permanent = Something behind the server is broken. Trying again does not help.
rule-removal-failed = The marked messages could not be removed. They are all still there.
