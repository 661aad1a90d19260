//! For tests of this room: a folder that goes with its test, and sources written in a line each.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A new folder; removed when the test ends, however it ends.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("egenkarta-taxonomy-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    pub fn zip(&self, name: &str, entries: &[(&str, Vec<u8>)]) -> PathBuf {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        self.write(name, zip.finish().unwrap().into_inner())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub const COOK: &str = "http://data.europa.eu/esco/occupation/cook";
pub const COOKING: &str = "http://data.europa.eu/esco/skill/cooking";
pub const KITCHEN: &str = "http://data.europa.eu/esco/skill/S3.5";

/// A small download in the form of ESCO v1.2, in Swedish and English.
pub fn official() -> Vec<(&'static str, Vec<u8>)> {
    let occupations = "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,code\n";
    let skills = "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,status\n";
    let groups = "conceptType,conceptUri,preferredLabel,altLabels,code\n";
    let text = |head: &str, row: String| format!("\u{feff}{head}{row}\n").into_bytes();
    vec![
        (
            "ESCO/occupations_sv.csv",
            text(occupations, format!("Occupation,{COOK},5120,kock,\"kokerska\nmatlagare\",,released,5120.1")),
        ),
        (
            "ESCO/occupations_en.csv",
            text(occupations, format!("Occupation,{COOK},5120,cook,\"line cook\nchef\",cok,released,5120.1")),
        ),
        ("ESCO/skills_sv.csv", text(skills, format!("KnowledgeSkillCompetence,{COOKING},skill,sector,laga mat,,released"))),
        (
            "ESCO/skills_en.csv",
            text(skills, format!("KnowledgeSkillCompetence,{COOKING},skill,sector,\"cook, and serve\",,released")),
        ),
        ("ESCO/skillGroups_en.csv", text(groups, format!("SkillGroup,{KITCHEN},preparing food,,S3.5"))),
        (
            "ESCO/occupationSkillRelations_en.csv",
            text(
                "occupationUri,occupationLabel,relationType,skillType,skillUri,skillLabel\n",
                format!("{COOK},,essential,,{COOKING},"),
            ),
        ),
        (
            "ESCO/broaderRelationsSkillPillar_en.csv",
            text("conceptType,conceptUri,conceptLabel,broaderType,broaderUri,broaderLabel\n", format!(",{COOKING},,,{KITCHEN},")),
        ),
        ("ESCO/greenShareOcc_en.csv", b"not,ours\n".to_vec()),
        ("__MACOSX/ESCO/._skills_en.csv", b"\0\0".to_vec()),
    ]
}
