//! From the server's first request to its last: it runs, it lets what runs come to its end, it ends what still runs.

use tokio::sync::watch;

/// How far a server's life is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Running,
    Draining,
    Ending,
}

/// A server's life.
pub(super) struct Life(watch::Sender<Stage>);

impl Default for Life {
    fn default() -> Self {
        Self(watch::Sender::new(Stage::Running))
    }
}

impl Life {
    /// Nothing new is taken on.
    pub(super) fn drain(&self) {
        self.0.send_replace(Stage::Draining);
    }
    /// What still runs is cancelled.
    pub(super) fn end(&self) {
        self.0.send_replace(Stage::Ending);
    }
    /// Whether nothing new is taken on.
    pub(super) fn drains(&self) -> bool {
        *self.0.borrow() != Stage::Running
    }
    /// Ends once nothing new is taken on.
    pub(super) fn draining(&self) -> impl Future<Output = ()> + Send + use<> {
        self.reaches(Stage::Draining)
    }
    /// Ends once what still runs is cancelled.
    pub(super) fn ending(&self) -> impl Future<Output = ()> + Send + use<> {
        self.reaches(Stage::Ending)
    }

    fn reaches(&self, stage: Stage) -> impl Future<Output = ()> + Send + use<> {
        let mut stages = self.0.subscribe();
        async move {
            if stages.wait_for(|now| *now >= stage).await.is_err() {
                // Whoever could have told is gone, and the server with them.
                std::future::pending::<()>().await;
            }
        }
    }
}
