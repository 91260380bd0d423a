//! A browser without a screen: cookies, forms, redirects followed only when asked.

use scraper::{Html, Selector};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

pub struct Client {
    base: String,
    pub cookies: RefCell<BTreeMap<String, String>>,
    /// More headers for each request.
    pub headers: RefCell<Vec<(String, String)>>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
    pub fn location(&self) -> &str {
        self.header("location").unwrap_or_default()
    }
    pub fn html(&self) -> Html {
        Html::parse_document(&self.text())
    }
    /// The texts of all elements that a selector finds, white space folded.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).expect("a selector");
        self.html()
            .select(&selector)
            .map(|element| element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" "))
            .collect()
    }
    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let selector = Selector::parse(selector).expect("a selector");
        self.html().select(&selector).next().and_then(|element| element.attr(name).map(str::to_owned))
    }
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let selector = Selector::parse(selector).expect("a selector");
        self.html().select(&selector).filter_map(|element| element.attr(name).map(str::to_owned)).collect()
    }
    pub fn h1(&self) -> String {
        self.texts("h1").into_iter().next().unwrap_or_default()
    }
    /// The messages at the fields that did not hold, as the summary lists them.
    pub fn errors(&self) -> Vec<String> {
        self.texts(".error-summary li")
    }
}

impl Client {
    pub fn new(base: &str) -> Self {
        Self { base: base.to_owned(), cookies: RefCell::default(), headers: RefCell::default() }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path, None)
    }

    /// Follows redirects, as a browser would.
    pub fn visit(&self, path: &str) -> Answer {
        let mut answer = self.get(path);
        for _ in 0..5 {
            if answer.status != 303 {
                break;
            }
            let next = answer.location().to_owned();
            answer = self.get(&next);
        }
        answer
    }

    /// Posts fields as they are, nothing added.
    pub fn post_raw(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.request("POST", path, Some(("application/x-www-form-urlencoded", encode(fields).into_bytes())))
    }

    /// Posts with the form token of this session.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token();
        let mut all = vec![("_token", token.as_str())];
        all.extend_from_slice(fields);
        self.post_raw(path, &all)
    }

    /// Posts a form of one file, with the name and the type that the client gives it.
    pub fn upload(&self, path: &str, token: &str, name: &str, kind: &str, file: &[u8]) -> Answer {
        let boundary = "----part-of-a-form";
        let mut body =
            format!("--{boundary}\r\ncontent-disposition: form-data; name=\"_token\"\r\n\r\n{token}\r\n--{boundary}\r\n").into_bytes();
        let head = format!("content-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: {kind}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(file);
        body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        self.request("POST", path, Some((&format!("multipart/form-data; boundary={boundary}"), body)))
    }

    /// The token that this browser's forms carry.
    pub fn token(&self) -> String {
        let page = self.visit("/sign-in");
        page.attribute("input[name=_token]", "value").expect("a form with a token")
    }

    pub fn sign_in(&self, email: &str, password: &str) -> Answer {
        self.post("/sign-in", &[("email", email), ("password", password)])
    }

    fn request(&self, method: &str, path: &str, body: Option<(&str, Vec<u8>)>) -> Answer {
        let address = self.base.trim_start_matches("http://").to_owned();
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
        let cookies: Vec<String> = self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            head += &format!("cookie: {}\r\n", cookies.join("; "));
        }
        for (name, value) in self.headers.borrow().iter() {
            head += &format!("{name}: {value}\r\n");
        }
        if let Some((kind, body)) = &body {
            head += &format!("content-type: {kind}\r\ncontent-length: {}\r\n", body.len());
        }
        head += "\r\n";
        let mut bytes = head.into_bytes();
        bytes.extend(body.map(|(_, body)| body).unwrap_or_default());
        let answer = exchange(&address, &bytes);
        for (_, value) in answer.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie")) {
            let pair = value.split(';').next().unwrap_or_default();
            if let Some((name, content)) = pair.split_once('=') {
                let gone = content.is_empty() || value.to_lowercase().contains("max-age=0");
                let mut jar = self.cookies.borrow_mut();
                if gone {
                    jar.remove(name)
                } else {
                    jar.insert(name.to_owned(), content.to_owned())
                };
            }
        }
        answer
    }
}

/// Sends bytes as they are and reads the answer to its end.
pub fn exchange(address: &str, bytes: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time-out");
    // The server may close before it has read a body that is too large.
    let _ = stream.write_all(bytes);
    let mut raw = Vec::new();
    let _ = stream.read_to_end(&mut raw);
    parse(&raw)
}

pub fn parse(raw: &[u8]) -> Answer {
    let split = raw.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(raw.len());
    let head = String::from_utf8_lossy(&raw[..split]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok()).unwrap_or(0);
    let headers: Vec<(String, String)> =
        lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let body = raw.get(split + 4..).unwrap_or_default();
    let chunked = headers.iter().any(|(name, value)| name.eq_ignore_ascii_case("transfer-encoding") && value.contains("chunked"));
    Answer { status, headers, body: if chunked { dechunk(body) } else { body.to_vec() } }
}

fn dechunk(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = body.windows(2).position(|window| window == b"\r\n") {
        let size = std::str::from_utf8(&body[..end]).ok().and_then(|text| usize::from_str_radix(text.trim(), 16).ok()).unwrap_or(0);
        if size == 0 || body.len() < end + 2 + size {
            break;
        }
        whole.extend_from_slice(&body[end + 2..end + 2 + size]);
        body = body.get(end + 4 + size..).unwrap_or_default();
    }
    whole
}

pub fn encode(fields: &[(&str, &str)]) -> String {
    fields.iter().map(|(name, value)| format!("{}={}", quote(name), quote(value))).collect::<Vec<_>>().join("&")
}

pub fn quote(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) { (byte as char).to_string() } else { format!("%{byte:02X}") }
            },
        )
        .collect()
}
