//! Writes sample customers. On SQLite the database is this process's alone, so it may give up
//! what only matters when the power fails or others read meanwhile; all of it is set back at the
//! end.

use super::super::rows::{self, Account, CustomerTag, Document, Member, Organisation, Partner, Rank, Tag, User};
use super::super::world::random::Random;
use super::make::{self, Batch, Owner, TAGS, UNTIL};
use crate::access::Scope;
use crate::clock::DAY;
use crate::db::ids::{PartnerId, TagId, UserId};
use crate::db::search::{Bulk, Doc};
use crate::db::{Conn, DbResult};
#[cfg(feature = "postgres")]
use crate::db::{dialect, search};
use crate::domain::{AccountType, Cloud, PartnerStatus, fold::fold};
use crate::error;
use crate::features::customers::{index, model::Customer};
use anyhow::Result;
use diesel::connection::SimpleConnection;
use std::fmt;
use std::sync::mpsc::{Receiver, Sender, SyncSender};

/// Customers a transaction.
const TRANSACTION: usize = 50_000;
/// Customers handed from the thread that makes them to the one that writes them.
const HANDED: usize = 2_000;

/// Rows written so far.
#[derive(Debug, Default)]
pub struct Count {
    /// Partner accounts, their users and memberships.
    pub fixed: u64,
    pub customers: u64,
    pub tags: u64,
    pub customer_tags: u64,
    pub index: u64,
}

impl Count {
    /// Of all tables together; an organisation is there for each customer account.
    pub fn rows(&self) -> u64 {
        self.fixed + 2 * self.customers + self.tags + self.customer_tags + self.index
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Counted: {} organisation, {} customer_account, {} customer_rank and customer_search, {} tag, {} customer_tag, \
             {} partner_account, app_user and membership.",
            self.customers, self.customers, self.index, self.tags, self.customer_tags, self.fixed
        )
    }
}

/// Creates the partner accounts, each with one user; their ids in order.
pub fn partners(conn: &mut Conn, seed: u64, partners: u64, first: i64, password: Option<&str>) -> error::Result<Vec<PartnerId>> {
    let created_at = UNTIL.plus(-731 * DAY);
    let (mut accounts, mut users, mut members) = (Vec::new(), Vec::new(), Vec::new());
    for place in 0..partners {
        let slug = make::slug(seed, place + 1);
        let owner = owner(&Batch { seed, partner: place + 1, customers: 0 });
        accounts.push(Partner {
            id: owner.partner,
            number: first + place as i64,
            name: format!("Sample {seed}-{}", place + 1),
            account_type: AccountType::Direct,
            status: PartnerStatus::Active,
            cloud: Cloud::Worldwide,
            country: "FR".into(),
            domain: format!("{slug}.example"),
            slug: slug.clone(),
            created_at,
        });
        users.push(User {
            id: owner.user,
            email: format!("admin@{slug}.example"),
            name: format!("Admin {}", place + 1),
            password_hash: password.map(str::to_owned),
            language: "en".into(),
            time_zone: "UTC".into(),
            operator: false,
            status: "active",
            created_at,
        });
        let roles = "global_admin admin_agent sales_agent".into();
        members.push(Member { partner_id: owner.partner, user_id: owner.user, roles, status: "active", created_at });
    }
    rows::partners(conn, &accounts)?;
    rows::users(conn, &users)?;
    rows::members(conn, &members)?;
    Ok(accounts.into_iter().map(|account| account.id).collect())
}

/// The ids that a partner's rows refer to, from the seed alone.
pub fn owner(batch: &Batch) -> Owner {
    let mut random = Random::new(batch.seed.rotate_left(20) ^ batch.partner, u64::MAX);
    let at = UNTIL.plus(-731 * DAY);
    Owner {
        partner: PartnerId::from_uuid(random.id(at)),
        user: UserId::from_uuid(random.id(at)),
        tags: TAGS.iter().map(|_| TagId::from_uuid(random.id(at))).collect(),
    }
}

/// Customers of one partner account, ready to be written.
pub struct Piece {
    /// The place of the partner account among those being filled.
    place: usize,
    customers: Vec<Customer>,
    tags: Vec<CustomerTag>,
    index: Index,
}

