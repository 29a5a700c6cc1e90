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
language-unfetched = The words of the other language could not be fetched. Are you offline?
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
sealed = sealed: only the two ends can read it
show-all-lines = Show all lines ({ $count } more)
show-more-lines = Show { $count } of { $all } more lines
show-earlier-lines = Show { $count } of { $all } earlier lines
more-octets = … and { $count } more octets
prompt-label = your command
prompt-help = The accounts are alice, password wonderland, and erin, password nothing-here. Never type a real password here.
prompt-suggestion = Press → to accept “{ $line }”. The account is alice, the password wonderland. Never type a real password here.
prompt-closed = There is no connection. Connect to go on.
send = Send
hint-forked = You went on from an earlier moment. What came after it never happened; Undo brings it back.
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
state-tls = TLS
state-pop3 = POP3
client = Client
server = Server
the-client = The client
the-server = The server
no-connection = There is no connection yet.
no-session = There is no session yet: it begins when TCP is connected.
no-session-before-tls = There is no session yet: here it begins once TLS is up.
next-moves = What you can do now
computed-for-you = digest computed for you
next-mechanisms = Ways to log in by AUTH
response-computed = response computed for you
response-empty = an empty line
response-cancels = cancels AUTH
phase-nobody = nobody yet
phase-name-given = name given
phase-exchange = AUTH exchange
step-move = { $who } went from { $from } to { $to }: { $why }.
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
lamp-tls-none = none
tls-none = None. What is said here are postcards: everybody on the way can read them.
tls-not-yet = None yet: postcards until STLS is answered with +OK.
tls-soon = It begins as soon as TCP is connected.
tls-sent = it sent { $message }
tls-received = { $message } arrived
tls-alert-sent = it gave up and sent an alert
tls-alert-received = the other end gave up with an alert
tls-close-sent = it said close_notify, and says nothing after it
tls-close-received = the other end said close_notify
tls-disconnected = the connection below it ended
tls-gave-up = it gave up without a word
tls-offered = The client offers { $versions }. The server chooses.
tls-chosen = The server chose { $version }.
tls-agreed = { $version }, { $suite }, { $group }. { $trust }
tls-trust-verified = Certificate verified.
tls-trust-exception = You accepted the certificate yourself.
tls-trust-unchecked = Nobody looked at the certificate.
tls-ladder = Messages of the handshake
tls-client-sends = The client sends
tls-server-sends = The server sends
tls-rung-clear = sent in the clear
tls-rung-sealed = sent, sealed
tls-rung-latest-clear = just sent, in the clear
tls-rung-latest-sealed = just sent, sealed
tls-rung-coming = to come
tls-rung-never = never sent
tls-for-show = It changes nothing in TLS 1.3: it is there for old boxes on the way.
tls-end-alert = { $who } gives up: alert { $alert }
tls-end-cut = The connection ended without a farewell.
tls-end-gave-up = { $who } gives up without a word.
step-pop3 = From { $from } to { $to }: { $why }.
cause-accepted = { $verb } was answered with +OK
cause-refused = { $verb } was answered with -ERR
cause-challenged = AUTH was answered with a challenge
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
show-more-messages = Show { $count } of { $all } more messages
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
copied = Copied.
not-copied = The browser did not allow it.

## The timeline

timeline-title = Timeline
timeline-slider = Place in the session
timeline-line = Line { $step } of { $steps }, { $time } ms
timeline-packet = Packet step { $step } of { $steps }, { $time } ms
timeline-phase = Phase { $step } of { $steps }, { $time } ms
timeline-past = the past
grain-title = Step by
grain-line = by line
grain-packet = by packet
grain-phase = by phase
play = Play
pause = Pause
undo = Undo
redo = Redo
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
explain-exposed-response = No password was sent, but whoever saw the challenge and this digest can try passwords at leisure: one MD5 for each.
explain-exposed-proof = No password was sent. Whoever saw the whole exchange can still try passwords, but every try costs all the rounds.
explain-envelope = { $count ->
    [one] On the path: an envelope of { $count } octet, and not a word of it.
   *[other] On the path: an envelope of { $count } octets, and not a word of it.
}
explain-discarded = This came right behind STLS, in the clear. The server threw it away unread: nobody can know who had put it there.

verb-capa = asks what the server can do, before or after login
verb-stls = asks to go on inside TLS: after +OK both ends begin anew, sealed
verb-user = says whose mailbox is meant; the password comes next
verb-pass = sends the password itself, right after USER
verb-apop = logs in with a digest of the time stamp and the password, instead of the password
verb-auth = logs in by a mechanism of SASL: what is sent depends on its name
verb-stat = asks how many messages there are, and how many octets in all
verb-list = asks for the sizes: of every message, or of one
verb-uidl = asks for the unique-ids, which stay the same from session to session
verb-retr = fetches a whole message; it stays on the server
verb-top = fetches the header and the first lines of the body
verb-dele = marks a message, to be removed at QUIT
verb-noop = does nothing, but shows that the client is there
verb-rset = rubs out all marks of this session
verb-quit = ends the session; after login it removes what is marked
verb-utf8 = lets headers come in UTF-8, as they are stored
verb-lang = lists the languages of the answers, or chooses one

kind-message-number = the number of a message in this session, from 1
kind-line-count = how many lines of the body, from 0
kind-name = the name of the mailbox
kind-secret = the password: everything up to the end of the line, blanks included
kind-digest = MD5 of the greeting's time stamp and the password, in hexadecimal
kind-mechanism = the name of a mechanism, one of those that CAPA lists behind SASL
kind-response = an initial response in base64, or = for an empty one
kind-language = a language, such as en or ja, or * for the server’s own choice

