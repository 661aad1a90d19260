//! What stands there already, looked at before anything is made or changed.

use super::Unbuilt;
use super::config::Config;
use crate::store::Db;

/// Stands in a data folder that holds the demonstration, beside the mark in its database.
pub const DEMO_MARK: &str = "demo";

/// What a database is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is not there, or nobody has anything in it.
    Empty,
    /// The demonstration, whose passphrases are public.
    Demo,
    /// People's own.
    Real,
}

/// What the configured database is. A demonstration from before the mark in the database is known by the one beside its file.
pub async fn standing(config: &Config) -> Result<Standing, Unbuilt> {
    let path = config.database_path();
    if path.as_ref().is_some_and(|path| !path.exists()) {
        return Ok(Standing::Empty);
    }
    let db = connect(config).await?;
    let beside = path.and_then(|path| path.parent().map(|folder| folder.join(DEMO_MARK).exists()));
    // Without a schema there is neither a mark nor anybody.
    let (demo, peopled) = (db.is_demo().await.unwrap_or(false), db.is_peopled().await.unwrap_or(false));
    db.close().await;
    Ok(match (demo || beside == Some(true), peopled) {
        (true, _) => Standing::Demo,
        (false, true) => Standing::Real,
        (false, false) => Standing::Empty,
    })
}

/// The database of an installation that stands, with the schema of this version.
pub async fn open_there(config: &Config) -> Result<Db, Unbuilt> {
    if let Some(path) = config.database_path().filter(|path| !path.exists()) {
        return Err(Unbuilt(format!(
            "There is nothing here: {} does not exist. Choose the data folder with --data; `egenkarta migrate` makes a new installation.",
            path.display()
        )));
    }
    let db = connect(config).await?;
    match schema(&db).await {
        Ok(_) => Ok(db),
        Err(sentence) => {
            db.close().await;
            Err(Unbuilt(format!("The database: {sentence}")))
        }
    }
}

async fn connect(config: &Config) -> Result<Db, Unbuilt> {
    Db::open(&config.database()).await.map_err(|e| Unbuilt(format!("The database cannot be opened: {e}.")))
}

/// The schema's number, where it is this version's; else what to do, in a sentence.
pub async fn schema(db: &Db) -> Result<u64, String> {
    match db.schema_version().await {
        Ok(version) if version == Db::newest_step() => Ok(version),
        Ok(version) if version > Db::newest_step() => {
            Err(format!("its schema {version} is newer than this program. Use the newer program."))
        }
        Ok(version) => Err(format!("its schema is {version}, and {} is needed. Run `egenkarta migrate`.", Db::newest_step())),
        Err(_) => Err("it has no schema. Run `egenkarta migrate`.".to_owned()),
    }
}
