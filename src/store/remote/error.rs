//! What can go wrong between the store and the service that it is on. Addresses are told, what opens them never is.

/// An error of a remote store's service, or of the way to it.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RemoteError {
    /// The settings cannot be used.
    #[error(
        "`{address}` is no address of a service: {message}\nhint: it looks like `http://localhost:7878/query`; docs/scaling.md has those of each engine"
    )]
    Address {
        /// The address.
        address: String,
        /// What is wrong with it.
        message: String,
    },
    /// Nobody answers there.
    #[error(
        "the store at `{address}` cannot be reached: {message}\nhint: see that the service runs, and that `store` is its address for queries"
    )]
    Unreachable {
        /// The address.
        address: String,
        /// What happened.
        message: String,
    },
    /// The service says nothing for longer than is waited.
    #[error(
        "the store at `{address}` has not answered for {seconds} s\nhint: allow more with `store-timeout` in `flg.toml` or `FLG_STORE_TIMEOUT`"
    )]
    Late {
        /// The address.
        address: String,
        /// How long was waited.
        seconds: f64,
    },
    /// The service wants to know who asks, or lets others in.
    #[error("the store at `{address}` answers {status}\nhint: {hint}")]
    Forbidden {
        /// The address.
        address: String,
        /// The status, with its name.
        status: String,
        /// What can be done.
        hint: &'static str,
    },
    /// The service is elsewhere.
    #[error("the store at `{address}` has moved: it answers {status}\nhint: set the address that it names, `{place}`")]
    Moved {
        /// The address.
        address: String,
        /// The status, with its name.
        status: String,
        /// The address that it names.
        place: String,
    },
    /// The service refuses or fails.
    #[error("the store at `{address}` answers {status}: {text}\nhint: {hint}")]
    Refused {
        /// The address.
        address: String,
        /// The status, with its name.
        status: String,
        /// What it says, in part.
        text: String,
        /// What can be done.
        hint: &'static str,
    },
    /// What answers is no SPARQL service.
    #[error(
        "the store at `{address}` answers with `{kind}`, which is no result of SPARQL\nhint: `store` is the address that takes queries; docs/scaling.md has that of each engine"
    )]
    NotSparql {
        /// The address.
        address: String,
        /// The media type of the answer.
        kind: String,
    },
    /// The answer is not all of it.
    #[error("the answer of the store at `{address}` is not whole: {message}\nhint: {hint}")]
    Partial {
        /// The address.
        address: String,
        /// What shows that.
        message: String,
        /// What can be done.
        hint: &'static str,
    },
    /// A change was sent, and whether it was made cannot be told.
    #[error(
        "the store at `{address}` broke off while it was changing something: {message}\nhint: see whether the change was made before you make it again"
    )]
    Unknown {
        /// The address.
        address: String,
        /// What happened.
        message: String,
    },
    /// What was sent is not what is there.
    #[error(
        "the store at `{address}` took {sent} statements and holds {held} of them\nhint: nothing was replaced; do it again, which goes on where it ended"
    )]
    Incomplete {
        /// The address.
        address: String,
        /// How many were sent.
        sent: usize,
        /// How many are there.
        held: usize,
    },
}

impl RemoteError {
    /// The same, of a change that the service may have made all the same.
    pub(super) fn unsure(self) -> Self {
        match self {
            Self::Unreachable { address, message } => Self::Unknown { address, message },
            Self::Late { address, seconds } => Self::Unknown { address, message: format!("no answer for {seconds} s") },
            other => other,
        }
    }
}
