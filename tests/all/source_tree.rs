//! The import graph of this crate: which file uses items of which other file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// One source file, without its tests.
pub(crate) struct SourceFile {
    /// From the root of the repository, with `/`.
    pub(crate) path: String,
    /// Names of the types that it defines.
    pub(crate) types: Vec<String>,
    /// Names of the functions that it defines, methods included.
    pub(crate) functions: Vec<String>,
    /// First segments of the paths that it names: other crates among them.
    pub(crate) crates: BTreeSet<String>,
    pub(crate) names_std_fs: bool,
    module: Vec<String>,
    items: BTreeSet<String>,
    /// Names that `use` brings into scope, with where they come from.
    imports: Vec<(String, Vec<String>)>,
    /// Every path with more than one segment, `use` items included.
    paths: BTreeSet<Vec<String>>,
}

impl SourceFile {
    /// The top-level module that it belongs to.
    pub(crate) fn room(&self) -> &str {
        self.module.first().map_or("lib", String::as_str)
    }

    fn parse(path: &str, text: &str) -> Self {
        let syntax = syn::parse_file(text).unwrap_or_else(|why| panic!("{path}: {why}"));
        let inside = path.trim_start_matches("src/").trim_end_matches(".rs");
        let mut module: Vec<String> = inside.split('/').map(str::to_owned).collect();
        if module.last().is_some_and(|last| last == "mod") || module == ["lib"] {
            module.pop();
        }
        let mut file = Self {
            path: path.to_owned(),
            types: Vec::new(),
            functions: Vec::new(),
            crates: BTreeSet::new(),
            names_std_fs: false,
            module,
            items: BTreeSet::new(),
            imports: Vec::new(),
            paths: BTreeSet::new(),
        };
        file.visit_file(&syntax);
        file.crates = file.paths.iter().map(|path| path[0].clone()).collect();
        file.names_std_fs = file.paths.iter().any(|path| {
            path[0] == "File"
                || (path[0] == "std" && path.get(1).is_some_and(|second| second == "fs"))
        });
        file
    }

    fn add_item(&mut self, name: &syn::Ident) {
        self.items.insert(name.to_string());
    }

    fn add_type(&mut self, name: &syn::Ident) {
        self.types.push(name.to_string());
        self.add_item(name);
    }

    /// Record the imports of a `use` item, below the segments that come before.
    fn add_use(&mut self, tree: &syn::UseTree, before: &[String]) {
        let mut path = before.to_vec();
        let name = match tree {
            syn::UseTree::Path(one) => {
                path.push(one.ident.to_string());
                return self.add_use(&one.tree, &path);
            }
            syn::UseTree::Group(group) => {
                for one in &group.items {
                    self.add_use(one, before);
                }
                return;
            }
            syn::UseTree::Name(one) if one.ident == "self" => path.last().cloned(),
            syn::UseTree::Name(one) => {
                path.push(one.ident.to_string());
                Some(one.ident.to_string())
            }
            syn::UseTree::Rename(one) => {
                path.push(one.ident.to_string());
                Some(one.rename.to_string())
            }
            syn::UseTree::Glob(_) => Some("*".to_owned()),
        };
        self.imports.extend(name.map(|name| (name, path.clone())));
        self.paths.insert(path);
    }
}

/// Whether an item is compiled for tests only.
fn for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|one| {
        one.path().is_ident("test")
            || (one.path().is_ident("cfg")
                && one
                    .parse_args::<syn::Path>()
                    .is_ok_and(|condition| condition.is_ident("test")))
    })
}

