//! The network between Burgee and PostgreSQL, which a test can cut or freeze.

use std::{
    io::{ErrorKind, Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU8, Ordering},
    },
    thread,
    time::Duration,
};

use url::Url;

const OPEN: u8 = 0;
const CUT: u8 = 1;
const FROZEN: u8 = 2;

/// Passes connections on to a PostgreSQL server.
pub(crate) struct Network {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    mode: AtomicU8,
    streams: Mutex<Vec<TcpStream>>,
}

impl Network {
    /// Passes connections on to the server that `url` names.
    pub(super) fn to(url: &str) -> Self {
        let url: Url = url.parse().unwrap();
        let server = (url.host_str().unwrap().to_owned(), url.port().unwrap_or(5432));
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared { mode: AtomicU8::new(OPEN), streams: Mutex::default() });
        let accepting = Arc::clone(&shared);
        // Ends with the test's process.
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if accepting.mode.load(Ordering::SeqCst) != CUT
                    && let Ok(server) = TcpStream::connect(&server)
                {
                    accepting.join(&client, &server);
                    accepting.join(&server, &client);
                }
            }
        });
        Self { address, shared }
    }

    /// The same URL, through this network.
    pub(super) fn through(&self, url: &str) -> String {
        let mut url: Url = url.parse().unwrap();
        url.set_ip_host(self.address.ip()).unwrap();
        url.set_port(Some(self.address.port())).unwrap();
        url.into()
    }

    /// Closes all connections, and takes no new ones.
    pub(crate) fn cut(&self) {
        self.shared.mode.store(CUT, Ordering::SeqCst);
        for stream in self.shared.streams.lock().unwrap().drain(..) {
            // It may be closed already.
            let _closed = stream.shutdown(Shutdown::Both);
        }
    }

    /// Holds everything back that is sent, without closing anything.
    pub(crate) fn freeze(&self) {
        self.shared.mode.store(FROZEN, Ordering::SeqCst);
    }

    /// Works again.
    pub(crate) fn restore(&self) {
        self.shared.mode.store(OPEN, Ordering::SeqCst);
    }
}

impl Shared {
    fn join(self: &Arc<Self>, from: &TcpStream, to: &TcpStream) {
        let (from, to, shared) = (from.try_clone().unwrap(), to.try_clone().unwrap(), Arc::clone(self));
        self.streams.lock().unwrap().push(from.try_clone().unwrap());
        thread::spawn(move || shared.pass_on(from, to));
    }

    fn pass_on(&self, mut from: TcpStream, mut to: TcpStream) {
        let mut buffer = vec![0; 16 * 1024];
        loop {
            let length = match from.read(&mut buffer) {
                Ok(0) => break,
                Ok(length) => length,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(_) => break,
            };
            while self.mode.load(Ordering::SeqCst) == FROZEN {
                thread::sleep(Duration::from_millis(5));
            }
            if to.write_all(&buffer[..length]).is_err() {
                break;
            }
        }
        let (_read, _written) = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
    }
}
