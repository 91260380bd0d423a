//! The one binary; everything it does is in the library.

fn main() {
    std::process::exit(comptoir::cli::run());
}
