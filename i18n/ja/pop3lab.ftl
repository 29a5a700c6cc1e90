### ページのことば（日本語）。英語のカタログと同じメッセージがあります。

## ページ全体

page-title = POP3 Lab
# 「POP3」と書いた切手の後に続きます。
product-name = Lab
connection-group = 接続
settings-group = 言語とテーマ
road-port = ポート { $port }
road-110-means = はがきと同じです。通信経路上のだれにでも読めます
connect = 接続する
connect-to = ポート { $port } に接続する
disconnect = 切断する（FIN）
drop-line = 強制切断（RST）
start-over = はじめからやり直す
theme-system = テーマ：自動
theme-light = テーマ：ライト
theme-dark = テーマ：ダーク

## ターミナル

terminal-title = ターミナル
milliseconds = { $count } ms
octets = { $count } オクテット
in-the-clear = 平文です。通信経路上のだれにでも読めます
show-all-lines = すべての行を表示（あと { $count } 行）
show-more-lines = 残り { $all } 行のうち { $count } 行を表示
show-earlier-lines = 前の { $all } 行のうち { $count } 行を表示
more-octets = …ほか { $count } オクテット
prompt-label = コマンド
prompt-help = 練習用のアカウントは alice（パスワード wonderland）と erin（パスワード nothing-here）です。本物のパスワードは入力しないでください。
prompt-suggestion = → キーで「{ $line }」を入力できます。練習用のアカウントは alice、パスワードは wonderland です。本物のパスワードは入力しないでください。
prompt-closed = 接続していません。「接続する」で続けられます。
send = 送信
hint-forked = 過去の時点からやり直しました。それより後のできごとは、なかったことになります。
hint-full-width = 全角文字が入っています。POP3 で使えるのは ASCII（半角の英数字と記号）だけです。
send-meant = 「{ $line }」を送信
hint-near = そのようなコマンドはありません。こちらのことですか？ Enter をもう一度押すと、そのまま送信します。
hint-help = POP3 に HELP はないので、サーバーではなくこのページがお答えします。使えるコマンドは { $commands } です。
hint-too-large = 一度に貼り付けるには長すぎます。何も送信していません。

note-connecting = ポート { $port } に接続しています…
note-connected = 接続しました。
note-refused = 接続を拒否されました。このポートで待ち受けているサーバーはありません。
note-unreachable = 応答がありません。相手に届きませんでした。
note-server-closed = サーバーが接続を閉じました。
note-client-closed = QUIT を送らずに、こちら側を閉じました。
note-line-dropped = 回線を強制的に切断しました。サーバーには RST で伝わります。
note-server-reset = サーバーが接続をリセットしました。
note-given-up = 長い間、確認応答がありません。接続を打ち切りました。
note-cable-cut = ケーブルが切れました。まだどちらも気づいていません。
note-new-network = 別のネットワークから、別のアドレスで戻ってきました。
note-not-connected = 接続がないので送れません。先に接続してください。
note-time-passes = { $seconds } 秒経過します。
note-new-mail = サーバーに { $name } あての新しいメールが届きました。
note-no-such-mailbox = サーバーに { $name } というメールボックスはありません。
note-too-many-steps = 動きが止まらないため、シミュレーションを打ち切りました。

## 状態遷移図

state-title = 状態
state-tcp = TCP
state-pop3 = POP3
client = クライアント
server = サーバー
the-client = クライアント
the-server = サーバー
no-connection = まだ接続がありません。
no-session = まだセッションがありません。TCP がつながると始まります。
next-moves = 今できること
computed-for-you = ダイジェストは計算済み
phase-nobody = 名乗る前
phase-name-given = 名前受付済み
step-tcp = { $who }：{ $from } → { $to }（{ $why }）
tcp-passive-open = 接続を待ち始めた
tcp-active-open = SYN を送った
tcp-close = FIN を送った
tcp-syn = SYN が届いた
tcp-syn-ack = SYN と ACK が届いた
tcp-ack = 待っていた ACK が届いた
tcp-fin = FIN が届いた
tcp-fin-ack = FIN が、自分の FIN への ACK と一緒に届いた
tcp-reset = 接続がリセットされた
tcp-time-out = セグメントの寿命の 2 倍が過ぎた
step-pop3 = { $from } → { $to }（{ $why }）
cause-accepted = { $verb } に +OK と応答した
cause-refused = { $verb } に -ERR と応答した
cause-any-other = USER の直後に PASS 以外が来たので、ユーザー名は取り消された
cause-ended = 接続が終わった
cause-idle = 長い間、何も届かなかった
cause-too-many-failures = ログインの失敗が多すぎた