/// What the search index is to know of them.
enum Index {
    Sqlite(Vec<Rank>, Vec<Document>),
    #[cfg(feature = "postgres")]
    Postgres(Vec<Doc>),
}

/// Makes all customers on a thread of its own, a little ahead of the writer; whatever need not be
/// done by the writer is done here, and what it has written is freed here.
pub struct Maker<'a> {
    pub scopes: &'a [Scope],
    pub batches: &'a [Batch],
    #[cfg_attr(not(feature = "postgres"), allow(dead_code))]
    pub sqlite: bool,
}

impl Maker<'_> {
    /// Sends every piece and takes back the used ones.
    pub fn run(&self, out: &SyncSender<Piece>, used: &Receiver<Piece>) {
        for (place, (batch, scope)) in self.batches.iter().zip(self.scopes).enumerate() {
            let owner = owner(batch);
            let mut bulk = Bulk::new(scope, batch.customers as i64);
            let mut places = make::places(batch).into_iter().peekable();
            while places.peek().is_some() {
                let made = places.by_ref().take(HANDED).map(|next| make::customer(batch, &owner, next)).collect();
                // The writer has failed and says so itself.
                if out.send(self.piece(place, made, &mut bulk)).is_err() {
                    return;
                }
                used.try_iter().for_each(drop);
            }
        }
    }

    fn piece(&self, place: usize, made: Vec<(Customer, Vec<CustomerTag>)>, bulk: &mut Bulk) -> Piece {
        let (mut customers, mut tags, mut docs) = (Vec::with_capacity(HANDED), Vec::new(), Vec::with_capacity(HANDED));
        for (customer, labels) in made {
            let names: Vec<String> = labels.iter().map(|label| label.tag_id.to_string()).collect();
            docs.push(index::doc(&customer, &names));
            customers.push(customer);
            tags.extend(labels);
        }
        #[cfg(feature = "postgres")]
        if !self.sqlite {
            return Piece { place, customers, tags, index: Index::Postgres(docs) };
        }
        let partner_id = self.scopes[place].id();
        let rank = |customer: &Customer| Rank { rank: bulk.rank(), partner_id, customer_id: customer.id };
        let ranks: Vec<Rank> = customers.iter().map(rank).collect();
        let document = |(rank, doc): (&Rank, &Doc)| {
            let (doc, facets) = Bulk::texts(doc);
            Document { rowid: rank.rank, doc, facets }
        };
        let documents = ranks.iter().zip(&docs).map(document).collect();
        Piece { place, customers, tags, index: Index::Sqlite(ranks, documents) }
    }
}

fn tags(owner: &Owner) -> Vec<Tag> {
    let one = |((name, id), colour): ((&&str, &TagId), i64)| Tag {
        partner_id: owner.partner,
        id: *id,
        name: (*name).to_owned(),
        name_folded: fold(name),
        colour,
        created_at: UNTIL.plus(-731 * DAY),
    };
    TAGS.iter().zip(&owner.tags).zip(0..).map(one).collect()
}

/// The connection that writes.
pub struct Loader {
    conn: Conn,
    /// Customers in the transaction that is open; `None` where none is.
    open: Option<usize>,
}

impl Loader {
    /// A connection without the walls of served requests: every row here carries its partner's id
    /// by construction, and triggers cost time.
    #[cfg_attr(not(feature = "postgres"), allow(irrefutable_let_patterns))]
    pub fn open(url: &str) -> Result<Self> {
        // Pieces of the index are merged once, at the end. Their size (`hashsize`) stays: more than
        // its mebibyte does not fit the processor's cache, and every word then waits for memory.
        let mut conn = super::super::serve::connect(url)?;
        if let Conn::Sqlite(sqlite) = &mut conn {
            sqlite.batch_execute(
                "pragma synchronous=off; pragma secure_delete=off; pragma cache_size=-400000; pragma wal_autocheckpoint=50000; \
                 pragma foreign_keys=off;",
            )?;
            Bulk::begin(sqlite)?;
        }
        Ok(Self { conn, open: None })
    }

    /// Is this the database whose search index has ranks?
    pub fn is_sqlite(&self) -> bool {
        matches!(self.conn, Conn::Sqlite(_))
    }

