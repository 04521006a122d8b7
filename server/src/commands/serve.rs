//! `burgee serve`: opens the store, makes the first account possible, listens, and stops cleanly.

use std::{net::SocketAddr, sync::Arc};

use tokio::net::TcpListener;

use super::{Outcome, block_on, open, say};
use crate::{
    assets,
    config::{Settings, public_url::PublicUrl},
    first_start::{self, Welcome},
    ops::{logging, shutdown},
    router,
    serve::{self, Front},
    state::App,
};

pub(crate) fn run(settings: Settings) -> Outcome {
    logging::start(&settings.log, settings.log_format)?;
    block_on(async {
        let app = App::new(open(&settings.store).await?, settings);
        let listener = listen(app.settings.listen).await?;
        serve(app, listener).await
    })
}

/// Binds the address, or says who might have it.
pub(crate) async fn listen(address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address)
        .await
        .map_err(|error| format!("cannot listen on {address}: {error}; choose another with --listen or BURGEE_LISTEN"))
}

/// The address that is printed: the configured one, else where it listens.
pub(crate) fn public_url(settings: &Settings, listener: &TcpListener) -> Result<PublicUrl, String> {
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    Ok(settings.public_url.clone().unwrap_or_else(|| PublicUrl::of_host("http", &address.to_string())))
}

/// Serves until the process is asked to stop.
pub(crate) async fn serve(app: App, listener: TcpListener) -> Outcome {
    let public = public_url(&app.settings, &listener)?;
    if !assets::are_built() {
        tracing::warn!("this binary was built without the site's assets: pages have no style; run `make site` first");
    }
    let welcome = first_start::prepare(&app).await?;
    let base = public.base_path().to_owned();
    let stop = shutdown::listen().map_err(|error| format!("cannot listen for signals: {error}"))?;
    greet(&public, &app, &welcome);

    let front = Front::new(app.clone(), router::router(app.clone()), base);
    serve::serve(Arc::new(front), listener, stop).await;
    app.store.write_token_uses().await.map_err(|error| format!("the use of tokens could not be written: {error}"))
}

/// What somebody who has just typed `make run` wants to know.
fn greet(public: &PublicUrl, app: &App, welcome: &Welcome) {
    say(&format!("\nBurgee {} on {}", env!("CARGO_PKG_VERSION"), app.store.engine()));
    say(&format!("  Open      {public}/"));
    match &welcome.setup_token {
        Some(token) => say(&format!(
            "  Set up    {}   (makes the first account; works once)",
            public.url(&format!("/setup/{token}"))
        )),
        None => say(&format!("  Sign in   {}", public.url("/sign-in"))),
    }
    if let Some(token) = &welcome.starter_token {
        say(&format!("  Report    {}", first_start::curl(public, token, " ")));
    }
    say("");
}