## メールボックス

mailbox-title = メールボックス
mailbox-server = サーバー側：{ $name }
mailbox-client = 手元のメールソフト
mailbox-empty = このメールボックスは空です。
downloads-empty = まだ何も受信していません。RETR で受信しても、メールはサーバーにも残ります。
lock-nobody = 開いているセッションはありません。
lock-yours = あなたのセッションが開いて、ロックしています。
lock-other = 別のセッションが開いて、ロックしています。
marked = 削除マーク
marked-count = { $count } 通に削除マークが付いています。QUIT で削除されます。
fetched-on = 接続 { $connection } で受信
no-subject = （件名なし）

## メールを読む

reader-of-server = サーバーにある原本です。メールソフトで読むには、RETR で受信する必要があります。
reader-of-client = 手元のメールソフトが受信したコピーです。サーバーの原本を削除しても、これは残ります。
reader-close = 閉じる
reader-views = メールの表示方法
reader-decoded = 本文
reader-source = ソース
reader-from = 差出人
reader-to = 宛先
reader-date = 日時
reader-form = 本文の形式
reader-plain = プレーンテキスト
reader-html-as-text = HTML をテキスト化
reader-html-source = HTML のソース
reader-html-note = この HTML の中のスクリプトは実行しません。画像なども読み込みません。
reader-no-text = このメールには本文がありません。
reader-attachments = 添付ファイル
reader-unnamed = （ファイル名なし）
reader-flawed = このメールには、正しく読み取れないところがあります。
flaw-base64 = Base64 が壊れています。読み取れた部分だけをデコードしました。
flaw-quoted-printable = quoted-printable が壊れています。意味をなさない「=」は、そのまま残しました。
flaw-encoding = 「{ $name }」という転送エンコーディングには対応していません。その部分はデコードせずに表示しています。
flaw-charset = 「{ $name }」という文字コードには対応していません。その部分は UTF-8 として表示しています。
flaw-text = 指定された文字コードでは読めないオクテットがあります。そのまま、または � で表示しています。
flaw-boundary = パートの境界（boundary）が見つかりません。途中で切れているのかもしれません。
flaw-limit = パートが多すぎるか、入れ子が深すぎます。残りは開いていません。
reader-source-note = メールそのものを、オクテット単位で表示しています。POP3 が送るときに足すドットは含まれません。
reader-copy = ソースをコピー
reader-copied = コピーしました。
reader-not-copied = ブラウザーがコピーを許可しませんでした。

## タイムライン

timeline-title = タイムライン
timeline-slider = セッションの行
timeline-place = { $lines } 行中 { $line } 行目、{ $time } ms
timeline-past = 過去を見ています。入力すると、ここからやり直しになります。
step-first = 先頭へ
step-back = 戻る
step-forward = 進む
step-last = 最新へ

## 解説：それぞれの語の意味

explain-title = 解説
explain-nothing = ターミナルの行を選ぶと、語ごとの意味がここに出ます。
explain-whose-client = クライアントが送った行
explain-whose-server = サーバーが送った行
explain-section = RFC { $rfc } { $section } 節
explain-stays = セッションは { $phase } のままです。
explain-moves = セッションは { $from } から { $to } に移りました。
explain-path = ここからの最短の道順
explain-send = 「{ $line }」を送信
explain-exposed-password = 途中にいる人は全員、今このパスワードを読めました。
explain-exposed-digest = パスワードは送っていません。ただし、グリーティングとこのダイジェストを見た人は、手元でパスワードを試し続けられます。

verb-capa = サーバーにできることを尋ねます。ログインの前でも後でも使えます
verb-user = だれのメールボックスかを伝えます。次にパスワードを送ります
verb-pass = USER の直後に、パスワードをそのまま（途中で読める形で）送ります
verb-apop = パスワードの代わりに、タイムスタンプとパスワードから作ったダイジェストでログインします
verb-stat = メールの数と、合計のオクテット数を尋ねます
verb-list = メールの大きさを尋ねます。全部でも、1 通だけでもかまいません
verb-uidl = 一意の ID を尋ねます。セッションが変わっても同じ値です
verb-retr = メールを 1 通まるごと受信します。サーバーにも残ります
verb-top = ヘッダーと、本文のはじめの数行だけを受信します
verb-dele = メールに印を付けます。QUIT のときに削除されます
verb-noop = 何もしません。クライアントがいることだけを伝えます
verb-rset = このセッションで付けた印をすべて消します
verb-quit = セッションを終えます。ログイン後なら、印の付いたメールを削除します

