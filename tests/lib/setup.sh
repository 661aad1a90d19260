# shellcheck shell=bash
# What the run needs: installed where we may, named where we may not; sourced by tests/run.

LACKS=()

# lack "what" "how to get it"
lack() {
  LACKS+=("$1")
  echo "missing: $1 - $2"
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
  command -v apt-get > /dev/null || return 1
  [ "$(id -u)" -eq 0 ] || sudo -n true 2> /dev/null
}

APT_FRESH=
apt_install() {
  may_install || return 1
  if [ -z "$APT_FRESH" ]; then
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update || return 1
    APT_FRESH=1
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    -o Dpkg::Options::=--force-confold "$@"
}

# need TEST PACKAGE... : the packages are asked for only when the test does not hold.
need() {
  local check=$1
  shift
  $check > /dev/null 2>&1 && return 0
  apt_install "$@" > "$OUT/apt.log" 2>&1 || tail -n 5 "$OUT/apt.log" 2> /dev/null || true
  $check > /dev/null 2>&1
}

has_compiler() { command -v cc; }
has_curl() { command -v curl; }
has_xmllint() { command -v xmllint; }
has_headless() { command -v chromium-headless-shell; }
has_browser() { browser_path; }
has_postgres() { postgres_bin; }
has_python() { python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))'; }
has_node() { command -v npm && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]; }

browser_path() {
  local name
  for name in "${EGENKARTA_CHROMIUM:-}" chromium-headless-shell chromium chromium-browser google-chrome; do
    [ -n "$name" ] && command -v "$name" && return 0
  done
  return 1
}

# Debian's package makes and starts a cluster of its own at installation; a test run has no use for one.
no_main_cluster() {
  [ -e /etc/postgresql-common/createcluster.conf ] || ! may_install && return 0
  as_root mkdir -p /etc/postgresql-common
  echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf > /dev/null
}

# Our own node packages, from the committed lock file; nothing is fetched when what lies there is already that.
npm_packages() {
  local folder=$1
  [ -f "$folder/package-lock.json" ] || return 0
  if [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ]; then return 0; fi
  (cd "$folder" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error && touch node_modules/.package-lock.json)
}

# The Python packages of the tests, at the versions of the committed list, in an environment of their own below target/.
python_packages() {
  local list=$1 venv=${CARGO_TARGET_DIR:-target}/python-tests
  if [ "$venv/done" -nt "$list" ]; then return 0; fi
  rm -rf "$venv"
  python3 -m venv "$venv" && "$venv/bin/pip" install --quiet --disable-pip-version-check --no-input --requirement "$list" &&
    touch "$venv/done"
}

stage_setup() {
  command -v cargo > /dev/null || lack "Rust 1.95 or later" "https://rustup.rs, then open a new shell"
  cargo fmt --version || lack "rustfmt" "rustup component add rustfmt"
  cargo clippy --version || lack "clippy" "rustup component add clippy"
  need has_compiler gcc libc6-dev || lack "a C compiler" "apt-get install gcc libc6-dev (bundled SQLite is C)"
  need has_curl curl ca-certificates || lack "curl" "apt-get install curl"
  need has_xmllint libxml2-utils || lack "xmllint" "apt-get install libxml2-utils (XML Schemas over what is exported)"
  has_postgres > /dev/null || no_main_cluster
  need has_postgres postgresql || lack "PostgreSQL 15 or later" "apt-get install postgresql"
  need has_headless chromium-headless-shell || need has_browser chromium || lack "Chromium" "apt-get install chromium"
  need has_node nodejs npm || lack "node 20 or later with npm" "apt-get install nodejs npm (Debian 13), or https://nodejs.org"
  need has_python python3 python3-venv || lack "Python 3.10 or later with venv" "apt-get install python3 python3-venv"
  if has_python > /dev/null 2>&1; then
    python_packages tests/credential/requirements.txt ||
      lack "Python packages of tests/credential" "see the pip output above (needs the Python package index once)"
  fi
  local folder
  if has_node > /dev/null 2>&1; then
    for folder in tests/browser tests/oidc tests/oauth tests/credential tests/wallet; do
      npm_packages "$folder" || lack "node packages of $folder" "cd $folder && npm ci (needs the npm registry once)"
    done
  fi
  local show
  for show in "cargo --version" "rustc --version" postgres_bin browser_path "node --version"; do $show || true; done
  [ ${#LACKS[@]} -eq 0 ]
}