token-unknown = no command of POP3
token-challenge = challenge: what follows is base64, and the next line is the response
token-base64 = a message of the mechanism, in base64
sasl-authzid = whose mailbox it shall be
sasl-authcid = whose password or token it is
sasl-password = the password itself: base64 hides nothing
sasl-prompt = a question, in words that no standard fixes
sasl-challenge = the challenge: new each time, so that an answer works only once
sasl-digest = HMAC-MD5 of the challenge, with the password as key
sasl-binding-flag = whether the login is bound to this TLS connection: n is no, y is “I could, but you offer nothing”, p= is yes
sasl-nonce = the nonce: used once. The server puts its own behind the client’s
sasl-salt = the salt, in base64: makes the same password different for each account
sasl-iterations = how many rounds the password is stretched: each guess costs as many
sasl-binding = the first part of the first message again, in base64, and with -PLUS what only the two ends of this TLS connection know
sasl-proof = the client’s proof, in base64: it knows the password, and does not send it
sasl-signature = the server’s proof, in base64: it knows the keys made of the password, so it is the right one
sasl-error = why the server ends it
sasl-host = to which host the token is sent
sasl-port = to which port
sasl-token = the token: whoever holds it can log in
sasl-status = why the token is not taken, in JSON
sasl-other = something that the mechanism has no name for
flaw-not-base64 = This line is not base64: a letter from elsewhere, or padding in the wrong place.
flaw-not-utf8 = The text in it is not UTF-8.
flaw-prohibited = It has a character in it that no name and no password may have.
flaw-empty = A name, a password or a token is empty.
flaw-parts = It does not have the parts that the mechanism wants, in their order.
flaw-escape = An = stands for neither a comma nor an equals sign: those are written =2C and =3D.
flaw-extension = It asks for an extension that the server does not know.
flaw-nonce = The nonce is empty, not printable, or not the one that was agreed.
flaw-proof = The digest or the proof does not have the shape of one.
flaw-header = Its beginning says nothing known of channel binding: n,, or y,, or p=.
flaw-too-early = In this mechanism the server speaks first, so there is nothing to respond to yet.
flaw-surplus = Nothing more is expected here.
token-cancel = ends AUTH without a login (RFC 5034)
token-empty-response = an empty response: there is nothing more to say
exchange-says = What the base64 says ({ $mechanism })
exchange-empty = Nothing: the message is empty.
exchange-external = No name is asked for: the certificate that TLS has verified says whose mailbox it is.
calc-title = How { $mechanism } is computed
calc-inputs = The numbers (try others)
calc-example = The example of RFC { $rfc }
calc-back = Back to this session
calc-check = Each value can be checked: this command prints it in a shell with OpenSSL 3.
calc-copy = Copy the command for { $name }
calc-wrong = With this nothing can be computed.
calc-user = User
calc-password = Password
calc-stamp = Time stamp of the greeting
calc-challenge = Challenge
calc-client-nonce = Client’s nonce
calc-both-nonces = Both nonces
calc-salt = Salt (base64)
calc-iterations = Rounds
calc-binding = c= (base64)
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
capability-stls = STLS works: the connection can be sealed
capability-user = USER and PASS work
capability-sasl = AUTH works, with these mechanisms
capability-resp-codes = refusals may begin with a code in brackets
capability-auth-resp-code = [AUTH] tells a wrong password from other trouble
capability-pipelining = several commands may be sent without waiting
capability-expire = how long mail is kept: days, or NEVER
capability-login-delay = seconds that must lie between two logins
capability-utf8 = UTF8 works: headers may come in UTF-8; with USER, names and passwords may be UTF-8 too
capability-lang = LANG works: the answers come in several languages
capability-implementation = which server this is
capability-other = a capability that this page does not know

code-auth = the name or the password was wrong
code-in-use = another session has the mailbox
code-login-delay = the last login was too recent
code-sys-temp = the server has trouble that will pass
code-sys-perm = the server has trouble that needs a person
code-utf8 = the header is in UTF-8, and UTF8 was not said
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
rule-octet = A command has printable ASCII only; a name or a password may also be UTF-8.
rule-line-too-long = A line has at most { $limit } octets here, CR and LF included. None of it was obeyed.
rule-not-offered = { $verb } exists, but this server is set not to offer it.
rule-already-secure = The connection is inside TLS already. STLS is for one that is not.
rule-needs-tls = This server takes no name and no password in the clear. First STLS, then { $verb }.
rule-unknown-mechanism = The server has no mechanism of this name. CAPA lists those that it has behind SASL.
rule-mechanism-not-now = This mechanism cannot be used on this connection: it needs TLS to bind to, or a certificate.
rule-bad-response = This is not a message that the mechanism has here, so the exchange is over.
rule-cancelled = The client has ended the exchange with a star.
rule-not-bound = The login is not bound to this TLS connection: somebody could sit between the two ends.
rule-no-such-message = There is no message { $number } in this session.
rule-already-deleted = Message { $number } is marked. Until RSET it cannot be used.
rule-gone = Message { $number } is no longer in the mailbox: something else removed it.
rule-bad-credentials = The name or the password is wrong. The server does not say which.
rule-locked-out = Too many wrong tries for this name: for a while even the right password is refused.
rule-plaintext = This mailbox does not allow a password that everyone on the way can read.
rule-locked = The password was right, but another session holds the lock of the mailbox.
rule-login-delay = The server wants more time between two logins.
rule-temporary = Something behind the server is down. Trying again later helps.
rule-permanent = Something behind the server is broken. Trying again does not help.
rule-removal-failed = The marked messages could not be removed. They are all still there.
rule-unknown-language = The server does not speak that language; the one before stays.
rule-needs-utf8 = A header in UTF-8 is only sent to who said UTF8 before the login.

## Recordings of serve --capture

