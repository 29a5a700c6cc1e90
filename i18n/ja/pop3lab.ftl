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
hint-forked = 過去の時点から続けました。それより後のできごとはなかったことになります。「元に戻す」で取り戻せます。
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
show-more-messages = 残り { $all } 通のうち { $count } 通を表示
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
copied = コピーしました。
not-copied = ブラウザーがコピーを許可しませんでした。

## タイムライン

timeline-title = タイムライン
timeline-slider = セッションの位置
timeline-line = { $step } / { $steps } 行、{ $time } ミリ秒
timeline-packet = パケット { $step } / { $steps }、{ $time } ミリ秒
timeline-phase = フェーズ { $step } / { $steps }、{ $time } ミリ秒
timeline-past = 過去
grain-title = 進め方
grain-line = 行ごと
grain-packet = パケットごと
grain-phase = フェーズごと
play = 再生
pause = 一時停止
undo = 元に戻す
redo = やり直す
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

## ペース、場面、メールの配達

pace-title = ペース
pace-at-once = すぐに表示
pace-watch = 動きを見る
let-time-pass = 10 分進める
set-pieces-title = トラブルの場面
set-pieces-help = うまくいかない場面を最初から再現します。「元に戻す」で今のセッションに戻れます。
piece-locked = 別の端末がメールボックスをロック中
piece-locked-tells = スマートフォンがメールボックスを開いています。パスワードが正しくてもサーバーは拒否します。「メールボックス」でスマホを QUIT させられます。
piece-dropped = QUIT の前に切断
piece-dropped-tells = 2 通に印を付けたところで回線が切れました。削除は QUIT でだけ行われるので、何も消えていません。
piece-cable = ケーブルが切れた
piece-cable-tells = サーバーは気づかず、ロックを持ち続けます。10 分進めてから、接続してもう一度ログインしてみましょう。
piece-idle = 長く放置した
piece-idle-tells = 10 分間何も送らないと、サーバーが接続を閉じます。付けた印は消えます。
piece-unreachable = サーバーに届かない
piece-unreachable-tells = そのアドレスからは誰も答えません。クライアントは何度も試して、あきらめます。
piece-closed-port = ポートが閉じている
piece-closed-port-tells = ホストはありますが、ポート 111 では何も待ち受けていません。すぐに拒否されます。
piece-lossy = 遅くて不安定な回線
piece-lossy-tells = セグメントの 5 つに 1 つが失われ、TCP が送り直します。通信路を見てください。1 オクテットも欠けません。
piece-dots = 終わりのように見えるメール
piece-dots-tells = ドットだけの行を含むメールです。サーバーがドットを足す様子を見てください。
piece-huge = 1 万通のメールボックス
piece-huge-tells = zoe は何でも取っておく人です。LIST は 1 万行、1 番のメールは 10 MB あります。
other-device = スマホ
deliver = メールを届ける
deliver-help = { $name } に新しいメールを届けます。進行中のセッションからは見えません。番号はログインの時に決まるからです。
letter-note = Bob からの短い手紙
letter-hostile = 悪意のあるメール（スクリプト、制御文字、10 万文字の行）
letter-large = 10 MB のメール
letter-file = 自分のファイル（.eml）
letter-too-large = ファイルが大きすぎます。上限は 20 MB です。何も届けていません。
letter-unreadable = ファイルを読めないか、中身が空です。何も届けていません。
prompt-past = 過去を見ています。ここで入力すると、この時点から続きます。後のできごとは「元に戻す」で取り戻せます。
legend-taken = 今の遷移
legend-open = 次に進める道
other-quits = スマホを QUIT させる
terminal-roles = あなたはメールソフト（C）です。サーバー（S）が答えます。
copy-session = コピー
close = 閉じる
link-page = 「{ $name }」というページはありません。ここはラボです。
link-setting = リンクの「{ $name }」という設定は、このラボにはありません。何も入力していません。
link-encoding = リンクの「{ $text }」の部分が壊れています。何も入力していません。
link-too-long = リンクの入力が多すぎます。上限は 200 行、1 行 2000 オクテットです。何も入力していません。
tabs-title = パネル
note-link-changed = ここから往復時間は { $rtt } ミリ秒、セグメントの { $loss } % が失われます。

## 通信路

wire-title = 通信路
wire-way = クライアントとサーバーの間のセグメント
wire-empty = まだ何も送られていません。
wire-earlier = これより前に { $count } 個のセグメントがあります
wire-to-server = クライアントからサーバーへ:
wire-to-client = サーバーからクライアントへ:
wire-flying = 移動中
wire-lost = 消失
wire-again = 再送
wire-speed = 速さ
link-title = 回線
link-rtt = 往復時間
link-loss = 消失率
link-seed = シード
link-die = サイコロを振る（別のシードで最初から始めます）
segment-title = セグメント { $frame }、{ $count } オクテット
segment-fields = セグメントのフィールド
segment-octets = オクテット { $from } から { $to }
checksum-right = 正しい
checksum-wrong = 誤り。正しくは { $right }

## サーバーのログ

server-log-title = サーバーのログ
server-log-empty = まだ何もありません。ログイン、ログインの失敗、セッションの終わりが記録されます。
log-logged-in = 本人であることが確かめられました
log-login-failed = 管理者には理由が分かりますが、クライアントにはすべては知らされません
log-quit = QUIT で終わりました。印の付いたメールは削除されました
log-client-closed = QUIT なしで閉じられました。何も削除されていません
log-lost = 接続が切れました。何も削除されていません
log-idle = 長い間何も届きませんでした。何も削除されていません
log-too-many-failures = パスワードの誤りが続きました

