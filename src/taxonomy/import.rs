//! From a source that someone downloaded to a version in the data folder.

use std::path::Path;

use ring::digest;
use tantivy::directory::MmapDirectory;

use super::draft::Draft;
use super::error::Error;
use super::index::{Counts, FORMAT, Kept};
use super::source::{Limits, Source};
use super::versions::Store;
use super::{layout, official, starter};
use crate::domain::taxonomy::Kind;

/// What an import is doing, for a progress bar.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    Reading(&'a str),
    Indexing { concepts: usize },
    Switching,
}

/// Reads the source, writes its index into the data folder and makes it the one in use. The old one stays in use until the last
/// step.
pub fn import(path: &Path, data: &Path, step: &dyn Fn(Step)) -> Result<(String, Counts), Error> {
    let mut source = Source::open(path, Limits::default())?;
    let mut draft = Draft::default();
    read(&mut source, path, &mut draft, step)?;
    starter::beside(&mut draft)?;
    let draft = checked(draft)?;
    let version = version(&draft, path);
    let store = Store::in_data(data);
    // Until the function ends: two at once would write into one folder.
    let _held = store.lock()?;
    if let Ok(kept) = Kept::open(&store.folder(&version), &version) {
        // The same content by the same program is there already: a running server may be reading it.
        store.point(&version)?;
        return Ok((version, kept.facts.counts));
    }
    step(Step::Indexing { concepts: draft.concepts.len() });
    let folder = store.fresh()?;
    let directory = MmapDirectory::open(&folder).map_err(Error::disk("opening the new folder"))?;
    let kept = Kept::build(&draft, &version, Box::new(directory), MEMORY)?;
    step(Step::Switching);
    store.switch(&version)?;
    Ok((version, kept.facts.counts))
}

/// Reads a source of either layout.
pub(super) fn read(source: &mut Source, path: &Path, draft: &mut Draft, step: &dyn Fn(Step)) -> Result<(), Error> {
    let reading = |name: &str| step(Step::Reading(name));
    if let Some(root) = layout::root(source) {
        layout::read(source, &root, draft, &reading)
    } else if official::recognised(source) {
        official::read(source, draft, &reading)
    } else {
        Err(Error::Unknown(path.to_owned()))
    }
}

/// The draft without what has no label, where an occupation or skill remains.
pub(super) fn checked(draft: Draft) -> Result<Draft, Error> {
    let draft = draft.finish();
    if draft.concepts.iter().all(|concept| concept.kind == Kind::Group) {
        return Err(Error::Empty);
    }
    Ok(draft)
}

/// Bytes for the index being written.
const MEMORY: usize = 24 << 20;

/// The version that the source's name tells (`... v1.2.0 ...`), and a digest of what was read.
fn version(draft: &Draft, path: &Path) -> String {
    let mut hash = digest::Context::new(&digest::SHA256);
    for concept in &draft.concepts {
        hash.update(format!("{concept:?}\n").as_bytes());
    }
    let digest = hex::encode(&hash.finish().as_ref()[..5]);
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let told = told_version(&name).map(|v| format!("{v}-")).unwrap_or_default();
    format!("{told}{digest}-f{FORMAT}")
}