recording-open = Open a recording
recording-none = That is no recording of serve --capture in which somebody connects, or one of another version, or larger than 20 MB. Nothing has changed.
recording-line = Line { $line } of that recording means nothing here, so nothing was played.
recording-played = { $count ->
    [one] { $count } real connection, played again on the lab's own TCP and TLS.
   *[other] { $count } real connections, played again on the lab's own TCP and TLS.
}
recording-same = Every answer is the same.
recording-differs = On connection { $connection } something else was recorded: { $line }
recording-left-out = Left out: { $count } whose TLS failed.

## The lab: pace, scenes, delivery

pace-title = Pace
pace-at-once = at once
pace-watch = watch
let-time-pass = Let 10 minutes pass
set-pieces-title = What can go wrong
set-pieces-help = Each begins anew with a scene in which something goes wrong. Undo brings your session back.
piece-locked = Mailbox locked by another device
piece-locked-tells = Your phone has the mailbox open. The password is right, and the server still says no. In Mailbox you can let the phone quit.
piece-dropped = Line dropped before QUIT
piece-dropped-tells = Two messages were marked, then the line broke. Nothing was removed: only QUIT removes.
piece-cable = Cable cut
piece-cable-tells = The server does not notice and keeps the lock. Let 10 minutes pass, then connect and log in again.
piece-idle = Idle too long
piece-idle-tells = After ten silent minutes the server closes the connection. The mark is rubbed out.
piece-unreachable = Server unreachable
piece-unreachable-tells = Nobody answers at that address. The client asks again and again, and gives up.
piece-closed-port = Port closed
piece-closed-port-tells = The host is there, but nothing listens on port 111. The refusal comes at once.
piece-lossy = Slow and lossy line
piece-lossy-tells = One segment in five is lost, and TCP sends it again. See the wire: no octet is missing.
piece-dots = Mail that looks like its own end
piece-dots-tells = The message has lines with a single dot. See how the server stuffs them.
piece-expired = Expired certificate
piece-expired-tells = The certificate ran out some days ago. The mail program asks you whom to believe.
piece-no-tls = Port 995, but no TLS
piece-no-tls-tells = The mail program waits for a greeting, the server for TLS. Nobody speaks. Type something, or let time pass.
piece-tls-at-110 = TLS at once, but port 110
piece-tls-at-110-tells = The mail program says ClientHello, the server says +OK. Neither understands the other.
piece-stls-missing = STLS is missing, and nobody minds
piece-stls-missing-tells = The mail program takes STLS if it is offered. It is not, so the password goes out on a postcard. Somebody in the middle could have taken the offer away.
piece-behind-stls = Commands behind STLS
piece-behind-stls-tells = Name and password were sent right behind STLS, in the clear. The server throws them away unread: anybody could have put them there.
piece-old-client = A mail program of 2000
piece-old-client-tells = It knows TLS 1.0 and nothing newer. The server refuses it.
piece-external = Login by certificate
piece-external-tells = A certificate, and no password. Under TLS 1.2 everybody on the way reads whose it is: see the notebook. TLS 1.3 hides it.
piece-huge = A mailbox of 10 000 messages
piece-huge-tells = Zoe keeps everything. LIST has 10 000 lines here, and message 1 has 10 MB.
other-device = phone
deliver = Deliver mail
deliver-help = New mail for { $name }. A session under way does not see it: its numbers were given at login.
letter-note = A short letter from Bob
letter-hostile = A hostile mail: scripts, control octets, a line of 100 000 letters
letter-large = A mail of 10 MB
letter-file = A file of your own (.eml)
letter-too-large = That file is too large: 20 MB is the limit. Nothing was delivered.
letter-unreadable = That file could not be read, or is empty. Nothing was delivered.
prompt-past = You are looking at the past. A line sent now goes on from here; what came after it is put aside, and Undo brings it back.
legend-taken = just taken
legend-open = open now
other-quits = Let the phone quit
terminal-roles = You are the mail program, C. The server, S, answers.
copy-session = Copy
close = Close
link-page = There is no page “{ $name }”. This is the lab.
link-setting = The link asks for “{ $name }”, which the lab does not know. Nothing was typed.
link-value = The link asks for “{ $name }”, which cannot be set. Nothing was changed.
link-encoding = The link is broken at “{ $text }”. Nothing was typed.
link-too-long = The link types more than the lab takes: 200 lines of 2000 octets. Nothing was typed.
tabs-title = Panels
note-link-changed = From now on a round trip takes { $rtt } ms, and { $loss } % of all segments are lost.

## The wire

wire-title = Wire
wire-way = Segments between client and server
wire-empty = Nothing has been sent yet.
wire-earlier = { $count ->
    [one] { $count } earlier segment
   *[other] { $count } earlier segments
}
wire-to-server = Client to server:
wire-to-client = Server to client:
wire-flying = on its way
wire-lost = lost
wire-again = again
wire-sealed = sealed:
wire-seal-pressed = sealed from here on
wire-sign-sealed = what the path sees
wire-sign-inside = what only the two ends can read
wire-inside = inside, for those who have the key:
wire-envelope = { $count ->
    [one] an envelope of { $count } octet
   *[other] an envelope of { $count } octets
}
wire-speed = Speed
link-title = The link
link-rtt = Round trip
link-loss = Loss
link-seed = Seed
link-die = Roll the die: begin anew with another seed
segment-title = Segment { $frame }, { $count } octets
segment-fields = Fields of the segment
segment-octets = Octets { $from } to { $to }
segment-outside = On the path: everybody sees this.
segment-inside = Inside, for those who have the key: the two ends, and you.
segment-inside-fields = Fields inside
checksum-right = right
checksum-wrong = wrong, should be { $right }

## The server log

