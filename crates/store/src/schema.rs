//! The tables, as both engines have them: one text, since columns keep to the types that both know.
//!
//! A **space** is a group without parent; everything below it carries its id as `space_id`. Rows that belong
//! to one of several kinds of owner have one nullable column for each kind, of which exactly one is set.

#![expect(missing_docs, reason = "the migrations describe the columns")]

diesel::table! {
    groups (id) {
        id -> BigInt,
        parent_id -> Nullable<BigInt>,
        space_id -> Nullable<BigInt>,
        name -> Text,
        slug -> Text,
        full_path -> Text,
        visibility -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    projects (id) {
        id -> BigInt,
        space_id -> BigInt,
        group_id -> BigInt,
        name -> Text,
        title -> Text,
        slug -> Text,
        path -> Text,
        full_path -> Text,
        instance_vars -> Text,
        visibility -> Text,
        badges_enabled -> Bool,
        default_branch -> Nullable<Text>,
        commit_sha -> Nullable<Text>,
        latest_tag -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    environments (id) {
        id -> BigInt,
        space_id -> BigInt,
        name -> Text,
        slug -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    tenants (id) {
        id -> BigInt,
        space_id -> BigInt,
        name -> Text,
        slug -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    releases (id) {
        id -> BigInt,
        project_id -> BigInt,
        version -> Text,
        status -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    builds (id) {
        id -> BigInt,
        project_id -> BigInt,
        release_id -> Nullable<BigInt>,
        number -> Text,
        status -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    jobs (id) {
        id -> BigInt,
        project_id -> BigInt,
        name -> Text,
        active -> Bool,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    runs (id) {
        id -> BigInt,
        project_id -> BigInt,
        environment_id -> Nullable<BigInt>,
        tenant_id -> Nullable<BigInt>,
        release_id -> Nullable<BigInt>,
        build_id -> Nullable<BigInt>,
        job_id -> Nullable<BigInt>,
        status -> Text,
        is_finished -> Bool,
        is_failure -> Bool,
        stage -> Nullable<Text>,
        url -> Nullable<Text>,
        branch -> Nullable<Text>,
        coverage -> Nullable<Double>,
        external_id -> Nullable<Text>,
        rerun_of -> Nullable<Text>,
        reported_by -> Nullable<Text>,
        queued_at -> Nullable<Timestamp>,
        started_at -> Nullable<Timestamp>,
        finished_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    variables (id) {
        id -> BigInt,
        project_id -> Nullable<BigInt>,
        release_id -> Nullable<BigInt>,
        build_id -> Nullable<BigInt>,
        run_id -> Nullable<BigInt>,
        name -> Text,
        value -> Text,
        sensitive -> Bool,
    }
}

diesel::table! {
    aliases (id) {
        id -> BigInt,
        dialect -> Text,
        alias -> Text,
        group_id -> Nullable<BigInt>,
        project_id -> Nullable<BigInt>,
        environment_id -> Nullable<BigInt>,
        tenant_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    badges (id) {
        id -> BigInt,
        project_id -> Nullable<BigInt>,
        group_id -> Nullable<BigInt>,
        name -> Nullable<Text>,
        link_url -> Text,
        image_url -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    users (id) {
        id -> BigInt,
        username -> Text,
        password_hash -> Text,
        is_admin -> Bool,
        created_at -> Timestamp,
    }
}

diesel::table! {
    members (id) {
        id -> BigInt,
        user_id -> BigInt,
        group_id -> Nullable<BigInt>,
        project_id -> Nullable<BigInt>,
        role -> Text,
        created_at -> Timestamp,
        requested_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    former_paths (id) {
        id -> BigInt,
        path -> Text,
        group_id -> BigInt,
    }
}

diesel::table! {
    tokens (id) {
        id -> BigInt,
        name -> Text,
        secret_hash -> Binary,
        prefix -> Text,
        hint -> Text,
        scopes -> Text,
        is_limited -> Bool,
        user_id -> Nullable<BigInt>,
        created_at -> Timestamp,
        expires_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
        last_used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    token_targets (id) {
        id -> BigInt,
        token_id -> BigInt,
        group_id -> Nullable<BigInt>,
        project_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    sessions (id) {
        id -> BigInt,
        secret_hash -> Binary,
        user_id -> BigInt,
        created_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    settings (key) {
        key -> Text,
        value -> Text,
    }
}

diesel::joinable!(builds -> projects (project_id));
diesel::joinable!(builds -> releases (release_id));
diesel::joinable!(jobs -> projects (project_id));
diesel::joinable!(releases -> projects (project_id));
diesel::joinable!(runs -> projects (project_id));
diesel::joinable!(runs -> environments (environment_id));
diesel::joinable!(runs -> tenants (tenant_id));
diesel::joinable!(runs -> releases (release_id));
diesel::joinable!(runs -> builds (build_id));
diesel::joinable!(runs -> jobs (job_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(token_targets -> tokens (token_id));

diesel::allow_tables_to_appear_in_same_query!(
    aliases,
    badges,
    builds,
    environments,
    former_paths,
    groups,
    jobs,
    members,
    projects,
    releases,
    runs,
    sessions,
    settings,
    tenants,
    token_targets,
    tokens,
    users,
    variables,
);
