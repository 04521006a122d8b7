//! `burgee user …`: accounts, from the command line.

use std::io::{self, BufRead};

use burgee_store::{sessions, users};

use super::{Outcome, block_on, open, say};
use crate::{auth::password, config::StoreSettings};

/// `burgee user set-password NAME`: reads the password from standard input.
pub(crate) fn set_password(settings: &StoreSettings, name: &str) -> Outcome {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(|error| format!("the password cannot be read: {error}"))?;
    let chosen = line.trim_end_matches(['\r', '\n']).to_owned();
    password::check_strength(&chosen).map_err(|error| format!("the password {error}"))?;
    block_on(async {
        let store = open(settings).await?;
        let hash = password::hash(chosen).await?;
        let account = name.to_owned();
        let changed = store
            .write(move |conn| {
                Box::pin(async move {
                    let Some(user) = users::find(conn, &account).await? else { return Ok(false) };
                    sessions::delete_of_user(conn, user.id).await?;
                    users::set_password_hash(conn, user.id, &hash).await
                })
            })
            .await
            .map_err(|error: burgee_store::StoreError| error.to_string())?;
        if !changed {
            return Err(format!("there is no account called {name}"));
        }
        say(&format!("the password of {name} is set, and its sign-ins have ended"));
        Ok(())
    })
}
