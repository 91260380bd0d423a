//! Addresses of pages elsewhere, as people give them and as links may lead to them: `http`
//! and `https` alone, of a named host, without a user in it.

use super::email::{Email, read_domain};
use super::rule::{Rule, text_value, tidy, unprintable};
use std::str::FromStr;

/// Longest address, in characters.
pub const MAX: usize = 300;

/// An address of the web. Without a scheme it is taken for `https`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WebAddress(String);

text_value!(WebAddress);

impl FromStr for WebAddress {
    type Err = Rule;

    fn from_str(input: &str) -> Result<Self, Rule> {
        let input = tidy(input);
        if input.is_empty() {
            return Err(Rule::Required);
        }
        if input.chars().count() > MAX {
            return Err(Rule::TooLong { max: MAX });
        }
        let (scheme, rest) = split(&input)?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let (host, port) = authority.rsplit_once(':').map_or((authority, ""), |(host, port)| (host, port));
        let port_holds = port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit()) && !authority.ends_with(':');
        let host = read_domain(host).map_err(|_| Rule::WebAddress)?;
        let allowed = |c: char| !c.is_whitespace() && !unprintable(c) && !"\"'<>\\^`{|}".contains(c);
        if !port_holds || !path.chars().all(allowed) {
            return Err(Rule::WebAddress);
        }
        let port = if port.is_empty() { String::new() } else { format!(":{port}") };
        Ok(Self(format!("{scheme}://{host}{port}{path}")))
    }
}

/// Scheme and what follows it.
fn split(input: &str) -> Result<(&'static str, &str), Rule> {
    for scheme in ["https", "http"] {
        let start = input.get(..scheme.len() + 3).filter(|start| start.eq_ignore_ascii_case(&format!("{scheme}://")));
        if let Some(start) = start {
            return Ok((scheme, &input[start.len()..]));
        }
    }
    if input.contains("://") { Err(Rule::WebAddress) } else { Ok(("https", input)) }
}

impl WebAddress {
    /// Host and port, in lower case.
    pub fn host(&self) -> &str {
        let rest = self.0.split("://").nth(1).unwrap_or_default();
        rest.split(['/', '?', '#']).next().unwrap_or_default()
    }
    fn path(&self) -> &str {
        let rest = self.0.split("://").nth(1).unwrap_or_default();
        rest.find('/').map_or("", |at| &rest[at..])
    }
    /// A company's page on LinkedIn.
    pub fn linkedin(input: &str) -> Result<Self, Rule> {
        let address: Self = input.parse()?;
        let theirs = address.host() == "linkedin.com" || address.host().ends_with(".linkedin.com");
        let page = ["/company/", "/showcase/", "/school/"]
            .iter()
            .any(|start| address.path().strip_prefix(start).is_some_and(|rest| !rest.is_empty()));
        if theirs && page { Ok(address) } else { Err(Rule::LinkedInPage) }
    }
}

/// Where a link of a text may lead: a full address of the web, or `mailto:`.
pub fn link_target(input: &str) -> Option<String> {
    let has_scheme = |scheme: &str| input.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    if has_scheme("mailto:") {
        let email: Email = input[7..].parse().ok()?;
        return Some(format!("mailto:{email}"));
    }
    if has_scheme("http://") || has_scheme("https://") { input.parse().ok().map(WebAddress::into_string) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(input: &str) -> Result<String, Rule> {
        input.parse().map(WebAddress::into_string)
    }

    #[test]
    fn addresses_of_the_web() {
        for (input, stored) in [
            ("https://contoso.example", "https://contoso.example"),
            (" www.Contoso.example/a?b=c#d ", "https://www.contoso.example/a?b=c#d"),
            ("HTTP://contoso.example:8080/", "http://contoso.example:8080/"),
            ("https://bücher.example/é", "https://xn--bcher-kva.example/é"),
        ] {
            assert_eq!(parse(input), Ok(stored.to_owned()), "{input}");
        }
        assert_eq!(parse(""), Err(Rule::Required));
        for input in [
            "javascript:alert(1)",
            "javascript://contoso.example/%0aalert(1)",
            "data:text/html,x",
            "ftp://contoso.example",
            "https://user@contoso.example",
            "https://user:pass@contoso.example",
            "https://localhost",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://contoso.example/\"onclick=",
            "https://contoso.example/a b",
            "https://contoso.example:/",
            "https:///x",
            "//contoso.example",
        ] {
            assert_eq!(parse(input), Err(Rule::WebAddress), "{input}");
        }
    }

    #[test]
    fn a_companys_page_on_linkedin() {
        let linkedin = |input: &str| WebAddress::linkedin(input).map(WebAddress::into_string);
        assert_eq!(linkedin("fr.linkedin.com/company/contoso"), Ok("https://fr.linkedin.com/company/contoso".to_owned()));
        for input in [
            "https://linkedin.com/in/somebody",
            "https://linkedin.com/company/",
            "https://linkedin.com.evil.example/company/x",
            "https://evillinkedin.com/company/x",
        ] {
            assert_eq!(linkedin(input), Err(Rule::LinkedInPage), "{input}");
        }
    }

    #[test]
    fn links_lead_to_the_web_or_to_an_address() {
        assert_eq!(link_target("mailto:anna@contoso.example").as_deref(), Some("mailto:anna@contoso.example"));
        assert_eq!(link_target("MAILTO:anna@contoso.example?bcc=x@y.example"), None);
        assert_eq!(link_target("contoso.example"), None);
        assert_eq!(link_target("/sign-out"), None);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_an_address_is_of_the_web(input in "\\PC{0,40}|(https?://|javascript:|data:)?[a-z.@:/\"'<> ]{0,20}") {
            if let Ok(address) = parse(&input) {
                prop_assert!(address.starts_with("https://") || address.starts_with("http://"));
                prop_assert!(!address.contains(['"', '<', '>', ' ', '\'']));
                prop_assert_eq!(parse(&address), Ok(address));
            }
        }
    }
}
