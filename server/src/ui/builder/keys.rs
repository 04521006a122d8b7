//! Keys that badges' addresses may carry: which can be used for a project, and whether a text is one of them.

use burgee_app::pages::badge_builder::{Key, KeyCard, KeyKind};
use burgee_domain::scope::Scope;
use burgee_store::{
    Conn, StoreError,
    projects::Project,
    reports::{self, Target},
    tokens::{self, Token},
};
use chrono::{DateTime, Utc};

use crate::{auth::secret, ui::badges::PUBLIC_KEY};

/// Why a text cannot stand in an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfit {
    /// No token has it, or none that works still.
    Unknown,
    /// The token may do more than show badges.
    Powerful,
    /// The token shows badges of another kind, or of other projects.
    Elsewhere,
}

impl Unfit {
    fn sentence(self, kind: KeyKind) -> String {
        let word = match kind {
            KeyKind::CiBadges => "key",
            KeyKind::BadgesRead => "token",
        };
        match self {
            Self::Unknown => format!("This {word} does not exist, or is no longer valid."),
            Self::Powerful => {
                format!("This {word} may do more than read badges: never put it into a README. It is in no text here.")
            }
            Self::Elsewhere => format!("This {word} does not open these badges: it is for other badges or projects."),
        }
    }
}

/// What is shown of keys; `given` is the text of the one that the badge shall carry.
pub(super) async fn card(
    conn: &mut Conn,
    project: &Project,
    kind: KeyKind,
    given: Option<&str>,
) -> Result<KeyCard, StoreError> {
    let target = reports::target_of(conn, project).await?;
    let now = Utc::now();
    let mut usable = tokens::list(conn, None).await?;
    usable.retain(|token| fitness(token, kind, &target, now).is_ok());
    let public = tokens::find(conn, &secret::hash(PUBLIC_KEY)).await?.map(|token| token.id);
    let given = given.map(str::trim).filter(|given| !given.is_empty());
    let (used, error) = match given {
        Some(given) => match check(conn, project, kind, given).await? {
            Ok(token) => (Some((token.id, given.to_owned())), None),
            Err(unfit) => (None, Some(unfit.sentence(kind))),
        },
        // What everybody knows need not be typed.
        None if kind == KeyKind::CiBadges => {
            let found = usable.iter().find(|token| Some(token.id) == public);
            (found.map(|token| (token.id, PUBLIC_KEY.to_owned())), None)
        }
        None => (None, None),
    };
    let used_id = used.as_ref().map(|(id, _)| *id);
    let known = usable.into_iter().map(|token| Key {
        // One that was chosen by hand is kept as it is; of others only the ends are.
        value: (token.hint.is_empty() && !token.prefix.is_empty()).then(|| token.prefix.clone()),
        is_used: Some(token.id) == used_id,
        hint: token.shown(),
        name: token.name,
    });
    Ok(KeyCard { kind, known: known.collect(), used: used.map(|(_, text)| text), error })
}

/// The token with this text, if addresses of the project's badges may carry it.
pub(super) async fn check(
    conn: &mut Conn,
    project: &Project,
    kind: KeyKind,
    text: &str,
) -> Result<Result<Token, Unfit>, StoreError> {
    let Some(token) = tokens::find(conn, &secret::hash(text)).await? else { return Ok(Err(Unfit::Unknown)) };
    let target = reports::target_of(conn, project).await?;
    Ok(fitness(&token, kind, &target, Utc::now()).map(|()| token))
}

fn fitness(token: &Token, kind: KeyKind, target: &Target, now: DateTime<Utc>) -> Result<(), Unfit> {
    let needed = match kind {
        KeyKind::CiBadges => Scope::CiBadges,
        KeyKind::BadgesRead => Scope::BadgesRead,
    };
    if !token.only_shows_badges() {
        return Err(Unfit::Powerful);
    }
    if !token.is_alive(now) {
        return Err(Unfit::Unknown);
    }
    if !token.may(needed) || !token.covers(target) {
        return Err(Unfit::Elsewhere);
    }
    Ok(())
}