server-log-title = Server log
server-log-empty = Nothing yet. The server writes a line when somebody logs in, fails to, or is gone.
stored-title = What the server keeps of each account
stored-tells = A server has to keep something of a password to check it. What it keeps decides how one can log in, and what a thief has who copies the list.
stored-serves = For { $mechanisms }.
stored-secret = The password itself: a thief logs in at once, here and wherever else it is used.
stored-hash = A salted hash: a thief tries passwords, one quick hash for each.
stored-scram = A salted hash of many rounds: a thief tries passwords slowly, and cannot log in with what stands here.
stored-token = A token: a thief logs in with it until it is taken back.
stored-certificate = A name in a certificate: of no use to a thief without its key.
log-secured = TLS is up: which version, which cipher
log-tls-failed = TLS did not come about, and why
log-no-tls = gone without TLS: nothing was removed
log-logged-in = somebody proved who they are
log-login-failed = the administrator is told why; the client is not told everything
log-quit = ended with QUIT: what was marked is removed
log-client-closed = closed without QUIT: nothing was removed
log-lost = the connection broke: nothing was removed
log-idle = silent for too long: nothing was removed
log-too-many-failures = too many wrong passwords

## Narration: each step in one sentence

tell-client-line = The client says: { $line }
tell-server-line = The server answers: { $line }
tell-body-line = The answer goes on: { $line }
tell-body-ends = A single dot ends the answer.
tell-client-sends = The client sends a segment: { $segment }
tell-server-sends = The server sends a segment: { $segment }
tell-client-sends-in-vain = The client sends a segment that is lost: { $segment }
tell-server-sends-in-vain = The server sends a segment that is lost: { $segment }
tell-client-sends-tls = The client sends { $segment }
tell-server-sends-tls = The server sends { $segment }
tell-client-sends-tls-in-vain = The client sends, and it is lost: { $segment }
tell-server-sends-tls-in-vain = The server sends, and it is lost: { $segment }
tell-server-gets = At the server arrives: { $segment }
tell-client-gets = At the client arrives: { $segment }
tell-session-begins = The session begins in { $phase }.
tell-tls-failed-client = TLS fails at the client. { $why }
tell-tls-failed-server = TLS fails at the server. { $why }

## The fields of a segment

field-ipv4-header = IPv4 header
field-version-and-header-length = Version and header length
field-version = Version
field-header-length = Header length
field-differentiated-services = Differentiated services
field-dscp = DSCP
field-ecn = ECN
field-total-length = Total length
field-identification = Identification
field-flags-and-fragment-offset = Flags and fragment offset
field-reserved-flag = Reserved
field-dont-fragment = Do not fragment
field-more-fragments = More fragments
field-fragment-offset = Fragment offset
field-time-to-live = Time to live
field-protocol = Protocol
field-header-checksum = Header checksum
field-source = Source address
field-destination = Destination address
field-ipv4-options = IPv4 options
field-tcp-header = TCP header
field-source-port = Source port
field-destination-port = Destination port
field-sequence-number = Sequence number
field-acknowledgement-number = Acknowledgement number
field-data-offset-and-flags = Data offset and flags
field-data-offset = Data offset
field-reserved = Reserved
field-tcp-flags = Flags
field-window = Window
field-tcp-checksum = Checksum
field-urgent-pointer = Urgent pointer
field-tcp-options = TCP options
field-end-of-options = End of options
field-no-operation = No operation
field-maximum-segment-size-option = Maximum segment size option
field-window-scale-option = Window scale option
field-sack-permitted-option = SACK permitted
field-sack-option = SACK
field-timestamps-option = Timestamps option
field-other-option = Another option
field-option-kind = Kind
field-option-length = Length
field-maximum-segment-size = Maximum segment size
field-shift-count = Shift count
field-left-edge = Left edge
field-right-edge = Right edge
field-timestamp-value = Timestamp value
field-timestamp-echo-reply = Timestamp echo reply
field-option-data = Option data
field-padding = Padding
field-data = Data
field-line = Line
field-line-text = Text
field-line-end = Line end
field-part-of-line = Part of a line
field-tls-record = TLS record
field-tls-part-of-record = Part of a TLS record
field-tls-content-type = Content type
field-tls-record-version = Version in the header
field-tls-length = Length
field-tls-record-header = Rest of the header
field-tls-fragment = Fragment
field-tls-nonce = Explicit nonce
field-tls-ciphertext = Ciphertext
field-tls-tag = Authentication tag
field-tls-change-cipher-spec = Change of cipher
field-tls-application-data = Application data
field-tls-alert-level = Level
field-tls-alert-description = Description
field-tls-handshake = Handshake message
field-tls-handshake-type = Message type
field-tls-hello-version = Version of the hello
field-tls-random = Random
field-tls-session-id = Session ID
field-tls-cipher-suites = Cipher suites
field-tls-cipher-suite = Cipher suite
field-tls-compression-methods = Compression methods
field-tls-compression-method = Compression method
field-tls-extensions = Extensions
field-tls-extension = Extension
field-tls-extension-type = Extension type
field-tls-certificate-list = Certificates
field-tls-certificate-entry = Certificate entry
field-tls-certificate = Certificate
field-tls-request-context = Request context
field-tls-certificate-types = Certificate types
field-tls-certificate-type = Certificate type
field-tls-authorities = Certificate authorities
field-tls-distinguished-name = Distinguished name
field-tls-curve-type = Curve type
field-tls-key-exchange = Public key for the exchange
field-tls-signature = Signature
field-tls-verify-data = Verify data
field-tls-ticket-lifetime = Ticket lifetime, seconds
field-tls-ticket-age-add = Ticket age add
field-tls-ticket-nonce = Ticket nonce
field-tls-ticket = Ticket
field-tls-key-update = Key update
field-tls-extension-data = Extension data
field-tls-name-type = Name type
field-tls-host-name = Host name
field-tls-named-group = Group
field-tls-point-format = Point format
field-tls-signature-scheme = Signature scheme
field-tls-version = TLS version
field-tls-key-share = Key share
field-tls-psk-mode = PSK mode
field-tls-renegotiated-connection = Renegotiated connection
field-tls-protocol = Application protocol
field-tls-status-type = Status type
field-tls-responder-ids = Responder IDs
field-tls-request-extensions = Request extensions
field-tls-ocsp-response = OCSP response
field-tls-cookie = Cookie
field-tls-record-size-limit = Record size limit
field-truncated = Cut off here
field-unknown = Not known here
field-surplus = After the end of the packet

