//! The two databases that Burgee runs on.

/// Which database a test is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

/// Makes `name::sqlite` and `name::postgres` of a test that takes a server, or a [`super::Setup`] to start one from.
macro_rules! on_both_engines {
    () => {};
    (fn $name:ident($server:ident: &TestServer) $body:block $($rest:tt)*) => {
        on_both_engines! { @test $name, |$server: &TestServer| $body, |setup| &setup.start() }
        on_both_engines! { $($rest)* }
    };
    (fn $name:ident($setup:ident: Setup) $body:block $($rest:tt)*) => {
        on_both_engines! { @test $name, |$setup: Setup| $body, |setup| setup }
        on_both_engines! { $($rest)* }
    };
    (@test $name:ident, |$argument:ident: $kind:ty| $body:block, |$setup:ident| $made:expr) => {
        fn $name($argument: $kind) $body

        mod $name {
            #[test]
            fn sqlite() {
                let $setup = crate::support::Setup::on(crate::support::Engine::Sqlite);
                super::$name($made);
            }

            #[test]
            fn postgres() {
                let $setup = crate::support::Setup::on(crate::support::Engine::Postgres);
                super::$name($made);
            }
        }
    };
}
pub(crate) use on_both_engines;