    /// Writes what a [`Maker`] makes and gives it back.
    pub fn write(
        &mut self,
        maker: &Maker<'_>,
        pieces: &Receiver<Piece>,
        used: &Sender<Piece>,
        mut tell: impl FnMut(&Count),
    ) -> Result<Count> {
        let mut count = Count { fixed: 3 * maker.scopes.len() as u64, ..Count::default() };
        let mut current = None;
        for piece in pieces {
            let scope = &maker.scopes[piece.place];
            if current != Some(piece.place) {
                // On PostgreSQL a transaction belongs to one partner.
                if !self.is_sqlite() {
                    self.commit()?;
                }
                self.begin(scope)?;
                count.tags += rows::tags(&mut self.conn, &tags(&owner(&maker.batches[piece.place])))?;
                current = Some(piece.place);
            }
            self.begin(scope)?;
            self.piece(scope, &piece, &mut count)?;
            self.open = self.open.map(|there| there + piece.customers.len());
            if self.open.is_some_and(|there| there >= TRANSACTION) {
                self.commit()?;
                tell(&count);
            }
            // The maker may have ended.
            let _ = used.send(piece);
        }
        self.commit()?;
        Ok(count)
    }

    /// Where it writes.
    pub fn conn(&mut self) -> &mut Conn {
        &mut self.conn
    }

    fn piece(&mut self, scope: &Scope, piece: &Piece, count: &mut Count) -> DbResult<()> {
        let organisations: Vec<_> = piece.customers.iter().map(|one| Organisation::of(one, scope.cloud())).collect();
        rows::organisations(&mut self.conn, &organisations)?;
        let accounts: Vec<_> = piece.customers.iter().map(|one| Account::of(one, scope.id(), scope.cloud())).collect();
        count.customers += rows::accounts(&mut self.conn, &accounts)?;
        count.customer_tags += rows::customer_tags(&mut self.conn, &piece.tags)?;
        match (&mut self.conn, &piece.index) {
            (Conn::Sqlite(sqlite), Index::Sqlite(ranks, documents)) => count.index += rows::search(sqlite, ranks, documents)?,
            #[cfg(feature = "postgres")]
            (conn, Index::Postgres(docs)) => {
                for (customer, doc) in piece.customers.iter().zip(docs) {
                    search::put(conn, scope, customer.id, &customer.name_key, &mut |_, _| Ok(doc.clone()))?;
                    count.index += 1;
                }
            }
            #[cfg(feature = "postgres")]
            _ => {}
        }
        Ok(())
    }

    #[cfg_attr(not(feature = "postgres"), allow(unused_variables))]
    pub fn begin(&mut self, scope: &Scope) -> DbResult<()> {
        if self.open.is_some() {
            return Ok(());
        }
        match &mut self.conn {
            Conn::Sqlite(sqlite) => sqlite.batch_execute("begin immediate")?,
            #[cfg(feature = "postgres")]
            conn @ Conn::Postgres(_) => dialect::begin(conn, false, Some(scope.id()), &mut None)?,
        }
        self.open = Some(0);
        Ok(())
    }

    pub fn commit(&mut self) -> DbResult<()> {
        if self.open.take().is_some() {
            self.conn.batch_execute("commit")?;
        }
        Ok(())
    }

    /// Merges the search index if wanted.
    pub fn finish(mut self, optimize: bool) -> Result<()> {
        match &mut self.conn {
            Conn::Sqlite(sqlite) if optimize => Bulk::merge(sqlite)?,
            Conn::Sqlite(_) => {}
            // Its autovacuum looks after the statistics; the server's role may not.
            #[cfg(feature = "postgres")]
            Conn::Postgres(_) => {}
        }
        Ok(())
    }
}

/// Sets everything back, also after a failure.
impl Drop for Loader {
    fn drop(&mut self) {
        if self.open.take().is_some() {
            let _ = self.conn.batch_execute("rollback");
        }
        match &mut self.conn {
            Conn::Sqlite(sqlite) => {
                let _ = Bulk::end(sqlite);
                let _ = sqlite.batch_execute("pragma synchronous=full; pragma wal_checkpoint(truncate);");
            }
            #[cfg(feature = "postgres")]
            Conn::Postgres(_) => {}
        }
    }
}
