//! The mechanisms, both sides of each, held to the examples of their RFCs and to each other. What is expected
//! stands in `tests/conformance/auth_vectors.json`.

#[path = "sasl/exchanges.rs"]
mod exchanges;
#[path = "sasl/hostile.rs"]
mod hostile;
#[path = "sasl/people.rs"]
mod people;
#[path = "sasl/vectors.rs"]
mod vectors;