## 読み上げ：一歩ごとに一文

tell-client-line = クライアントの行: { $line }
tell-server-line = サーバーの応答: { $line }
tell-body-line = 応答の続き: { $line }
tell-body-ends = ドットだけの行で応答が終わりました。
tell-client-sends = クライアントがセグメントを送りました: { $segment }
tell-server-sends = サーバーがセグメントを送りました: { $segment }
tell-client-sends-in-vain = クライアントの送ったセグメントは失われました: { $segment }
tell-server-sends-in-vain = サーバーの送ったセグメントは失われました: { $segment }
tell-server-gets = サーバーに届きました: { $segment }
tell-client-gets = クライアントに届きました: { $segment }
tell-session-begins = セッションが { $phase } で始まりました。

## セグメントのフィールド

field-ipv4-header = IPv4 ヘッダー
field-version-and-header-length = バージョンとヘッダー長
field-version = バージョン
field-header-length = ヘッダー長
field-differentiated-services = 差別化サービス
field-dscp = DSCP
field-ecn = ECN
field-total-length = 全長
field-identification = 識別子
field-flags-and-fragment-offset = フラグとフラグメント位置
field-reserved-flag = 予約
field-dont-fragment = フラグメント禁止
field-more-fragments = 後続フラグメントあり
field-fragment-offset = フラグメント位置
field-time-to-live = 生存時間（TTL）
field-protocol = プロトコル
field-header-checksum = ヘッダーのチェックサム
field-source = 送信元アドレス
field-destination = 宛先アドレス
field-ipv4-options = IPv4 オプション
field-tcp-header = TCP ヘッダー
field-source-port = 送信元ポート
field-destination-port = 宛先ポート
field-sequence-number = シーケンス番号
field-acknowledgement-number = 確認応答番号
field-data-offset-and-flags = データ位置とフラグ
field-data-offset = データ位置
field-reserved = 予約
field-tcp-flags = フラグ
field-window = ウィンドウ
field-tcp-checksum = チェックサム
field-urgent-pointer = 緊急ポインター
field-tcp-options = TCP オプション
field-end-of-options = オプションの終わり
field-no-operation = 何もしない（NOP）
field-maximum-segment-size-option = 最大セグメント長オプション
field-window-scale-option = ウィンドウスケールオプション
field-sack-permitted-option = SACK 許可
field-sack-option = SACK
field-timestamps-option = タイムスタンプオプション
field-other-option = その他のオプション
field-option-kind = 種別
field-option-length = 長さ
field-maximum-segment-size = 最大セグメント長
field-shift-count = シフト数
field-left-edge = 左端
field-right-edge = 右端
field-timestamp-value = タイムスタンプ値
field-timestamp-echo-reply = タイムスタンプの返り
field-option-data = オプションのデータ
field-padding = 詰め物
field-data = データ
field-line = 行
field-line-text = 本文
field-line-end = 行末
field-part-of-line = 行の一部
field-truncated = ここで途切れています
field-unknown = 不明
field-surplus = パケットの終わりの後

## 証明書のフィールド

x509-certificate = 証明書
x509-tbs-certificate = 署名される部分（TBSCertificate）
x509-version = バージョン
x509-version-number = バージョン番号（2 が v3）
x509-serial-number = シリアル番号
x509-signature-algorithm = 署名アルゴリズム
x509-key-algorithm = 鍵のアルゴリズム
x509-algorithm = アルゴリズム
x509-parameters = パラメーター
x509-issuer = 発行者
x509-subject = 主体者
x509-relative-name = 名前の一段
x509-attribute = 名前の要素
x509-attribute-type = 要素の種類
x509-attribute-value = 要素の値
x509-validity = 有効期間
x509-not-before = 開始日時
x509-not-after = 終了日時
x509-public-key-info = 公開鍵とその種類
x509-public-key = 公開鍵
x509-unique-identifier = 固有識別子
x509-extensions = 拡張
x509-extension-list = 拡張の一覧
x509-extension = 拡張の一つ
x509-extension-id = 拡張の種類
x509-critical = 必ず理解すべきか
x509-extension-value = 拡張の値
x509-authority-key-identifier = 発行者の鍵識別子
x509-subject-key-identifier = 主体者の鍵識別子
x509-key-identifier = 鍵識別子
x509-key-usage = 鍵の用途
x509-extended-key-usage = 鍵の用途（拡張）
x509-purpose = 目的
x509-basic-constraints = 基本制約
x509-authority = 証明書を発行できるか
x509-path-length = 下に置ける認証局の数
x509-subject-alt-names = 有効な名前
x509-dns-name = ホスト名
x509-ip-address = IP アドレス
x509-element = その他の要素
x509-signature = 署名
x509-ecdsa-signature = ECDSA の署名
x509-signature-r = 一つ目の数 r
x509-signature-s = 二つ目の数 s
x509-tag = 型
x509-length = 長さ
x509-contents = 中身
x509-unused-bits = 末尾の使わないビット
x509-point-form = 点の書き方（4 は省略なし）
x509-point-x = x 座標
x509-point-y = y 座標