## The fields of a certificate

x509-certificate = Certificate
x509-tbs-certificate = What is signed (TBSCertificate)
x509-version = Version
x509-version-number = Version number (2 is v3)
x509-serial-number = Serial number
x509-signature-algorithm = Signature algorithm
x509-key-algorithm = Key algorithm
x509-algorithm = Algorithm
x509-parameters = Parameters
x509-issuer = Issuer
x509-subject = Subject
x509-relative-name = Step of the name
x509-attribute = Part of the name
x509-attribute-type = Which part
x509-attribute-value = What it says
x509-validity = Validity
x509-not-before = Not before
x509-not-after = Not after
x509-public-key-info = Public key, and its kind
x509-public-key = Public key
x509-unique-identifier = Unique identifier
x509-extensions = Extensions
x509-extension-list = List of extensions
x509-extension = Extension
x509-extension-id = Which extension
x509-critical = Critical
x509-extension-value = What the extension says
x509-authority-key-identifier = Authority key identifier
x509-subject-key-identifier = Subject key identifier
x509-key-identifier = Key identifier
x509-key-usage = Key usage
x509-extended-key-usage = Extended key usage
x509-purpose = Purpose
x509-basic-constraints = Basic constraints
x509-authority = May issue certificates
x509-path-length = How many authorities may follow
x509-subject-alt-names = Names it is for
x509-mailbox = Mail address
x509-dns-name = Host name
x509-ip-address = IP address
x509-element = Another element
x509-signature = Signature
x509-ecdsa-signature = ECDSA signature
x509-signature-r = r, its first number
x509-signature-s = s, its second number
x509-tag = Type
x509-length = Length
x509-contents = Contents
x509-unused-bits = Unused bits at the end
x509-point-form = How the point is written (4: in full)
x509-point-x = x coordinate
x509-point-y = y coordinate
## TLS

note-secured = TLS is up: { $version }, { $suite }, keys by { $group }. The certificate was verified. From here on everything is sealed.
note-secured-exception = TLS is up: { $version }, { $suite }, keys by { $group }. Sealed, but to whom? You accepted this certificate yourself.
note-secured-unchecked = TLS is up: { $version }, { $suite }, keys by { $group }. Sealed, but to whom? Nobody looked at the certificate.
note-tls-failed = No TLS. { $why }
note-certificate-refused = The mail program does not trust this server. { $why } It closes; no password was sent.
note-trusted-anyway = You told the mail program to trust this certificate anyway.
note-stls-not-offered = The server does not offer STLS. The mail program goes on in the clear.
note-stls-missing = The server does not offer STLS, and the mail program insists on it. It gives up; no password was sent.
note-injected = { $octets } octets stood behind the answer to STLS, in the clear. The mail program does not read them as answers.
silence-at-tls = Nothing comes. The mail program waits for a greeting, and the server waits for TLS: on this port it begins with the first octet. Both would wait until one of them gives up.
note-policy-changed = The settings of TLS have changed. They hold for new connections.

failure-alert = The other end gave up with alert { $alert }.
failure-alert-common = The other end gave up with alert { $alert }: it takes none of the versions and ciphers that this mail program offers.
failure-alert-certificate = The other end gave up with alert { $alert }: it does not take the certificate that this mail program showed.
failure-not-tls = What came back is not TLS: the other end speaks POP3 in the clear here.
failure-not-tls-server = What arrived is not TLS: the client speaks POP3 in the clear here.
failure-version = There is no version of TLS that both ends speak.
failure-suite = There is no cipher that both ends have.
failure-truncated = The connection ended without a farewell: something may be missing.
failure-name = That is neither a host name nor an address.
failure-undecryptable = A record was changed on its way.
failure-nonsense = What came back cannot be read as TLS.
failure-other = TLS could not begin.

verdict-expired = The certificate was valid until { $date } and has expired.
verdict-not-yet-valid = The certificate will be valid from { $date } on, and not before.
verdict-clock = This computer’s clock says { $clock }, but the certificate is valid from { $from } to { $until }. The clock is wrong, not the certificate.
verdict-other-name = The certificate is for { $names }, but the mail program asked for { $asked }.
verdict-by-address = The certificate is for { $names }, but the mail program was given the bare address { $address }.
verdict-self-signed = The server signed its certificate itself: nobody else vouches for it.
verdict-missing-intermediate = The certificate was issued by { $issuer }, whose own certificate the server forgot to send.
verdict-unknown-authority = The certificates lead up to { $authority }, an authority that this computer does not know.
verdict-other = The certificate cannot be trusted.

fault-expired = Expired
fault-not-yet-valid = Not valid yet
fault-other-host = For another host
fault-by-address = Asked for by address
fault-self-signed = Self-signed
fault-unknown-authority = Unknown authority
fault-missing-intermediate = Intermediate missing
fault-wrong-clock = Client’s clock is wrong
fault-none = Nothing is wrong

