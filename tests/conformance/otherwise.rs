//! The requirements that no vector covers: what shows each instead, or why nothing does. Facts are functions of
//! tests, or transcripts (`== name` in `tests/transcripts`).

/// What stands in for a vector.
pub enum Instead {
    /// These facts are tested.
    Facts(&'static [&'static str]),
    /// Nothing is, and this is why.
    Because(&'static str),
}

use Instead::{Because, Facts};

/// Each requirement without a vector.
pub const OTHERWISE: &[(&str, Instead)] = &[
    ("POP-1939-18", Facts(&["a_number_that_is_too_large_never_comes_round_to_a_small_one"])),
    ("POP-1939-27", Facts(&["top_stuffs_dots_as_retr_does"])),
    ("POP-1939-32", Facts(&["a_wrong_password_leaves_the_session_in_authorization"])),
    (
        "POP-1939-41",
        Facts(&["quit_after_a_failed_login_works", "too_many_failed_logins_close_the_connection"]),
    ),
    ("POP-1939-54", Facts(&["list_names_every_message_with_its_size"])),
    ("POP-1939-59", Facts(&["messages_are_retrieved_in_any_order_and_again"])),
    ("POP-1939-60", Facts(&["a_marked_message_cannot_be_referred_to"])),
    ("POP-1939-61", Facts(&["a_number_past_the_last_message_names_nothing"])),
    ("POP-1939-63", Facts(&["a_message_is_marked_once"])),
    ("POP-1939-85", Facts(&["top_sends_the_header_the_blank_line_and_so_many_lines"])),
    ("POP-1939-86", Facts(&["top_of_more_lines_than_there_are_sends_the_whole_message_once"])),
    (
        "POP-1939-90",
        Facts(&["a_marked_message_cannot_be_referred_to", "a_number_past_the_last_message_names_nothing"]),
    ),
    ("POP-1939-92", Facts(&["retrieving_marks_nothing"])),
    ("POP-1939-102", Facts(&["an_empty_maildrop_lists_nothing_and_is_fine"])),
    ("POP-1939-107", Facts(&["the_right_digest_opens_the_maildrop", "apop_is_as_rfc_1939_has_it"])),
    ("POP-1939-112", Facts(&["apop_after_user_is_refused_and_the_name_forgotten"])),
    (
        "POP-1939-115",
        Facts(&[
            "silence_of_ten_minutes_ends_the_session_without_a_word",
            "silence_ends_a_session_in_authorization_too",
        ]),
    ),
    (
        "POP-1939-121",
        Facts(&[
            "where_mail_does_not_stay_quit_removes_what_retr_fetched",
            "without_a_quit_what_was_fetched_stays",
        ]),
    ),
    (
        "POP-1939-125",
        Because(
            "The server takes every connection of its world. A port on which nobody listens refuses by TCP.",
        ),
    ),
    ("POP-2195-06", Facts(&["a_star_cancels_and_login_works_afterwards"])),
    (
        "POP-2195-07",
        Because(
            "An account may forbid the password in the clear, or its secret need not be kept, which rules out CRAM-MD5; the demonstration allows both, so that they can be compared.",
        ),
    ),
    ("POP-2384-01", Because("Nothing here reads a POP URL: the page's addresses hold scripts and settings.")),
    ("POP-2384-02", Because("Nothing here reads a POP URL.")),
    ("POP-2384-03", Because("Nothing here reads a POP URL.")),
    (
        "POP-2449-15",
        Facts(&[
            "where_mail_does_not_stay_quit_removes_what_retr_fetched",
            "without_a_quit_what_was_fetched_stays",
        ]),
    ),
    ("POP-2449-18", Facts(&["a_pipeline_after_a_failed_login_is_judged_in_authorization"])),
    (
        "POP-2449-23",
        Because(
            "The mail program looks for STLS in any case and skips what it does not know; it acts on no response code, and a person reads them.",
        ),
    ),
    ("POP-2595-14", Facts(&["where_stls_is_not_offered_it_is_refused"])),
    ("POP-2595-18", Facts(&["what_was_learnt_before_tls_is_forgotten_and_what_came_behind_stls_is_for_tls"])),
    ("POP-2595-19", Facts(&["each_program_comes_to_this_at_each_door"])),
    (
        "POP-5034-24",
        Because("Rule INV-1 of the harness: every challenge of every vector is read as base64 (`audit.rs`)."),
    ),
    (
        "POP-5034-29",
        Because("There is no GSSAPI and no DIGEST-MD5 here, hence neither a principal nor a security layer."),
    ),
    (
        "POP-5802-03",
        Facts(&["scram_is_as_rfc_5802_and_rfc_7677_have_it_on_both_sides", "nothing_fresh_comes_twice"]),
    ),
    ("POP-5802-12", Facts(&["names_travel_escaped_and_extensions_are_passed_over"])),
    ("POP-5802-20", Facts(&["capa_names_the_mechanisms_before_and_after_login"])),
    ("POP-6186-01", Because("There is no DNS in a world: the client is given its server.")),
    ("POP-6186-02", Because("There is no DNS in a world.")),
    ("POP-6856-14", Facts(&["an_unknown_language_leaves_the_one_before"])),
    ("POP-6856-15", Facts(&["capa_works_before_login", "capa_works_after_login_and_says_the_same"])),
    ("POP-6856-16", Facts(&["a_language_is_chosen_by_a_range"])),
    (
        "POP-6856-17",
        Facts(&[
            "names_and_passwords_may_be_utf_8_and_look_alikes_are_the_same_name",
            "apop_is_as_rfc_1939_has_it",
        ]),
    ),
    ("POP-7677-02", Facts(&["scram_ends_with_an_empty_line"])),
    ("POP-7817-01", Facts(&["names_are_matched_as_a_verifier_matches_them"])),
    (
        "POP-7817-02",
        Because(
            "DNS-IDs are matched; without RFC 6186 there is no SRV-ID to look for, and URI-IDs are never read.",
        ),
    ),
    ("POP-7817-03", Facts(&["a_star_stands_for_one_whole_label"])),
    ("POP-7817-04", Because("The common name is never looked at (RFC 9525 section 2).")),
    ("POP-8314-11", Because("There is no DNS in a world.")),
    ("POP-9266-02", Facts(&["scram_is_bound_to_the_tls_connection_on_both_roads_to_it"])),
    (
        "POP-9266-04",
        Because(
            "Only tls-exporter is offered: with TLS 1.2 the extended master secret is always negotiated, and tls-unique adds nothing to learn.",
        ),
    ),
    (
        "POP-SEC-01",
        Facts(&["guessing_takes_longer_each_time_and_ends", "a_name_is_closed_after_too_many_guesses"]),
    ),
    (
        "POP-SEC-06",
        Facts(&[
            "a_line_without_end_takes_no_more_memory_than_the_limit",
            "silence_ends_a_session_in_authorization_too",
        ]),
    ),
    ("POP-SEC-09", Facts(&["nobody_can_tell_an_unknown_name_from_a_wrong_password"])),
    (
        "POP-SEC-10",
        Facts(&[
            "after_stls_authorization_begins_anew_without_a_greeting_and_without_stls",
            "what_came_behind_stls_in_the_clear_is_thrown_away_and_counted",
        ]),
    ),
    ("POP-XOAUTH2-03", Facts(&["no_message_that_was_cut_short_or_has_another_octet_lets_anybody_in"])),
];
