//! The tab *Release*: which release is in an environment, in the addresses of Octopus Deploy's badges.

use burgee_domain::{
    badge::Badge,
    release_badge::{Address, Format, LabelSource, NO_DEPLOYMENT, Names, Options, Shown, draw},
    snippet::{self, Picture, Snippet},
    url_text::encode_query,
};
use serde::{Deserialize, Serialize};

use super::{
    Legend,
    drawn::{Drawn, Home, Kind, list, parameter},
    fields::Choice,
};

/// What badges of one environment and tenant show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Latest {
    /// The environment's [`Choice::id`].
    pub environment: String,
    /// The tenant's [`Choice::id`]; `None` for untenanted deployments.
    pub tenant: Option<String>,
    /// The latest run that is no failure.
    pub without_failures: Option<Shown>,
    /// The latest run, however it ended.
    pub with_failures: Option<Shown>,
}

/// What is chosen: the badge's environment, and its options.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReleaseChosen {
    /// The environment's [`Choice::id`].
    pub environment: String,
    /// Label, style, failures, tenant.
    pub options: Options,
}

impl ReleaseChosen {
    /// The query string that brings the builder back to this choice.
    #[must_use]
    pub fn query(&self) -> String {
        let options = self.options.query().replacen('?', "&", 1);
        format!("?environment={}{options}", encode_query(&self.environment))
    }
}

/// What is known for the tab.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseData {
    /// The project, which snippets link to.
    pub home: Home,
    /// The space, as badge URLs name it.
    pub space: String,
    /// The project, as badge URLs name it.
    pub project: String,
    /// The project's title.
    pub project_title: String,
    /// The environments, in the order in which they are offered. Without any there is nothing to build.
    pub environments: Vec<Choice>,
    /// The tenants.
    pub tenants: Vec<Choice>,
    /// What has been deployed; pairs of environment and tenant without any deployment may be left out.
    pub latest: Vec<Latest>,
    /// What is chosen at first. Fill it with [`ReleaseData::choose`].
    pub chosen: ReleaseChosen,
}

impl ReleaseData {
    /// Takes over what the query string says: `environment`, and the options of a badge URL. What cannot be
    /// taken falls back to the default and is told in the sentences that come back.
    pub fn choose<K: AsRef<str>, V: AsRef<str>>(&mut self, pairs: &[(K, V)]) -> Vec<String> {
        let mut notices = Vec::new();
        let options = Options::parse(pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())));
        let mut options = options.unwrap_or_else(|error| {
            notices.push(format!(
                "The address asked for something that a badge cannot be ({error}). These are the defaults."
            ));
            Options::default()
        });
        if let Some(tenant) = options.tenant.take() {
            options.tenant =
                self.tenants.iter().find(|known| known.id.eq_ignore_ascii_case(&tenant)).map(|known| known.id.clone());
            if options.tenant.is_none() {
                notices.push(format!("There is no tenant \"{tenant}\" here."));
                if options.label == LabelSource::Tenant {
                    options.label = LabelSource::default();
                }
            }
        }
        let asked = parameter(pairs, "environment");
        let known = asked.and_then(|asked| self.environments.iter().find(|known| known.id.eq_ignore_ascii_case(asked)));
        if let (Some(asked), None) = (asked, known) {
            notices.push(format!("There is no environment \"{asked}\" here."));
        }
        let environment = known.or(self.environments.first()).map(|choice| choice.id.clone()).unwrap_or_default();
        self.chosen = ReleaseChosen { environment, options };
        notices
    }

    /// What the badge would show.
    pub(crate) fn shown(&self, chosen: &ReleaseChosen) -> Option<&Shown> {
        let latest = self
            .latest
            .iter()
            .find(|latest| latest.environment == chosen.environment && latest.tenant == chosen.options.tenant)?;
        if chosen.options.include_failed { latest.with_failures.as_ref() } else { latest.without_failures.as_ref() }
    }

    /// The badge: the same as the server's answer to [`ReleaseData::picture`]'s URL.
    #[must_use]
    pub fn badge(&self, chosen: &ReleaseChosen) -> Badge {
        let name = |choices: &[Choice], id: &str| {
            choices.iter().find(|choice| choice.id == id).map(|choice| choice.name.clone())
        };
        let names = Names {
            environment: name(&self.environments, &chosen.environment).unwrap_or_default(),
            project: self.project_title.clone(),
            tenant: chosen.options.tenant.as_deref().and_then(|id| name(&self.tenants, id)),
        };
        draw(&chosen.options, &names, self.shown(chosen))
    }

    /// The badge's URLs and words, from which snippets are made.
    #[must_use]
    pub fn picture(&self, chosen: &ReleaseChosen) -> Picture {
        let url = |format| self.badge_url(chosen, format);
        Picture {
            image_url: url(Format::Svg),
            link_url: Some(self.home.page()),
            endpoint_url: Some(url(Format::Json)),
            alt: self.badge(chosen).label().to_owned(),
        }
    }

    /// The texts to paste: the usual three, then the others.
    #[must_use]
    pub fn snippets(&self, chosen: &ReleaseChosen) -> Vec<Snippet> {
        let mut snippets = snippet::all(&self.picture(chosen));
        let text = self.badge_url(chosen, Format::Png);
        snippets.push(Snippet { id: "png".to_owned(), name: "PNG image".to_owned(), text });
        snippets
    }

    fn badge_url(&self, chosen: &ReleaseChosen, format: Format) -> String {
        let address = Address {
            space: self.space.clone(),
            project: self.project.clone(),
            environment: chosen.environment.clone(),
        };
        self.home.url(&address.path(format, &chosen.options))
    }
}

impl Kind for ReleaseData {
    type Chosen = ReleaseChosen;
    const NAME: &'static str = "release";

    fn chosen(&self) -> &ReleaseChosen {
        &self.chosen
    }

    fn draw(&self, chosen: &ReleaseChosen) -> Drawn {
        Drawn {
            badge: Some(self.badge(chosen)),
            status: format!("Status: {}", self.shown(chosen).map_or(NO_DEPLOYMENT, |shown| shown.status.words())),
            snippets: self.snippets(chosen),
            query: chosen.query(),
            list: list(&self.picture(chosen)),
        }
    }

    fn legend(&self) -> Legend {
        &[
            ("ok", "succeeded"),
            ("bad", "failed, canceled, timed out"),
            ("busy", "in progress"),
            ("none", "no deployment"),
        ]
    }
}
