//! The one binary; everything it does is in the library.

/// Its `malloc` stands in for the C library's, for Rust and SQLite alike: a page is some thousand
/// small strings. Rust's own allocator comes to it by the shortest way, so none is declared.
use mimalloc as _;

fn main() {
    std::process::exit(comptoir::cli::run());
}