fn told_version(name: &str) -> Option<String> {
    name.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.'))
        .filter_map(|part| part.trim_end_matches(".zip").strip_prefix('v'))
        .find(|rest| rest.len() <= 12 && rest.contains('.') && rest.chars().all(|c| c.is_ascii_digit() || c == '.'))
        .map(ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use proptest::prelude::*;

    use super::super::testing::{COOK, COOKING, KITCHEN, Scratch, official};
    use super::super::{Kind, Taxonomy};
    use super::*;

    fn refused(path: &Path) -> String {
        let data = Scratch::new();
        let why = import(path, data.path(), &|_| {}).expect_err("refused").to_string();
        assert_eq!(Store::in_data(data.path()).current(), None, "a refused source changes nothing");
        why
    }

    #[test]
    fn what_is_no_taxonomy_is_refused_in_one_sentence() {
        let at = Scratch::new();
        assert!(refused(&at.path().join("nowhere")).starts_with("there is nothing to read at"));
        assert!(refused(at.path()).contains("is no taxonomy"));
        assert!(refused(&at.write("some.zip", b"PK not really")).starts_with("the zip cannot be read"));
        assert!(refused(&at.zip("empty.zip", &[("a.csv", b"a,b\n1,2\n".to_vec())])).contains("is no taxonomy"));
        let out = at.zip("out.zip", &[("../skills_en.csv", Vec::new())]);
        assert!(refused(&out).contains("leads out of the archive"));
        let column = at.zip("column.zip", &[("skills_en.csv", b"conceptUri,label\n".to_vec())]);
        assert_eq!(refused(&column), "skills_en.csv lacks the column preferredLabel: is it the CSV form of the download?");
        let latin = at.zip("latin.zip", &[("skills_sv.csv", b"conceptUri,preferredLabel\nu,k\xf6k\n".to_vec())]);
        assert_eq!(refused(&latin), "skills_sv.csv, row 2, cannot be read: it is not UTF-8");
        let none = at.zip("none.zip", &[("skills_sv.csv", b"conceptUri,preferredLabel\nu,\n".to_vec())]);
        assert!(refused(&none).contains("no occupation or skill with a label"));
    }

    #[test]
    fn a_source_above_its_bounds_is_refused_whatever_its_headers_claim() {
        let at = Scratch::new();
        let bomb = at.zip("bomb.zip", &[("skills_en.csv", vec![b'a'; 100_000])]);
        let small = Limits { files: 2, table: 1_000, total: 10_000 };
        let mut source = Source::open(&bomb, small).unwrap();
        assert!(matches!(source.read("skills_en.csv"), Err(Error::TooLarge(_))));
        let many = at.zip("many.zip", &[("a.csv", Vec::new()), ("b.csv", Vec::new()), ("c.csv", Vec::new())]);
        assert!(matches!(Source::open(&many, small), Err(Error::TooLarge(_))));
        let sum = at.zip("sum.zip", &[("a.csv", vec![b'a'; 900]), ("b.csv", vec![b'a'; 900])]);
        let mut source = Source::open(&sum, Limits { total: 1_000, ..small }).unwrap();
        assert!(source.read("a.csv").is_ok() && source.read("b.csv").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_folder_is_not_followed() {
        let (at, secret) = (Scratch::new(), Scratch::new());
        secret.write("skills_en.csv", b"conceptUri,preferredLabel\nu,secret\n");
        std::os::unix::fs::symlink(secret.path().join("skills_en.csv"), at.path().join("skills_en.csv")).unwrap();
        assert!(refused(at.path()).contains("is no taxonomy"));
    }

    #[test]
    fn an_official_download_is_read_from_a_zip_a_folder_and_a_folder_of_zips() {
        let at = Scratch::new();
        let zip = at.zip("ESCO dataset - v1.2.0 - classification - sv - csv.zip", &official());
        let (folder, zips) = (Scratch::new(), Scratch::new());
        let mut versions = Vec::new();
        for (name, bytes) in official() {
            folder.write(name, bytes);
        }
        zips.zip("sv.zip", &official()[..1]);
        zips.zip("rest.zip", &official()[1..]);
        for path in [zip.as_path(), folder.path(), zips.path()] {
            let data = Scratch::new();
            let (version, counts) = import(path, data.path(), &|_| {}).unwrap();
            assert_eq!((counts.occupations, counts.skills, counts.groups), (1, 1, 1));
            versions.push(version.clone());
            let open = Taxonomy::open(data.path()).unwrap();
            assert_eq!(open.version(), version);
            assert_eq!(open.concept(COOK).unwrap().labels["sv"], "kock");
            let relations = open.relations(COOKING).unwrap();
            assert_eq!((relations.broader, relations.essential_for), (vec![KITCHEN.to_owned()], vec![COOK.to_owned()]));
            let hit = &open.search("line cook", &[Kind::Occupation], "sv", 1)[0];
            assert_eq!((hit.label.as_str(), hit.why.label.as_deref()), ("kock", Some("line cook")));
        }
        assert!(versions[0].starts_with("1.2.0-"), "{versions:?}");
        assert_eq!(versions[1], versions[2]);
    }

    #[test]
    fn a_new_import_takes_over_and_a_killed_one_does_not() {
        let (at, data) = (Scratch::new(), Scratch::new());
        let path = at.zip("a.zip", &official());
        let (first, _) = import(&path, data.path(), &|_| {}).unwrap();
        assert_eq!(import(&path, data.path(), &|_| {}).unwrap().0, first, "the same content is the same version");
        // Killed while writing: the folder stands, `CURRENT` does not point to it.
        fs::create_dir_all(data.path().join("taxonomy/.new/half")).unwrap();
        assert_eq!(Taxonomy::open(data.path()).unwrap().version(), first);
        let other = at.zip("b.zip", &official()[1..]);
        let (second, _) = import(&other, data.path(), &|_| {}).unwrap();
        assert_ne!(first, second);
        assert_eq!(Taxonomy::open(data.path()).unwrap().version(), second);
        assert!(!data.path().join("taxonomy/.new").exists());
    }

    #[test]
    fn a_second_import_at_once_is_refused_and_changes_nothing() {
        let (at, data) = (Scratch::new(), Scratch::new());
        let path = at.zip("a.zip", &official());
        let held = Store::in_data(data.path()).lock().unwrap();
        let why = import(&path, data.path(), &|_| {}).err().unwrap().to_string();
        assert_eq!(why, "another import into this data folder is running: wait until it has ended");
        assert_eq!(Store::in_data(data.path()).current(), None);
        drop(held);
        assert!(import(&path, data.path(), &|_| {}).is_ok());
    }

    #[test]
    fn a_retired_concept_is_followed_to_what_replaces_it() {
        let (at, data) = (Scratch::new(), Scratch::new());
        let text = "conceptUri,preferredLabel,status,replacedBy\nold,kokerska,obsolete,new\nnew,kock,released,\nlone,gevaldiger,obsolete,\n";
        import(&at.zip("a.zip", &[("occupations_sv.csv", text.into())]), data.path(), &|_| {}).unwrap();
        let open = Taxonomy::open(data.path()).unwrap();
        assert!(open.search("gevaldiger", &[Kind::Occupation], "sv", 5).iter().all(|hit| hit.uri != "lone"));
        assert_eq!((open.replacement("new"), open.replacement("lone"), open.replacement("unknown")), (None, None, None));
        assert_eq!(open.concept("old").unwrap().labels["sv"], "kokerska", "a profile that names it still reads");
        assert_eq!(open.replacement("old").unwrap().labels["sv"], "kock");
        let hit = &open.search("kokerska", &[Kind::Occupation], "sv", 5)[0];
        assert_eq!((hit.uri.as_str(), hit.why.how), ("new", super::super::How::Former));
        assert_eq!(open.counts().occupations, 1);
    }

    #[test]
    fn a_damaged_or_foreign_index_says_what_to_do() {
        let (at, data) = (Scratch::new(), Scratch::new());
        let (version, _) = import(&at.zip("a.zip", &official()), data.path(), &|_| {}).unwrap();
        let facts = data.path().join("taxonomy").join(&version).join("facts.json");
        for text in ["{}", "{\"format\":0,\"version\":\"x\",\"counts\":{}}", ""] {
            fs::write(&facts, text).unwrap();
            let why = Taxonomy::open(data.path()).err().unwrap().to_string();
            assert!(why.contains("import it again"), "{why}");
        }
        fs::write(data.path().join("taxonomy/CURRENT"), "../../etc").unwrap();
        assert_eq!(Taxonomy::open(data.path()).unwrap().version(), "starter", "a pointer out of the folder points nowhere");
    }

    #[test]
    fn the_starter_serves_beside_and_known_faults_are_mended() {
        let (at, data) = (Scratch::new(), Scratch::new());
        let row = |uri: &str, label: &str| format!("http://data.europa.eu/esco/occupation/{uri},{label}\n");
        let cleaner = row("303a1e34-cb16-4054-b323-81e5eec17397", "fastighetsstädare");
        let support = row("30194ac4-93b8-4450-8a15-f6f7cbe351cb", "\"barnmorska, förlossning\"");
        let path =
            at.zip("a.zip", &[("occupations_sv.csv", format!("conceptUri,preferredLabel\n{cleaner}{support}").into_bytes())]);
        import(&path, data.path(), &|_| {}).unwrap();
        let open = Taxonomy::open(data.path()).unwrap();
        assert_eq!(open.counts().occupations, 2, "the starter adds labels, no concepts");
        assert_eq!(open.search("städerska", &[Kind::Occupation], "sv", 1)[0].label, "fastighetsstädare");
        assert!(open.search("barnmorska", &[Kind::Occupation], "sv", 5).iter().all(|hit| !hit.label.contains("barnmorska")));
    }

    /// The real tables, where the folder stands beside the project: Swedish and Arabic labels of occupations, with the crosswalk.
    #[test]
    fn the_shared_taxonomy_is_read_and_searched() {
        let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/taxonomy");
        if !shared.is_dir() {
            println!("skipped: {} is absent", shared.display());
            return;
        }
        let (at, data) = (Scratch::new(), Scratch::new());
        for name in [
            "occupations.csv",
            "isco_groups.csv",
            "labels-ar.csv",
            "labels-sv.csv",
            "map/esco_jobtech_occupations.csv",
            "jobtech/occupations.csv",
        ] {
            at.write(name, fs::read(shared.join(name)).unwrap());
        }
        let (_, counts) = import(at.path(), data.path(), &|_| {}).unwrap();
        assert_eq!(
            (counts.occupations, counts.groups, counts.languages["ar"]),
            (3007, 619, 2983),
            "and ours beside, for the groups that have no Arabic label"
        );
        let open = Taxonomy::open(data.path()).unwrap();
        let first = |query: &str, options| {
            let hits = open.search_with(query, &[Kind::Occupation], "sv", 1, options);
            hits.into_iter().next().map(|hit| hit.label).unwrap_or_default()
        };
        let all = super::super::Options::default();
        assert_eq!(first("lastbilsforare", super::super::Options { crosswalk: false }), "distributionsförare");
        // JobTech's word, which is no ESCO label of the occupation.
        assert_eq!(first("mejeriarbetare", all), "mejerifabriksarbetare");
        assert_eq!(first("مُمرِّض مسؤول عن الرعاية العامة", all), "sjuksköterska, grundutbildad");
    }

    const COMPACT: &[&str] =
        &["occupations.csv", "skills.csv", "labels-sv.csv", "broader.csv", "occupation_skills.csv", "map/esco_jobtech_skills.csv"];
    const OFFICIAL: &[&str] =
        &["occupations_sv.csv", "skills_en.csv", "occupationSkillRelations.csv", "broaderRelationsOccPillar_sv.csv"];

    /// All tables sound but one.
    fn read_with_odd_table(names: &[&'static str], odd: usize, content: &[u8]) {
        let sound = b"key,uri,conceptUri,preferredLabel,preferred\no1,u,u,a,a\n";
        let table = |(n, name): (usize, &&'static str)| (*name, if n == odd { content.to_vec() } else { sound.to_vec() });
        let mut source = Source::in_memory(names.iter().enumerate().map(table).collect::<Vec<_>>());
        let mut draft = Draft::default();
        let _ = read(&mut source, Path::new("x"), &mut draft, &|_| {}).and_then(|()| checked(draft));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn no_table_makes_the_reader_panic(
            bytes in proptest::collection::vec(any::<u8>(), 0..300),
            text in "(key|uri|conceptUri|preferredLabel|preferred|o1|,|\"|\n|\r\n|å|\u{feff}|\\|){0,60}",
        ) {
            for names in [COMPACT, OFFICIAL] {
                for odd in 0..names.len() {
                    read_with_odd_table(names, odd, &bytes);
                    read_with_odd_table(names, odd, text.as_bytes());
                }
            }
        }
    }
}
