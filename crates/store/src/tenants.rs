//! Tenants: for whom runs run.

crate::place::place_queries! {
    table: tenants, row: Tenant, what: "tenant", octopus: "Tenants", alias: tenant
}