impl<'ast> Visit<'ast> for SourceFile {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes = match item {
            syn::Item::Mod(one) => &one.attrs,
            syn::Item::Fn(one) => &one.attrs,
            syn::Item::Impl(one) => &one.attrs,
            syn::Item::Use(one) => &one.attrs,
            syn::Item::Struct(one) => &one.attrs,
            syn::Item::Const(one) => &one.attrs,
            _ => &Vec::new(),
        };
        if for_tests(attributes) {
            return;
        }
        match item {
            syn::Item::Struct(one) => self.add_type(&one.ident),
            syn::Item::Enum(one) => self.add_type(&one.ident),
            syn::Item::Trait(one) => self.add_type(&one.ident),
            syn::Item::Type(one) => self.add_type(&one.ident),
            syn::Item::Union(one) => self.add_type(&one.ident),
            syn::Item::Const(one) => self.add_item(&one.ident),
            syn::Item::Static(one) => self.add_item(&one.ident),
            syn::Item::Fn(one) => self.add_item(&one.sig.ident),
            syn::Item::Use(one) => self.add_use(&one.tree, &[]),
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        self.functions.push(signature.ident.to_string());
        visit::visit_signature(self, signature);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1 {
            let names = path.segments.iter().map(|one| one.ident.to_string());
            self.paths.insert(names.collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, one: &'ast syn::Macro) {
        // Macro arguments need not be Rust, so paths are read from their tokens.
        let text = one.tokens.to_string().replace("::", " :: ");
        let tokens: Vec<&str> = text.split_whitespace().collect();
        let is_name = |token: &str| token.chars().all(|c| c.is_alphanumeric() || c == '_');
        let mut at = 0;
        while at < tokens.len() {
            let mut path = vec![
                tokens[at]
                    .trim_start_matches(|c: char| !c.is_alphabetic())
                    .to_owned(),
            ];
            while tokens.get(at + 1) == Some(&"::") && tokens.get(at + 2).is_some() {
                let name: String = tokens[at + 2]
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                let whole = is_name(tokens[at + 2]);
                path.push(name);
                at += 2;
                if !whole {
                    break;
                }
            }
            if path.len() > 1 && path.iter().all(|name| !name.is_empty() && is_name(name)) {
                self.paths.insert(path);
            }
            at += 1;
        }
        visit::visit_macro(self, one);
    }
}

/// All files below `src/`.
pub(crate) struct SourceTree {
    modules: BTreeMap<Vec<String>, SourceFile>,
}

impl SourceTree {
    pub(crate) fn read() -> Self {
        let mut paths = Vec::new();
        collect(&repository().join("src"), &mut paths);
        assert!(paths.len() > 50);
        let texts: Vec<(String, String)> = paths
            .iter()
            .map(|path| {
                let inside = path.strip_prefix(repository()).unwrap();
                let name = inside.to_string_lossy().replace('\\', "/");
                (name, fs::read_to_string(path).unwrap())
            })
            .collect();
        let files: Vec<(&str, &str)> = texts
            .iter()
            .map(|(p, t)| (p.as_str(), t.as_str()))
            .collect();
        Self::of(&files)
    }

    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let files = files
            .iter()
            .map(|(path, text)| SourceFile::parse(path, text));
        Self {
            modules: files
                .filter(|file| file.path != "src/main.rs" && !file.path.ends_with("/tests.rs"))
                .map(|file| (file.module.clone(), file))
                .collect(),
        }
    }

    pub(crate) fn files(&self) -> impl Iterator<Item = &SourceFile> {
        self.modules.values()
    }

    /// The files whose items `file` names, itself excluded.
    pub(crate) fn dependencies(&self, file: &SourceFile) -> Vec<&SourceFile> {
        let targets: BTreeSet<&[String]> = file
            .paths
            .iter()
            .filter_map(|path| self.resolve(&file.module, path, 8))
            .filter(|target| *target != file.module)
            .collect();
        targets
            .into_iter()
            .map(|module| &self.modules[module])
            .filter(|target| target.path != "src/lib.rs")
            .collect()
    }

    /// The module whose file defines what `path` names inside `module`, if it is one of this crate.
    fn resolve(&self, module: &[String], path: &[String], depth: u32) -> Option<&[String]> {
        let depth = depth.checked_sub(1)?;
        let mut at = module.to_vec();
        let mut rest = path;
        match path[0].as_str() {
            "crate" | "drumlin" => {
                at.clear();
                rest = &rest[1..];
            }
            "self" => rest = &rest[1..],
            "super" => {
                while rest.first().is_some_and(|name| name == "super") {
                    at.pop();
                    rest = &rest[1..];
                }
            }
            first => {
                let child = [module, &[first.to_owned()]].concat();
                if !self.modules.contains_key(&child) {
                    // A name that is in scope was resolved where `use` brought it there.
                    return None;
                }
            }
        }
        while let Some(name) = rest.first() {
            let child = [&at[..], std::slice::from_ref(name)].concat();
            if !self.modules.contains_key(&child) {
                break;
            }
            at = child;
            rest = &rest[1..];
        }
        let (found, file) = self.modules.get_key_value(&at)?;
        let Some(name) = rest.first().filter(|name| !file.items.contains(*name)) else {
            return Some(found);
        };
        let origin = file.imports.iter().find(|(known, _)| known == name);
        let origin = origin.and_then(|(_, path)| self.resolve(found, path, depth));
        Some(origin.unwrap_or(found))
    }

    /// Files of one module that import each other, directly or indirectly.
    pub(crate) fn circles(&self) -> Vec<Vec<&str>> {
        let edges: BTreeMap<&str, Vec<&str>> = self
            .files()
            // Lists of modules re-export what their children define.
            .filter(|file| !file.path.ends_with("/mod.rs"))
            .map(|file| {
                let targets = self.dependencies(file).into_iter();
                let inside = targets.filter(|target| target.room() == file.room());
                let inside = inside.map(|target| target.path.as_str());
                (file.path.as_str(), inside.collect())
            })
            .collect();
        let reached: BTreeMap<&str, BTreeSet<&str>> = edges
            .keys()
            .map(|start| {
                let mut found = BTreeSet::new();
                let mut open = vec![*start];
                while let Some(file) = open.pop() {
                    for target in edges.get(file).into_iter().flatten() {
                        if found.insert(*target) {
                            open.push(target);
                        }
                    }
                }
                (*start, found)
            })
            .collect();
        let mut circles = BTreeSet::new();
        for (file, found) in &reached {
            let back = found.iter().filter(|other| {
                reached
                    .get(**other)
                    .is_some_and(|from_there| from_there.contains(file))
            });
            let circle: BTreeSet<&str> = back.copied().collect();
            if circle.len() > 1 {
                circles.insert(circle);
            }
        }
        circles
            .into_iter()
            .map(|circle| circle.into_iter().collect())
            .collect()
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}
