//! The public partner directory: what anybody finds, without signing in.

pub mod index;
