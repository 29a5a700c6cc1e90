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
clear = in the clear
show-all-lines = Show all lines ({ $count } more)
show-earlier-lines = Show { $count } earlier lines
more-octets = … and { $count } more octets
prompt-label = your command
prompt-help = The accounts are alice, password wonderland, and erin, password nothing-here. Never type a real password here.
prompt-suggestion = Press → to accept “{ $line }”. The account is alice, the password wonderland. Never type a real password here.
prompt-closed = There is no connection. Connect to go on.
send = Send
hint-forked = You went on from an earlier moment. What came after it never happened.
hint-full-width = These are full-width letters. POP3 reads ASCII only.
send-narrow = Send “{ $line }”
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

## The timeline

timeline-title = Timeline
timeline-slider = Line of the session
timeline-place = Line { $line } of { $lines }, { $time } ms
timeline-past = You are looking at the past. Typing goes on from here.
step-first = To the start
step-back = Back
step-forward = Forward
step-last = To the latest
