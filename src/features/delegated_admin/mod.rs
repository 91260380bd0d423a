pub mod acts {
    use crate::{
        access::Scope,
        db::{Conn, ids::*},
        domain::relationship::delegated_admin::DirectoryRole,
        error::Result,
    };
    pub struct Grant {
        pub customer: CustomerId,
        pub invitation: InvitationId,
        pub name: String,
        pub roles: Vec<DirectoryRole>,
        pub duration_days: i64,
        pub auto_extend: bool,
        pub approved_by: String,
    }
    pub fn grant(_: &Scope, _: &mut Conn, _: &Grant) -> Result<()> {
        Ok(())
    }
}
