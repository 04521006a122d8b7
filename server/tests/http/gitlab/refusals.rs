//! What GitLab's API says when it refuses (`spec/dialects.md` B6), byte for byte.

use crate::support::Answer;

/// A status and the whole body that comes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refusal(pub(super) u16, pub(super) &'static str);

pub(super) const BOTH_MISSING: Refusal = Refusal(400, r#"{"error":"link_url is missing, image_url is missing"}"#);
pub(super) const LINK_MISSING: Refusal = Refusal(400, r#"{"error":"link_url is missing"}"#);
pub(super) const IMAGE_MISSING: Refusal = Refusal(400, r#"{"error":"image_url is missing"}"#);
pub(super) const BADGE_ID_INVALID: Refusal = Refusal(400, r#"{"error":"badge_id is invalid"}"#);
pub(super) const UNAUTHORIZED: Refusal = Refusal(401, r#"{"message":"401 Unauthorized"}"#);
pub(super) const EXPIRED: Refusal = Refusal(
    401,
    r#"{"error":"invalid_token","error_description":"Token is expired. You can either do re-authorization or token refresh."}"#,
);
pub(super) const REVOKED: Refusal = Refusal(
    401,
    r#"{"error":"invalid_token","error_description":"Token was revoked. You have to re-authorize from the user."}"#,
);
pub(super) const SCOPE_TOO_SMALL_TO_CHANGE: Refusal = Refusal(
    403,
    r#"{"error":"insufficient_scope","error_description":"The request requires higher privileges than provided by the access token.","scope":"api"}"#,
);
pub(super) const SCOPE_TOO_SMALL_TO_READ: Refusal = Refusal(
    403,
    r#"{"error":"insufficient_scope","error_description":"The request requires higher privileges than provided by the access token.","scope":"api read_api"}"#,
);
pub(super) const FORBIDDEN: Refusal = Refusal(403, r#"{"message":"403 Forbidden"}"#);
pub(super) const NO_PROJECT: Refusal = Refusal(404, r#"{"message":"404 Project Not Found"}"#);
pub(super) const NO_GROUP: Refusal = Refusal(404, r#"{"message":"404 Group Not Found"}"#);
pub(super) const NO_BADGE: Refusal = Refusal(404, r#"{"message":"404 Not found"}"#);
pub(super) const NO_ROUTE: Refusal = Refusal(404, r#"{"error":"404 Not Found"}"#);
pub(super) const WRONG_METHOD: Refusal = Refusal(405, r#"{"error":"405 Not Allowed"}"#);
pub(super) const CHANGED_SINCE: Refusal = Refusal(412, r#"{"message":"412 Precondition Failed"}"#);
pub(super) const OLD_API: Refusal = Refusal(410, r#"{"error":"API V3 is no longer supported. Use API V4 instead."}"#);

impl Answer {
    /// It must be exactly this refusal.
    #[track_caller]
    pub(super) fn refused(&self, Refusal(status, body): Refusal) {
        self.says(status, body);
    }

    /// It must be JSON that is exactly this text.
    #[track_caller]
    pub(super) fn says(&self, status: u16, body: &str) {
        assert_eq!(self.status, status, "{self}");
        assert_eq!(self.header("content-type"), "application/json", "{self}");
        assert_eq!(self.text(), body);
    }
}
