//! Login against what others wrote.

mod oidc_provider;
