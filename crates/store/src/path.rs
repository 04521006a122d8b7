//! Full paths of spaces, groups and projects: `space/group/project`.

/// The paths of the space and groups above the place at `path`, outermost first: `a/b/c` is in `a` and `a/b`.
pub(crate) fn above(path: &str) -> Vec<&str> {
    path.match_indices('/').map(|(end, _)| &path[..end]).collect()
}

/// The same, with the place itself at the end.
pub(crate) fn above_and_self(path: &str) -> Vec<&str> {
    let mut paths = above(path);
    paths.push(path);
    paths
}

#[cfg(test)]
mod tests {
    use super::{above, above_and_self};

    #[test]
    fn a_path_is_in_each_of_its_beginnings() {
        assert_eq!(above("a/b/c"), ["a", "a/b"]);
        assert_eq!(above("a"), Vec::<&str>::new());
        assert_eq!(above_and_self("a/b"), ["a", "a/b"]);
    }
}
