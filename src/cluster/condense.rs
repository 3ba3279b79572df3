//! The condensed tree of HDBSCAN: selects the clusters that persist longest.

/// Two rows and the reachability between them.
pub(super) type Edge = (usize, usize, f64);

/// A label for each of `n` rows: clusters of at least `least` rows with the largest excess of mass,
/// from the spanning tree's `edges`, shortest first. `None` is noise.
///
/// `McInnes` & Healy (2017), doi:10.1109/ICDMW.2017.12, on the condensed tree; ties and order
/// follow the package hdbscan.
pub(super) fn chosen(edges: &[Edge], n: usize, least: usize) -> Vec<Option<u32>> {
    if n < 2 || edges.len() + 1 != n {
        return vec![None; n];
    }
    let mut tree = condensed(&merges(edges, n), n, least);
    select(&mut tree);
    // The first chosen group on the way up is the row's cluster.
    let mut names = vec![None; tree.len()];
    let mut next = 0;
    let mut labels = vec![None; n];
    // Groups come after their parents.
    for at in 1..tree.len() {
        names[at] = if tree[at].chosen {
            next += 1;
            Some(next - 1)
        } else {
            names[tree[at].parent]
        };
    }
    for (group, name) in tree.iter().zip(names) {
        for row in &group.rows {
            labels[*row] = name;
        }
    }
    labels
}

/// A merge of two groups: rows from 0, then merges from n.
struct Merge {
    left: usize,
    right: usize,
    length: f64,
    size: usize,
}

/// A group of the condensed tree: as density increases it loses single rows, until it ends or
/// splits in two.
struct CondensedCluster {
    parent: usize,
    children: Vec<usize>,
    /// Rows that leave it, not those of its children.
    rows: Vec<usize>,
    stability: f64,
    chosen: bool,
}

/// The single-linkage hierarchy of edges in ascending order.
fn merges(edges: &[Edge], n: usize) -> Vec<Merge> {
    let mut parents: Vec<usize> = (0..2 * n - 1).collect();
    let mut tree: Vec<Merge> = Vec::with_capacity(edges.len());
    for (from, to, length) in edges {
        let (left, right) = (root(&mut parents, *from), root(&mut parents, *to));
        let size = size(&tree, n, left) + size(&tree, n, right);
        let whole = n + tree.len();
        parents[left] = whole;
        parents[right] = whole;
        tree.push(Merge {
            left,
            right,
            length: *length,
            size,
        });
    }
    tree
}

fn root(parents: &mut [usize], mut at: usize) -> usize {
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}

fn size(tree: &[Merge], n: usize, at: usize) -> usize {
    if at < n { 1 } else { tree[at - n].size }
}

/// Top down: a split into two groups of at least `least` rows creates two groups; anything smaller
/// drops out. The first group contains all rows.
fn condensed(tree: &[Merge], n: usize, least: usize) -> Vec<CondensedCluster> {
    // Equal rows are infinitely dense; this keeps sums of densities finite.
    let longest = tree.last().map_or(1.0, |last| last.length);
    let floor = (longest * 1e-12).max(f64::MIN_POSITIVE * 1e20);
    let mut groups = vec![CondensedCluster::under(0)];
    let mut births = vec![0.0];
    let mut open = std::collections::VecDeque::from([(n + tree.len() - 1, 0)]);
    while let Some((node, group)) = open.pop_front() {
        if node < n {
            continue;
        }
        let merge = &tree[node - n];
        let density = 1.0 / merge.length.max(floor);
        let sides = [merge.left, merge.right];
        let large = sides.map(|side| size(tree, n, side) >= least);
        for (side, is_large) in sides.into_iter().zip(large) {
            let rows = size(tree, n, side);
            if large == [true, true] {
                groups[group].stability += (density - births[group]) * rows as f64;
                let child = groups.len();
                groups[group].children.push(child);
                groups.push(CondensedCluster::under(group));
                births.push(density);
                open.push_back((side, child));
            } else if is_large {
                open.push_back((side, group));
            } else {
                groups[group].stability += (density - births[group]) * rows as f64;
                let mut below = vec![side];
                while let Some(node) = below.pop() {
                    if node < n {
                        groups[group].rows.push(node);
                    } else {
                        below.extend([tree[node - n].left, tree[node - n].right]);
                    }
                }
            }
        }
    }
    groups
}

/// Bottom up: a group is chosen when it persists longer than the best choice among its children.
/// The root is never chosen.
fn select(tree: &mut [CondensedCluster]) {
    for at in (1..tree.len()).rev() {
        let parts: f64 = tree[at]
            .children
            .iter()
            .map(|child| tree[*child].stability)
            .sum();
        if tree[at].children.is_empty() || parts <= tree[at].stability {
            tree[at].chosen = true;
        } else {
            tree[at].stability = parts;
        }
    }
    // Groups below a chosen one are not chosen; parents come before their children.
    let mut covered = vec![false; tree.len()];
    for at in 1..tree.len() {
        let parent = tree[at].parent;
        covered[at] = covered[parent] || (parent > 0 && tree[parent].chosen);
    }
    for (group, covered) in tree.iter_mut().zip(covered) {
        group.chosen &= !covered;
    }
}

impl CondensedCluster {
    fn under(parent: usize) -> Self {
        Self {
            parent,
            children: Vec::new(),
            rows: Vec::new(),
            stability: 0.0,
            chosen: false,
        }
    }
}
