//! How a profile looks to a visitor: its card among the results, and its page, as the directory
//! shows them.

use crate::access::terms::Terms;
use crate::domain::AccountType;
use crate::domain::profile::Content;
use crate::features::directory::views::{Body, Card, Links};
use crate::web::page::Page;

/// Card and page of one content.
pub struct Preview {
    pub card: Card,
    pub body: Body,
}

impl Preview {
    pub fn of(page: &Page, terms: &Terms, content: &Content, logo: Option<String>, kind: Option<AccountType>) -> Self {
        let links = || Links { logo: logo.clone(), ..Links::default() };
        Self {
            card: Card::of(page, terms, content, links(), None, None, kind),
            body: Body::of(page, terms, content, links(), Body::spots(content, page.lang), None, kind),
        }
    }
}
