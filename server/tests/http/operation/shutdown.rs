//! `SIGTERM`: requests under way are finished, and nothing else keeps the server.

use std::time::{Duration, Instant};

use crate::support::{Setup, Wire, on_both_engines};

on_both_engines! {
    fn request_under_way_is_finished_and_idle_connections_are_closed(setup: Setup) {
        let server = setup.start();
        let token = server.token().to_owned();
        let mut silent = Wire::open(&server);
        let mut idle = Wire::open(&server);
        idle.request("GET", "/healthz", "");
        let head = idle.head();
        idle.body(&head);
        let mut reporting = Wire::open(&server);
        let body = r#"{"project": "web", "status": "succeeded"}"#;
        reporting.send(&format!(
            "POST /api/burgee/v1/runs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Length: {}\r\n\
             Expect: 100-continue\r\n\r\n",
            body.len(),
        ));
        assert_eq!(reporting.head().status, 100, "its head has arrived");
        server.terminate();
        assert_eq!((silent.rest(), idle.rest()), (vec![], vec![]), "nothing is sent on idle connections");
        assert!(std::net::TcpStream::connect(server.address()).is_err(), "and none is taken");
        reporting.send(body);
        let head = reporting.head();
        assert_eq!((head.status, head.header("connection")), (201, Some("close")), "{head:?}");
        reporting.body(&head);
        let begun = Instant::now();
        assert_eq!(server.wait().code(), Some(0));
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    }
}
