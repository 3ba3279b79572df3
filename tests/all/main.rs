//! Tests that use the library as others do.

mod submission;
