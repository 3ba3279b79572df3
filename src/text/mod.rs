//! Numbers, lists and values formatted for people.

mod list;
mod number;
mod truncate;

pub use list::{and_list, first_and_more, in_backticks};
pub use number::{number, percent, quantity, thousands};
pub use truncate::truncate;
