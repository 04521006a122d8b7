//! Environments: where runs run.

crate::place::place_queries! {
    table: environments, row: Environment, what: "environment", octopus: "Environments", alias: environment
}
