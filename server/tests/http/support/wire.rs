//! A connection whose every byte counts.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::Duration,
};

use super::TestServer;

/// A kept-alive connection.
pub(crate) struct Wire(BufReader<TcpStream>);

/// The head of an answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) status: u16,
    /// Sorted; names in lower case.
    pub(crate) headers: Vec<(String, String)>,
}

impl Head {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// Without what is new each time, and without how the body is framed, which may be left out where there is none.
    pub(crate) fn lasting(mut self) -> Self {
        self.headers
            .retain(|(name, _)| !["date", "content-security-policy", "transfer-encoding"].contains(&name.as_str()));
        self
    }
}

impl Wire {
    pub(crate) fn open(server: &TestServer) -> Self {
        let stream = TcpStream::connect(server.address()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        Self(BufReader::new(stream))
    }

    /// Sends exactly this.
    pub(crate) fn send(&mut self, text: &str) {
        self.0.get_mut().write_all(text.as_bytes()).unwrap();
    }

    /// Sends a request without a body; `headers` are lines that end in `\r\n`.
    pub(crate) fn request(&mut self, method: &str, target: &str, headers: &str) {
        self.send(&format!("{method} {target} HTTP/1.1\r\nHost: burgee.test\r\n{headers}\r\n"));
    }

    /// Reads a head, which must begin here.
    #[track_caller]
    pub(crate) fn head(&mut self) -> Head {
        let status = self.line();
        let code =
            status.strip_prefix("HTTP/1.1 ").unwrap_or_else(|| panic!("not the beginning of a head: {status:?}"));
        let status = code[..3].parse().unwrap();
        let mut headers = Vec::new();
        loop {
            let line = self.line();
            let Some((name, value)) = line.split_once(':') else {
                headers.sort();
                return Head { status, headers };
            };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }

    /// Reads the body that a head announces.
    #[track_caller]
    pub(crate) fn body(&mut self, head: &Head) -> Vec<u8> {
        if head.header("transfer-encoding") == Some("chunked") {
            let mut body = Vec::new();
            loop {
                let size = usize::from_str_radix(&self.line(), 16).unwrap();
                body.extend(self.exactly(size));
                assert_eq!(self.line(), "");
                if size == 0 {
                    return body;
                }
            }
        }
        let length = head.header("content-length").map_or(0, |length| length.parse().unwrap());
        self.exactly(length)
    }

    /// What comes until the server hangs up.
    pub(crate) fn rest(&mut self) -> Vec<u8> {
        let mut rest = Vec::new();
        self.0.read_to_end(&mut rest).unwrap();
        rest
    }

    fn exactly(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.0.read_exact(&mut bytes).unwrap();
        bytes
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        line.trim_end_matches(['\r', '\n']).to_owned()
    }
}
