//! The server's answers in Japanese (RFC 6856 section 3), in UTF-8. Numbers stand where programs look for them.

use super::answer::Answer;
use super::{Kind, Phase, Problem, Refusal, Verb};
use crate::mail::{Missing, OpenError};
use crate::sasl::Flaw;

pub(super) fn answer(answer: Answer) -> String {
    let drop = |messages: usize, octets: u64| format!("{messages} 通（{octets} オクテット）");
    match answer {
        Answer::Capabilities => "使える機能は次のとおりです".into(),
        Answer::NameTaken => "PASS を送ってください".into(),
        Answer::Opened(messages, octets) => {
            format!("メールボックスを開きました。{}", drop(messages, octets))
        }
        Answer::Listing(messages, octets) => format!("{messages} 通（{octets} オクテット）です"),
        Answer::UniqueIds => "ユニーク ID は次のとおりです".into(),
        Answer::Octets(octets) => format!("{octets} オクテットです"),
        Answer::Top(octets, lines) => {
            format!("{octets} オクテットです。ヘッダーと、本文の最初の {lines} 行までです")
        }
        Answer::Marked(number) => format!("{number} 番に印を付けました。QUIT で削除します"),
        Answer::Unmarked(messages, octets) => {
            format!("印をすべて消しました。メールボックスには {}あります", drop(messages, octets))
        }
        Answer::StillHere => "つながっています".into(),
        Answer::Goodbye => "さようなら".into(),
        Answer::Removed(messages) => format!("さようなら。{messages} 通を削除しました"),
        Answer::Utf8 => "これからは、ヘッダーも UTF-8 のまま送ります".into(),
        Answer::LanguageChosen => "これからは日本語でお答えします".into(),
        Answer::Languages => "使える言語は次のとおりです".into(),
    }
}

/// Without the response code.
pub(super) fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Unknown => "知らないコマンドです".into(),
        Refusal::NotNow { verb, phase, .. } => match (verb, phase) {
            (Verb::Pass, Phase::Authorization) => "PASS は USER の直後にだけ送れます".into(),
            (_, Phase::UserGiven) => {
                format!("USER と PASS の間に {verb} は送れません。USER からやり直してください")
            }
            _ => format!("{phase} 状態では {verb} は使えません"),
        },
        Refusal::BadArgument { verb, problem } => format!("{verb}：{}", self::problem(problem)),
        Refusal::LineTooLong { limit } => format!("行の長さは {limit} オクテットまでです"),
        Refusal::NotOffered(verb) => format!("このサーバーでは {verb} は使えません"),
        Refusal::AlreadySecure => "TLS はもう始まっています".into(),
        Refusal::NeedsTls(_) => "平文ではログインできません。先に STLS を送ってください".into(),
        Refusal::NoMessage { number, missing } => match missing {
            Missing::NoSuchMessage => format!("{number} 番のメールはありません"),
            Missing::AlreadyDeleted => format!("{number} 番には削除の印が付いています"),
            Missing::Gone => format!("{number} 番のメールはもうメールボックスにありません"),
        },
        Refusal::Login(error) => open_error(error),
        Refusal::UnknownMechanism => "AUTH：そのメカニズムはありません".into(),
        Refusal::MechanismNotNow => "AUTH：この接続では、そのメカニズムは使えません".into(),
        Refusal::BadResponse(flaw) => format!("AUTH：{}", flawed(*flaw)),
        Refusal::Cancelled => "AUTH：取り消しました".into(),
        Refusal::NotBound => "この TLS 接続に結び付いていません".into(),
        Refusal::RemovalFailed => "印の付いたメールを削除できませんでした".into(),
        Refusal::UnknownLanguage => "その言語では答えられません".into(),
        Refusal::NeedsUtf8 { number } => {
            format!("{number} 番のヘッダーは UTF-8 です。ログインの前に UTF8 を送ってください")
        }
    }
}

fn open_error(error: &OpenError) -> String {
    match error {
        OpenError::BadCredentials | OpenError::LockedOut => "名前かパスワードが違います".into(),
        OpenError::PlaintextNotAllowed => "このメールボックスには、平文ではログインできません".into(),
        OpenError::Locked => "ほかのセッションがこのメールボックスを開いています".into(),
        OpenError::LoginDelay { seconds } => format!("{seconds} 秒たってからどうぞ"),
        OpenError::TemporaryFailure => "メールの保管場所が今は使えません".into(),
        OpenError::PermanentFailure => "メールボックスが壊れています。管理者に知らせてください".into(),
    }
}

fn problem(problem: &Problem) -> &'static str {
    match problem {
        Problem::Missing(Kind::MessageNumber) => "メールの番号がありません",
        Problem::Missing(Kind::LineCount) => "行数がありません",
        Problem::Missing(Kind::Name) => "名前がありません",
        Problem::Missing(Kind::Secret) => "パスワードがありません",
        Problem::Missing(Kind::Digest) => "ダイジェストがありません",
        Problem::Missing(Kind::Mechanism) => "メカニズムの名前がありません",
        Problem::Missing(Kind::Response) => "空のレスポンスは = と書きます",
        Problem::Missing(Kind::Language) => "言語がありません",
        Problem::Surplus => "引数が多すぎます",
        Problem::NotANumber => "十進数ではありません",
        Problem::Zero => "メールの番号は 1 からです",
        Problem::TooLarge => "数が大きすぎます",
        Problem::NotADigest => "ダイジェストは小文字の十六進数 32 桁です",
        Problem::Octet { .. } => {
            "使えるのは印字できる ASCII 文字だけです。名前とパスワードには UTF-8 も使えます"
        }
    }
}

fn flawed(flaw: Flaw) -> &'static str {
    match flaw {
        Flaw::NotBase64 => "Base64 ではありません",
        Flaw::NotUtf8 => "UTF-8 ではありません",
        Flaw::Prohibited => "名前とパスワードに使えない文字があります",
        Flaw::Empty => "名前かパスワードかトークンが空です",
        Flaw::Parts => "このメカニズムの形ではありません",
        Flaw::Escape => "= の使い方が違います",
        Flaw::Extension => "知らない拡張です",
        Flaw::Nonce => "ナンスが違います",
        Flaw::Proof => "ダイジェストや証明がありません",
        Flaw::Header => "チャネルの結び付けを示すヘッダーがありません",
        Flaw::TooEarly => "このメカニズムはサーバーから始めます",
        Flaw::Surplus => "もう何も要りません",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pop3::language::Language;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn numbers_stand_where_programs_look_for_them() {
        for said in [Answer::Octets(42), Answer::Top(42, 1), Answer::Listing(42, 1)] {
            for language in Language::ALL {
                assert!(said.text(language).starts_with("42 "), "{said:?}");
            }
        }
    }
}
