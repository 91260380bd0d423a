//! The one binary; everything it does is in the library.

/// A page is some thousand small strings, made on one thread and freed on another.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    std::process::exit(comptoir::cli::run());
}