roads-title = Road
road-stls-means = asks for an envelope on the way (STLS)
road-995-means = a sealed envelope from the start
security-title = Security
security-help = Each change starts a fresh connection. The mailbox stays as it is.
security-client = Mail program
security-server = Server
security-certificate = Certificate
security-port = Port
security-when = Connection security
security-versions = TLS versions
security-verify = Verify the server’s certificate
security-shows = Own certificate, if asked
security-host = Name (begins anew)
security-stls = Offer STLS on port 110
security-login = Take passwords in the clear
security-asks = Ask clients for a certificate
port-110-means = POP3
port-995-means = POP3 inside TLS
port-111-means = nobody listens
security-none = none: what you type is sent as it is
security-stls-by-hand = STLS, typed by you
security-stls-if-offered = STLS if offered
security-stls-required = STLS required
security-tls-at-once = TLS from the first octet
shown-none = none
shown-own = alice’s, valid

## Certificates: the question, and the sheet

question-title = Is this really { $host }?
question-so-far = The mail program has hung up. No password was sent.
question-names = It is for
question-issuer = Vouched for by
question-itself = itself, and by nobody else
question-behind = What may be behind it
question-danger = Or somebody stands between you and the server and shows a certificate of their own. From here the two look the same.
question-mend = What helps
question-cost = If you continue
question-costs = Everything is sealed, but perhaps to a stranger: your password goes to whoever holds this certificate. The mail program connects again, remembers that you trust this certificate, and does not ask about it any more.
question-cancel = Do not connect
question-clock = Set the clock right
question-look = Look at the certificate
question-continue = Continue anyway
harmless-expired = Somebody forgot to renew it. That happens to large companies, too.
harmless-not-yet-valid = It was installed before its time.
harmless-clock = Only the clock of this computer is wrong, as after an empty battery. Then good certificates look bad.
harmless-other-name = The server has another name as well, or it has moved.
harmless-by-address = The settings have the server’s address where its name belongs. A certificate for a name says nothing about an address.
harmless-self-signed = A home-made server: whoever set it up wrote the certificate too.
harmless-authority = A school or a company with an authority of its own, of which this computer has not been told.
harmless-intermediate = Somebody forgot to install one file. Programs that know the missing certificate from elsewhere do not complain.
harmless-other = The server is not set up well.
mend-expired = The server’s administrator has to renew the certificate. Tell them; until then your mail waits safely at the server.
mend-not-yet-valid = The server’s administrator has to install a certificate that is valid now. Until then your mail waits safely at the server.
mend-clock = Set the clock. The server and its certificate need no mending.
mend-other-name = Look at the server’s name in your settings first. If it is right, the server’s administrator has to mend the certificate.
mend-by-address = Put the server’s name into the settings instead of its address.
mend-self-signed = The server’s administrator can get a certificate from an authority that every computer knows; it need not cost anything.
mend-authority = Ask the server’s administrator, in some other way than over this line, for the authority’s certificate, and add it to this computer.
mend-intermediate = The server’s administrator has to make the server send the missing certificate as well.
mend-other = Ask the server’s administrator.
certificate-title = What { $host } showed
certificate-button = certificate
certificate-verified = The mail program trusts it: an authority that this computer holds vouches for it, and name and dates are right.
certificate-exception = The mail program did not verify it: you made an exception for it.
certificate-unchecked = The mail program did not look at it: its settings say so.
certificate-refused = The mail program refused it.
certificate-today = today: { $date }
certificate-clock = this computer’s clock: { $date }
certificate-decide = Decide again
certificate-tree = Certificates, from the authority down to the server
certificate-held = held by this computer
certificate-sent = sent by the server
certificate-both = held by this computer, and sent too
certificate-not-sent = not sent
certificate-not-held = not held by this computer
certificate-held-beside = This computer holds this authority; nothing above leads to it
certificate-unused = The server sent this as well; it leads nowhere
certificate-unreadable = Not a certificate
certificate-by-itself = { $issuer } (itself)
certificate-valid = { $from } to { $until }
certificate-yes = yes
certificate-no = no
certificate-fingerprint = SHA-256 fingerprint
certificate-more = Key, signature and fingerprint
certificate-octets = All { $count } octets
certificate-fields = Fields of the certificate
certificate-copy = Copy as PEM
sealed-exception = sealed, but perhaps to a stranger: you accepted the certificate yourself
sealed-unchecked = sealed, but perhaps to a stranger: nobody looked at the certificate

## Compare: what the rows and columns say

compare-tcp = TCP connects
compare-asks = CAPA: is STLS among it?
compare-tls = TLS handshake
compare-asks-again = CAPA again, now sealed
compare-close = The connection ends
compare-listing = What is there
compare-retrieval = Fetching
compare-marking = Marking
compare-other = Other
compare-sealed-from-the-start = Nothing to ask for: sealed from the first octet.
compare-sealed-later = Not yet: TLS comes later, by STLS.
compare-never-sealed = This mail program wants no TLS.
compare-not-offered = STLS is not to be had from this server.
compare-over = The connection is over.
compare-hung-up = The mail program hung up. { $why }
compare-no-stamp = No digest: the greeting came in the clear, and inside TLS its time stamp is not believed.
compare-unanswered = Not come to: what was said before was never answered.
compare-still-open = The connection is still open.
compare-refused-here = Refused here. { $rule }
compare-refused-there = Not refused here, but elsewhere. { $rule }
compare-more = Only here: { $list }.
compare-fewer = Missing here: { $list }.
compare-other-stamp = The time stamp is another: it tells the moment.
compare-other-text = The answer is another.
compare-safety-open = not sent yet
compare-safety-sealed = sealed after { $ms } ms
compare-safety-exposed = readable after { $ms } ms
compare-safety-guessable = a digest, readable after { $ms } ms
compare-does = What is done
compare-sealed = sealed
compare-clear = in the clear
compare-more-lines = { $count ->
    [one] {" "}… +{ $count } line
   *[other] {" "}… +{ $count } lines
}
compare-packet-count = { $count ->
    [one] { $count } packet
   *[other] { $count } packets
}
compare-round-trips = Round trips
compare-packets = Packets
compare-octets = Octets
compare-time = Time (ms)
compare-password = Password
## Compare: the script, and what it is said on

