//! A mail server for one test: speaks SMTP on loopback, keeps what it takes, and behaves badly on
//! demand.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What it does with a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    Takes,
    /// Answers this code to the recipient.
    Refuses(u16),
    /// Answers this code to its greeting's EHLO: nobody gets in.
    Closed(u16),
    /// Takes the whole letter and never says so.
    HangsAfterData,
    /// Cuts the connection in the middle of the letter.
    Drops,
    /// Takes so long for each answer.
    Slow(Duration),
}

/// The server; its thread ends with the test's process.
pub struct SmtpServer {
    pub address: SocketAddr,
    manner: Arc<Mutex<Manner>>,
    letters: Arc<Mutex<Vec<String>>>,
    connections: Arc<AtomicUsize>,
}

impl SmtpServer {
    pub fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let server = Self { address, manner: Arc::new(Mutex::new(manner)), letters: Arc::default(), connections: Arc::default() };
        let (manner, letters, connections) = (Arc::clone(&server.manner), Arc::clone(&server.letters), Arc::clone(&server.connections));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                connections.fetch_add(1, Ordering::SeqCst);
                let (manner, letters) = (Arc::clone(&manner), Arc::clone(&letters));
                std::thread::spawn(move || drop(talk(stream, &manner, &letters)));
            }
        });
        server
    }
    /// From now on.
    pub fn behave(&self, manner: Manner) {
        *self.manner.lock().expect("no panic") = manner;
    }
    /// The letters taken, as they came.
    pub fn letters(&self) -> Vec<String> {
        self.letters.lock().expect("no panic").clone()
    }
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

fn talk(stream: TcpStream, manner: &Mutex<Manner>, letters: &Mutex<Vec<String>>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let mut out = stream;
    let now = || *manner.lock().expect("no panic");
    let mut say = |text: &str| {
        if let Manner::Slow(pause) = now() {
            std::thread::sleep(pause);
        }
        out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\r\n"))
    };
    say("220 mail.test ESMTP")?;
    while let Some(line) = lines.next() {
        let line = line?.to_ascii_uppercase();
        match (line.split([' ', ':']).next().unwrap_or_default(), now()) {
            ("EHLO", Manner::Closed(code)) => say(&format!("{code} not today"))?,
            ("EHLO", _) => say("250-mail.test\r\n250 8BITMIME")?,
            ("RCPT", Manner::Refuses(code)) => say(&format!("{code} 5.1.1 no such mailbox"))?,
            ("DATA", manner) => {
                say("354 go on")?;
                let mut letter = String::new();
                for line in lines.by_ref() {
                    let line = line?;
                    if line == "." {
                        break;
                    }
                    letter.push_str(line.strip_prefix('.').unwrap_or(&line));
                    letter.push('\n');
                    if manner == Manner::Drops {
                        return Ok(());
                    }
                }
                letters.lock().expect("no panic").push(letter);
                if manner == Manner::HangsAfterData {
                    std::thread::sleep(Duration::from_secs(60));
                    return Ok(());
                }
                say("250 taken")?;
            }
            ("QUIT", _) => return say("221 bye"),
            _ => say("250 ok")?,
        }
    }
    Ok(())
}
