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
clear = 平文
show-all-lines = すべての行を表示（あと { $count } 行）
show-earlier-lines = これより前の { $count } 行を表示
more-octets = …ほか { $count } オクテット
prompt-label = コマンド
prompt-help = 練習用のアカウントは alice（パスワード wonderland）と erin（パスワード nothing-here）です。本物のパスワードは入力しないでください。
prompt-suggestion = → キーで「{ $line }」を入力できます。練習用のアカウントは alice、パスワードは wonderland です。本物のパスワードは入力しないでください。
prompt-closed = 接続していません。「接続する」で続けられます。
send = 送信
hint-forked = 過去の時点からやり直しました。それより後のできごとは、なかったことになります。
hint-full-width = 全角文字が入っています。POP3 で使えるのは ASCII（半角の英数字と記号）だけです。
send-narrow = 「{ $line }」を送信
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

## タイムライン

timeline-title = タイムライン
timeline-slider = セッションの行
timeline-place = { $lines } 行中 { $line } 行目、{ $time } ms
timeline-past = 過去を見ています。入力すると、ここからやり直しになります。
step-first = 先頭へ
step-back = 戻る
step-forward = 進む
step-last = 最新へ
