//! From [`Options`] to a server that accepts connections. Everything is opened before anybody is let in.

use crate::capture::Capture;
use crate::feature::Terms;
use crate::fixtures::Fixtures;
use crate::folder::{self, Folder};
use crate::identity::{self, Identity};
use crate::listen::{self, Door};
use crate::log::Log;
use crate::options::{Mail, Options};
use crate::post::Post;
use crate::server::Server;
use crate::{chance, control, students, wire};
use pop3lab::mail::{Account, AccountPolicy, Lockout};
use pop3lab::pop3::Config;
use pop3lab::recording::write::Head;
use pop3lab::sasl::Access;
use pop3lab::tls::ServerTls;
use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

/// A server that accepts connections.
pub struct Running {
    /// What its connections share.
    pub server: Arc<Server>,
    /// Each thread that accepts, and where it does.
    pub doors: Vec<(SocketAddr, JoinHandle<()>)>,
    /// Kept open for its lock: one program at a time writes in a folder of mail.
    _lock: Option<fs::File>,
}

/// What names are closed after, where others than this machine can connect.
const LOCKOUT: Lockout = Lockout { guesses: 10, span: Duration::from_secs(60) };

/// Begins to serve, or says in a sentence why it cannot.
pub fn start(options: &Options) -> Result<Running, String> {
    let public = options.is_public();
    let well_known = matches!(options.mail, Mail::Demonstration | Mail::Fixtures(_));
    if public && well_known && !options.insist {
        return Err("everybody knows these passwords, and others than this machine could connect; give \
                    --mail or --students, or --insist."
            .into());
    }
    let log = Arc::new(Log::new(options.quiet));
    let mail = Holdings::open(&options.mail, &options.host)?;
    let terms = Terms::new(config(options, public), mail.fixtures.accounts).apply(&options.features)?;
    let identity = identity(options, &terms)?;
    let authority = identity.as_ref().and_then(Identity::fingerprint);
    let tls = identity.map(|identity| identity.tls.ready()).transpose();
    let tls = tls.map_err(|failure| format!("TLS cannot begin with these certificates: {failure}."))?;

    let seed = chance::number();
    let capture = options.capture.as_ref().map(|path| {
        let head = Head {
            config: &terms.config,
            date: wire::date() as i64,
            salts: seed,
            versions: terms.versions,
            asks: options.client_ca.is_some(),
            fault: terms.fault,
        };
        Capture::begin(path, &head, Arc::clone(&log))
    });
    let capture = capture.transpose()?;

    let mut listeners: Vec<(Door, TcpListener)> = Vec::new();
    for address in &options.plain {
        listeners.push((Door::Plain, listen::bind(address)?));
    }
    for address in &options.tls {
        if tls.is_none() {
            return Err(format!("--tls {address} and --with no-tls exclude each other."));
        }
        listeners.push((Door::Tls, listen::bind(address)?));
    }
    if let Some(address) = &options.control {
        listeners.push((Door::Control, control::bind(address)?));
    }
    for (door, listener) in &listeners {
        listen::announce(*door, listener)?;
    }
    if let Mail::Students(_) = options.mail {
        let doors = doors(&listeners, terms.config.stls);
        print!("{}", students::sheet(&terms.accounts, &options.host, &doors, authority.as_deref()));
    }
    if let Some(authority) = authority {
        log.event(&format!("the authority of this run: {authority}"));
    }

    let post = Post::new(&terms, mail.fixtures.maildrops, mail.folders, seed, Arc::clone(&log));
    let server = Arc::new(Server::new(terms.config, tls, post, options.connections, log, capture));
    let mut doors = Vec::new();
    for (door, listener) in listeners {
        let address = listener.local_addr().map_err(|error| format!("a listener was lost: {error}."))?;
        doors.push((address, listen::accept(&server, door, listener)?));
    }
    Ok(Running { server, doors, _lock: mail.lock })
}

