//! `burgee user …`: accounts, from the command line.

use std::io::{self, BufRead};

use burgee_store::{StoreError, sessions, users};
use chrono::Utc;

use super::{Outcome, block_on, open, say, until_noticed};
use crate::{auth::password, cli::UserCreateArgs, config::StoreSettings};

/// `burgee user create NAME`
pub(crate) fn create(arguments: &UserCreateArgs) -> Outcome {
    let UserCreateArgs { name, password_stdin, admin, store } = arguments.clone();
    let chosen = if password_stdin { Some(read_password()?) } else { None };
    block_on(async {
        let store = open(&store).await?;
        let hash = match chosen {
            Some(chosen) => password::hash(chosen).await?,
            None => password::NONE.to_owned(),
        };
        let account = name.clone();
        store
            .write(async move |conn| users::create(conn, &account, &hash, admin, Utc::now()).await)
            .await
            .map_err(|error: StoreError| error.to_string())?;
        until_noticed().await;
        say(&format!("there is an account called {name} now"));
        Ok(())
    })
}

/// `burgee user list`
pub(crate) fn list(settings: &StoreSettings) -> Outcome {
    block_on(async {
        let store = open(settings).await?;
        let found = store.read(async |conn| users::list(conn).await).await;
        for user in found.map_err(|error: StoreError| error.to_string())? {
            let kind = if user.is_admin { "administrator" } else { "member" };
            say(&format!("{}\t{}\t{kind}", user.id, user.username));
        }
        Ok(())
    })
}

/// The first line of standard input, which must do as a password.
fn read_password() -> Result<String, String> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(|error| format!("the password cannot be read: {error}"))?;
    let chosen = line.trim_end_matches(['\r', '\n']).to_owned();
    password::check_strength(&chosen).map_err(|error| format!("the password {error}"))?;
    Ok(chosen)
}

/// `burgee user set-password NAME`: reads the password from standard input.
pub(crate) fn set_password(settings: &StoreSettings, name: &str) -> Outcome {
    let chosen = read_password()?;
    block_on(async {
        let store = open(settings).await?;
        let hash = password::hash(chosen).await?;
        let account = name.to_owned();
        let changed = store
            .write(async move |conn| {
                let Some(user) = users::find(conn, &account).await? else { return Ok(false) };
                sessions::delete_of_user(conn, user.id).await?;
                users::set_password_hash(conn, user.id, &hash).await
            })
            .await
            .map_err(|error: StoreError| error.to_string())?;
        if !changed {
            return Err(format!("there is no account called {name}"));
        }
        until_noticed().await;
        say(&format!("the password of {name} is set, and its sign-ins have ended"));
        Ok(())
    })
}
