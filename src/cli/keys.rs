//! `egenkarta keys`: keys that the operator makes before there is anything to serve.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::out::{say, tell};
use crate::identity::ClientKey;

/// No P-256 key in PKCS #8 is near that long.
const LONGEST: u64 = 4096;

#[derive(Subcommand)]
pub enum Keys {
    Oidc(Oidc),
}

/// Make the key by which an identity provider knows this service (`key_file` of an issuer), and print its public half
///
/// A file that is there already is left as it is: its public half is printed again. The provider is given the printed set, or the
/// address /.well-known/openid-client-jwks.json once the service runs with the key.
#[derive(Args)]
pub struct Oidc {
    /// Where the private key lies. Keep it apart from the database, and back it up
    file: PathBuf,
}

impl Keys {
    pub fn run(self) -> Result<(), String> {
        let Self::Oidc(Oidc { file }) = self;
        let (key, made) = make_or_read(&file)?;
        say!("{:#}", key.jwks());
        if made {
            tell!("The private key lies in {}. Nobody but the service should be able to read it.", file.display());
        }
        Ok(())
    }
}

fn make_or_read(path: &Path) -> Result<(ClientKey, bool), String> {
    let failed = |e: std::io::Error| format!("{}: {e}.", path.display());
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(mut file) => {
            let bytes = ClientKey::generate().ok_or("The system gave no randomness for a key.")?;
            let key = ClientKey::from_pkcs8(&bytes).ok_or("The new key cannot be read back.")?;
            file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(failed)?;
            Ok((key, true))
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let mut bytes = zeroize::Zeroizing::new(Vec::new());
            File::open(path).and_then(|file| file.take(LONGEST).read_to_end(&mut bytes)).map_err(failed)?;
            let key = ClientKey::from_pkcs8(&bytes);
            Ok((key.ok_or_else(|| format!("{} is there already and holds no such key.", path.display()))?, false))
        }
        Err(error) => Err(failed(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_something_else_is_left_alone_and_a_key_is_made_once() {
        let folder = std::env::temp_dir().join(format!("egenkarta-keys-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let other = folder.join("letter");
        std::fs::write(&other, "hej").expect("written");
        assert!(make_or_read(&other).is_err());
        assert_eq!(std::fs::read_to_string(&other).expect("still there"), "hej");
        assert!(make_or_read(&folder.join("none/key")).is_err());
        let (made, new) = make_or_read(&folder.join("key")).expect("made");
        let (read, again) = make_or_read(&folder.join("key")).expect("read");
        assert!(new && !again && made.jwks() == read.jwks());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(folder.join("key")).expect("there").permissions().mode();
            assert_eq!(mode & 0o077, 0, "nobody else reads it");
        }
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