kind-message-number = このセッションでのメールの番号（1 から）
kind-line-count = 本文の行数（0 から）
kind-name = メールボックスの名前
kind-secret = パスワード。空白も含めて、行の終わりまで全部です
kind-digest = グリーティングのタイムスタンプとパスワードの MD5（16 進数）

token-unknown = POP3 にはないコマンド
token-unread = コマンドがないので、読まれません
token-surplus = コマンドが受け取らない余分な部分
token-ok = 実行しました
token-err = 断られました
token-text = 人が読むための説明。プログラムは当てにしません
token-stamp = 接続ごとに変わるタイムスタンプ。APOP で使います
token-count = 印の付いていないメールの数
token-total = その合計のオクテット数
token-number = このセッションでのメールの番号
token-size = メールの大きさ（オクテット）
token-uid = 一意の ID。どのセッションでも同じです
token-capability-value = 機能の詳しい内容
token-end = ドットだけの行。複数行の応答はここまでです
token-stuffed = ドットで始まる行の前に、サーバーが足したドット。クライアントが取り除きます
token-field = ヘッダーフィールドの名前
token-field-value = フィールドの値
token-folded = 上のフィールドの続き
token-header-ends = 空行。ヘッダーが終わり、本文が始まります
token-body = 本文の行

capability-top = TOP が使えます
capability-uidl = UIDL が使えます
capability-user = USER と PASS が使えます
capability-resp-codes = 断る応答の先頭に、角括弧のコードが付くことがあります
capability-auth-resp-code = [AUTH] で、認証の失敗とほかの障害を見分けられます
capability-pipelining = 応答を待たずに、続けてコマンドを送れます
capability-expire = メールを残す日数。NEVER なら消えません
capability-login-delay = 次のログインまでに空けるべき秒数
capability-implementation = サーバーの実装の名前
capability-other = このページの知らない機能

code-auth = 名前かパスワードが違います
code-in-use = 別のセッションがメールボックスを使っています
code-login-delay = 前のログインから時間がたっていません
code-sys-temp = サーバー側の一時的な障害です
code-sys-perm = サーバー側の、人手が必要な障害です
code-other = 応答コード

rule-unknown = 知らないコマンドは断られますが、セッションは続きます。
rule-not-now = { $verb } は { $phase } では使えません。使えるのは { $allowed } です。
rule-pass-after-user = PASS は、+OK をもらった USER の直後にだけ使えます。
rule-user-then-pass = USER の次に意味があるのは PASS、QUIT、CAPA です。{ $verb } は断られ、名前も忘れられました。
rule-missing = { $verb } に必要な引数がありません。
rule-surplus = { $verb } の行に余分なものがあります。末尾の空白 1 つでも余分です。
rule-not-a-number = ここで { $verb } が受け取るのは、数字だけの数です。
rule-zero = メールの番号は 1 から始まります。
rule-too-large = そんなに多くのメールはありません。
rule-not-a-digest = ダイジェストは、小文字の 16 進数 32 桁です。
rule-octet = コマンドに使えるのは、印字できる ASCII 文字だけです。
rule-line-too-long = ここでは 1 行は CR と LF を含めて { $limit } オクテットまでです。この行は一切実行されません。
rule-not-offered = { $verb } というコマンドはありますが、このサーバーでは使えない設定です。
rule-no-such-message = このセッションに { $number } 番のメールはありません。
rule-already-deleted = { $number } 番のメールには印が付いています。RSET するまで使えません。
rule-gone = { $number } 番のメールは、もうメールボックスにありません。ほかの何かが削除しました。
rule-bad-credentials = 名前かパスワードが違います。どちらが違うのかは教えてもらえません。
rule-plaintext = このメールボックスでは、途中で読めるパスワードは使えません。
rule-locked = パスワードは合っていますが、別のセッションがメールボックスをロックしています。
rule-login-delay = 次のログインまで、もう少し時間を空ける必要があります。
rule-temporary = サーバーの奥で一時的な障害が起きています。後でもう一度試してください。
rule-permanent = サーバーの奥が壊れています。繰り返しても直りません。
rule-removal-failed = 印の付いたメールを削除できませんでした。すべて残っています。
