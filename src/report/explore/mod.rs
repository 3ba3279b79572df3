//! The profile of a table in words, and in a terminal.

mod column_facts;
mod column_text;
mod layout;
mod level_text;
mod profile_text;
mod table_facts;

pub use column_facts::{all_unique, description, distinct_values};
pub use column_text::column_text;
pub use level_text::level_text;
pub use profile_text::profile_text;
pub use table_facts::table_facts;