/// How sessions behave before any feature is switched on.
fn config(options: &Options, public: bool) -> Config {
    let failure_delay = Duration::from_secs(public.into());
    Config {
        host: options.host.clone(),
        stls: true,
        idle_limit: options.idle,
        secret: chance::octets(),
        failure_delay: options.failure_delay.unwrap_or(failure_delay),
        lockout: public.then_some(LOCKOUT),
        ..Config::default()
    }
}

/// Certificate and key, if there is to be TLS.
fn identity(options: &Options, terms: &Terms) -> Result<Option<Identity>, String> {
    let Some(versions) = terms.versions else { return Ok(None) };
    let client_roots = match &options.client_ca {
        Some(path) => identity::certificates(path)?,
        None if terms.client_certificates => {
            return Err(
                "--with client-cert needs --client-ca FILE: the authority that vouches for clients.".into()
            );
        }
        None => vec![],
    };
    let identity = match &options.identity {
        Some((certificate, key)) => Identity::read(certificate, key)?,
        None => Identity::made(&options.host),
    };
    if let (Some(path), Some(pem)) = (&options.ca_out, identity.authority_pem()) {
        fs::write(path, pem).map_err(|error| format!("cannot write {path}: {error}."))?;
    }
    let tls = ServerTls { versions, client_roots, ..identity.tls };
    Ok(Some(Identity { tls, ..identity }))
}

/// Where students connect to, and how that is called in their programs.
fn doors(listeners: &[(Door, TcpListener)], stls: bool) -> Vec<(&'static str, SocketAddr)> {
    let how = |door| match door {
        Door::Tls => Some("SSL/TLS"),
        Door::Plain if stls => Some("STARTTLS, or no encryption"),
        Door::Plain => Some("no encryption"),
        Door::Control => None,
    };
    let door = |(door, listener): &(Door, TcpListener)| Some((how(*door)?, listener.local_addr().ok()?));
    listeners.iter().filter_map(door).collect()
}

/// Accounts and mail from where the options say.
struct Holdings {
    fixtures: Fixtures,
    folders: Vec<(String, Folder)>,
    lock: Option<fs::File>,
}

impl Holdings {
    fn open(mail: &Mail, host: &str) -> Result<Holdings, String> {
        let plain = |fixtures| Holdings { fixtures, folders: vec![], lock: None };
        match mail {
            Mail::Demonstration => Ok(plain(Fixtures::demonstration())),
            Mail::Fixtures(path) => Fixtures::read(path).map(plain),
            Mail::Students(count) => {
                let demonstration = Fixtures::demonstration();
                let like = demonstration.accounts.get("alice").ok_or("the demonstration has no alice.")?;
                let accounts = students::accounts(*count, like);
                Ok(plain(Fixtures { accounts, maildrops: demonstration.maildrops }))
            }
            Mail::Folder { path, write } => {
                let root = Path::new(path);
                let users = folder::users(root)?;
                let lock = write.then(|| lock(root)).transpose()?;
                let account = |(name, password): &(String, String)| Account {
                    name: name.clone(),
                    password: password.clone(),
                    messages: vec![],
                    policy: AccountPolicy::default(),
                    // Certificates name people by their mail addresses.
                    access: Access { certificate: Some(format!("{name}@{host}")), ..Access::default() },
                };
                let accounts = users.iter().map(|user| (user.0.clone(), account(user))).collect();
                let folders = users.iter().map(|(name, _)| (name.clone(), Folder::new(root, name, *write)));
                let fixtures = Fixtures { accounts, maildrops: Default::default() };
                Ok(Holdings { fixtures, folders: folders.collect(), lock })
            }
        }
    }
}

/// Keeps a second program from writing in the same folder.
fn lock(root: &Path) -> Result<fs::File, String> {
    let path = root.join(".lock");
    let file =
        fs::File::create(&path).map_err(|error| format!("cannot write in {}: {error}.", root.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(_) => Err(format!("another serve writes in {}: stop that one first.", root.display())),
    }
}
