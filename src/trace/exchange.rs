//! An exchange of AUTH as the client knows it: its lines, and nothing of what they mean.

use super::Side;
use std::sync::Arc;

/// The lines of an exchange, as far as it has gone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exchange {
    /// Which line of the connection AUTH was, from 0: no two exchanges of a connection have the same.
    pub began: u32,
    /// AUTH, challenges and responses in order, without line ends.
    pub lines: Vec<(Side, Arc<[u8]>)>,
}

impl Exchange {
    /// An exchange of which AUTH has just been sent.
    pub fn new(began: u32, auth: &Arc<[u8]>) -> Exchange {
        Exchange { began, lines: vec![(Side::Client, Arc::clone(auth))] }
    }
}