ready-read = Fetch one mail, and delete it
ready-read-shows = The plainest session. The words are the same on every road: what differs is who can read them, and how often one waits.
ready-look = Look and leave
ready-look-shows = TOP fetches the headers alone. Nothing at the server changes, and yet the path learns the subjects where nothing is sealed.
ready-wrong-password = Wrong password
ready-wrong-password-shows = A password that is refused was sent all the same: in the clear, whoever reads along has the wrong one and then the right one.
ready-keep-one = Delete one, keep one
ready-keep-one-shows = Message 1 is fetched and removed at QUIT. Message 2 is fetched and stays; by its unique-id a mail program knows it again.
ready-line-lost = Delete, then the line is lost
ready-line-lost-shows = Without QUIT there is no UPDATE: the mark is rubbed out, and the message is still there. Sealing changes nothing about that.
ready-apop = APOP instead of a password
ready-apop-shows = In the clear APOP sends a digest instead of the password. After STLS there is no time stamp to make it of: that lane cannot say it.
script-title = The script
script-ready = Ready scripts
script-back = Put my script back
script-own = This is a script of your own.
script-label = Script: what every lane says, one command a line
script-help = Blank lines and lines that begin with # are not sent. APOP takes its digest as md5(password).
script-line-lost = At the end the line is lost, without QUIT
script-lines = The script, line by line
script-empty = No lines yet. Each lane connects, is greeted and waits.
script-fine = { $count ->
    [one] { $count } line. The server takes it.
   *[other] { $count } lines. The server takes all of them.
}
script-wrong = { $wrong } of { $count } lines will be refused or not heard, the first of them in line { $line }. You can run it like this: a refusal is an answer too.
script-cut = The script is longer than can be run: of { $lines } lines at most, each counts up to { $octets } octets. Nothing of your text is lost.
script-line-wrong = Line { $line } will not be done.
script-line-hint = About line { $line }:
script-meant = Write “{ $line }”
script-more = { $count ->
    [one] And { $count } more line.
   *[other] And { $count } more lines.
}
script-over = The connection has ended before it: nobody hears this.
script-digest = The digest is made of each lane’s own time stamp when the line is sent.
script-foreknown = Every greeting has another time stamp, so a digest cannot be known beforehand. Write md5(password) in its place, and each lane makes its own.
script-every-lane = It is sent on every lane, and every server refuses it.
script-stls = The other lanes go into TLS as their settings say; this line is for the lane that is not sealed.
terms-title = Settings of the comparison
terms-all = For all lanes
terms-offers = Mail programs offer
terms-die = Roll the dice
terms-reset = As the roads are meant
terms-lane = Settings of the lane { $lane }
terms-changed = changed

## The eavesdropper's notebook

ledger-title = Notebook
ledger-whose = What somebody on the path has noted down so far. They see every packet, and have no key.
ledger-empty = Still a blank page. As soon as a packet gives something away it stands here: names, passwords, mail. What TLS hides is struck through.
ledger-reading = Still reading: { $read } of { $all } packets.
ledger-news = Newly noted: { $what }.
ledger-newest = new
ledger-blank = nothing yet
ledger-sealed = sealed
ledger-unreadable = , nobody on the path can read it
ledger-packet = packet { $number }
ledger-show-packet = { $packet }: show it on the wire
ledger-connection = Connection { $number }
ledger-more-sheets = { $count ->
    [one] Show { $count } earlier connection
   *[other] Show earlier connections ({ $count })
}
ledger-more-earlier = Show { $count } of { $all } earlier ones
ledger-more = Show more ({ $count } left)
ledger-you = Who you are
ledger-way = Who talks to whom
ledger-tls = How it is sealed
ledger-mail = Your mail
ledger-leaks = What sealed envelopes still give away
ledger-records = client { $client } ({ $sent } octets), server { $server } ({ $answered } octets)
ledger-guess = asked in about { $asked } octets, answered in about { $octets }
ledger-guess-first = the server spoke first: about { $octets } octets
noted-user-name = Name
noted-password = Password
noted-person = Own certificate
noted-login = Login
noted-ends = Addresses
noted-banner = Greeting
noted-stamp = Time stamp
noted-capabilities = Capabilities
noted-quit = QUIT
noted-closed = The end
noted-lost = Notebook
noted-stls = STLS
noted-server-name = Host asked for
noted-offer = Client’s offer
noted-agreed = Agreed on
noted-certificate = Certificate
noted-alert = Alert
noted-mail-count = How much
noted-sizes = Sizes
noted-unique-ids = Unique-ids
noted-messages = Messages
noted-deleted = Deletions
noted-records = Sealed records
noted-guesses = Their sizes
noted-in-the-clear = as it was typed, for everyone on the way
noted-digest = a digest: with the time stamp, passwords can be tried at leisure
noted-response = a digest of the challenge: with both, passwords can be tried at leisure. It was
noted-login-ok = worked: the password is right
noted-login-refused = refused
noted-nobody-there = nobody listens there
noted-count = { $messages ->
    [one] { $messages } message, { $octets } octets
   *[other] { $messages } messages, { $octets } octets
}
noted-message-count = { $count ->
    [one] { $count } message
   *[other] { $count } messages
}
noted-letter = Message { $number }, all of it: { $octets } octets
noted-top = Message { $number }, its beginning: { $octets } octets
noted-incomplete = (cut off)
noted-subject = Subject
noted-marked = message { $number } is marked
noted-unmarked = all marks rubbed out
noted-stls-asked = the client asks for an envelope
noted-stls-ok = the server agrees
noted-stls-refused = the server refuses
noted-no-name = no name was given
noted-offered = { $versions }; { $count } cipher suites
noted-issuer = issued by { $issuer },
noted-valid = valid { $from } to { $until }
noted-alerted = { $who } says: { $alert } ({ $level })
noted-quit-ok = the session ended as it should
noted-quit-refused = not everything could be removed
noted-fin = both sides said FIN
noted-reset = the connection was reset
noted-lost-track = too much is missing: this connection is not followed any more
noted-full = the notebook is full

