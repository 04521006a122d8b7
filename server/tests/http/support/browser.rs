//! As much of a browser as forms need: it keeps the session's cookie.

use super::{Answer, TestServer, call::Call};

/// A visitor.
pub(crate) struct Browser<'a> {
    server: &'a TestServer,
    /// `name=value` of the cookie that was set last.
    cookie: Option<String>,
}

impl<'a> Browser<'a> {
    pub(super) const fn new(server: &'a TestServer) -> Self {
        Self { server, cookie: None }
    }

    /// A request with the cookie, from Burgee's own pages.
    pub(crate) fn call(&self, method: &str, path: &str) -> Call<'a> {
        let call = self.server.call(method, path);
        match &self.cookie {
            Some(cookie) => call.header("Cookie", cookie),
            None => call,
        }
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        let answer = self.call("GET", path).send();
        self.keep(answer)
    }

    /// Sends a form as the page it is on would.
    pub(crate) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let call = self.call("POST", path).form(fields);
        let origin = self.server.url("");
        let answer = call.header("Origin", &origin).header("Sec-Fetch-Site", "same-origin").send();
        self.keep(answer)
    }

    /// `name=value` of the cookie that it has.
    pub(crate) fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    fn keep(&mut self, answer: Answer) -> Answer {
        for cookie in answer.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            let pair = cookie.split(';').next().unwrap();
            self.cookie = (!pair.ends_with('=')).then(|| pair.to_owned());
        }
        answer
    }
}