## Compare

nav-title = Pages
nav-lab = Lab
nav-compare = Compare
compare-lead = Three mail programs say the same words to the same server. Only the road differs.
compare-table = What each road does, row by row
compare-doing = What is being done
compare-ready = Nothing has happened yet
compare-client = client
compare-server = server
compare-enter = Open in the lab
compare-enter-means = Opens this very moment of the { $road } road in the lab. You can go on from there, and come back here.
compare-place = Step { $step } of { $steps } · row { $row } of { $rows }
compare-computing = The three roads are being worked out …
compare-so-far = Cost so far
compare-readable = Readable on the path so far (struck out: hidden by TLS)
compare-readable-nothing = Nothing of yours yet
compare-differs = differs
compare-explained = What is happening here
compare-to-do = Press play, or step on: all three roads take each step together.
compare-other-lanes = The other two roads
compare-copy-link = Copy link
compare-copy-table = Copy as table
compare-copy-as = Copy as { $form }
compare-form-text = text
compare-print = Print
compare-copied = Copied.
compare-too-long = This script is too long for a link. Copy it as text instead.
compare-not-copied = The browser does not let the page copy. Select it and copy it yourself.
compare-narration = { $doing }. { $lanes }

compare-safety-unsent = never sent
compare-not-connected = not connected yet
compare-not-sealed = not sealed yet
compare-unsealed = never sealed
compare-closed = closed
compare-read = readable
compare-sign-sealed = what the path sees
compare-sign-inside = for the two ends alone
compare-sign-awaited = still to come
compare-verdict-none = Safest: none of these roads kept the password and got to the end.
compare-verdict-whole = Safest: { $road }. No line of POP3 could ever be read, or changed, on the way.
compare-verdict-part = Safest: { $road }. The password went sealed, but { $lines } lines before could be read, and changed, on the way.
compare-verdict-cost = That took { $trips ->
    [one] { $trips } round trip
   *[other] { $trips } round trips
} and { $ms } ms more than { $road }.
compare-tell-start = One mailbox, one script, three roads. Port 110 speaks in the clear. STLS begins on the same port and asks for TLS. Port 995 speaks TLS from the first octet. Watch when the password becomes safe, and what that costs.
compare-tell-tcp = Every road begins with TCP: SYN, SYN ACK, ACK. That is one round trip, the same for all; on 995 the last ACK travels with the first message of TLS. Everyone on the path sees who talks to whom, and to which port.
compare-tell-tls-first = On port 995 nothing of POP3 is said before the seal is pressed. The other two roads go straight on to the greeting.
compare-tell-greeting = In POP3 the server speaks first. In the clear the greeting is a postcard: it names the program and carries the time stamp for APOP. On 995 it is in an envelope already.
compare-tell-asks = The program on the STLS road asks in the clear what the server can do, to see whether STLS is among it. Somebody on the path could take that line out of the answer.
compare-tell-stls = STLS asks for an envelope. Up to here everything could be read, and changed. A program that requires STLS gives up if it is refused; one that does not goes on in the clear.
compare-tell-tls = The same handshake as on 995, only later. The client sees the server's certificate, and both agree on keys that the path does not get.
compare-tell-asks-again = What was said in the clear is not believed any more, so the program asks a second time, now sealed (RFC 2595, section 4).
compare-tell-authentication = Now the program says who it is. This is the moment that decides which road is safe.
compare-tell-capabilities = The program asks what the server can do. What it offers depends on the road: STLS is listed only where TLS is not on yet.
compare-tell-listing = How many messages there are, how large each one is, and what it is called. Inside TLS that is hidden, but for its rough length.
compare-tell-retrieval = The mail itself crosses the wire. Nothing is deleted by that. TLS hides the words; the size of the envelope still tells roughly how long the mail is.
compare-tell-marking = A message is marked, or marks are rubbed out. Nothing is removed before QUIT, on no road.
compare-tell-update = QUIT: the server removes what was marked, answers, and closes. A line that is lost before it removes nothing.
compare-tell-other = This changes nothing in the mailbox.
compare-as-above = as above
compare-tell-end-apart = Not every program got to the end. Look for the row where a road stops, and at the reason there.
compare-tell-end = All three programs have done the same. What differs is what the path could read, since when it was sealed, and what that cost.
compare-end = In the end
compare-lane-end = { $trips ->
    [one] { $trips } round trip
   *[other] { $trips } round trips
}, { $octets } octets, { $ms } ms. Password: { $safety }.
compare-more-than = { $trips ->
    [one] { $trips } round trip
   *[other] { $trips } round trips
} and { $octets } octets more than { $road }.
compare-tell-close = The connection ends. Inside TLS both ends say so first (close_notify), so that nobody can cut a session short unnoticed.
compare-lane-tcp = { $count ->
    [one] { $count } packet
   *[other] { $count } packets
} to port { $port }. Nothing secret yet.
compare-lane-seal = Sealed from here on: { $agreed }.
compare-lane-sealing = The handshake is under way.
compare-lane-secret = The password crosses as it is. Whoever is on the path has it now.
compare-lane-digest = A digest crosses, not the password. Whoever is on the path can try passwords against it in peace.
compare-lane-mail = The whole mail can be read, and kept, by everyone on the path.
compare-lane-clear = Everyone on the path can read it.
compare-lane-sealed = The path sees { $asked } octets there and { $answered } back, and not what they say.
compare-lane-asked = The path sees { $asked } octets, and not what they say. The answer is on its way.
compare-lane-close = The connection is closed.
compare-lane-waits = It has not come to this.
