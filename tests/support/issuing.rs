//! A unit that issues: two who assess, a key, and a framework that it has published.

use egenkarta::crypto::recovery::RecoveryCode;
use egenkarta::domain::issuing::Typed;
use egenkarta::domain::organisation::Role;
use egenkarta::domain::profile::Evidence;
use egenkarta::domain::random::uuid_v7;
use egenkarta::taxonomy::Taxonomy;
use egenkarta::usecase::assessment::{Assessed, NotIssued};
use egenkarta::usecase::issued::Desk;
use uuid::Uuid;

use super::people::{Owner, TestUnit};
use super::{BASE, TestApp};

pub const FRAMEWORK: &str = include_str!("../../seeds/frameworks/warehouse-forklift.toml");

pub struct TestIssuer {
    pub unit: TestUnit,
    pub first: Owner,
    pub second: Owner,
    pub framework: Uuid,
    pub taxonomy: Taxonomy,
}

impl TestIssuer {
    pub fn desk(&self) -> Desk<'_> {
        Desk { base: BASE, taxonomy: &self.taxonomy }
    }

    /// An assessment of the whole framework at this level.
    pub fn typed(&self, app: &TestApp, label: &str, level: &str) -> Typed {
        Typed {
            label: label.to_owned(),
            given_name: "Fritiof-Innehavare".to_owned(),
            family_name: "Kornknarr".to_owned(),
            framework: self.framework.to_string(),
            criteria: vec!["all".to_owned()],
            part: "whole".to_owned(),
            level: level.to_owned(),
            method: "Arbetsprov".to_owned(),
            assessor: "Yrkeslärare".to_owned(),
            assessed: app.service.now().day().to_string(),
            seqf: "4".to_owned(),
            until: "2099-12-31".to_owned(),
        }
    }

    /// Assesses, by the first of the two.
    pub async fn assess(&self, app: &TestApp, label: &str, level: &str) -> Result<(Uuid, Assessed), NotIssued> {
        let session = self.first.session(app).await;
        let id = uuid_v7(&*app.service.random, app.service.now());
        let done = app.service.assess(&session, self.desk(), id, &self.typed(app, label, level)).await?;
        Ok((id, done))
    }

    /// Issues at E3, which one person may.
    pub async fn issue(&self, app: &TestApp, label: &str) -> (Uuid, RecoveryCode) {
        match self.assess(app, label, "E3").await.unwrap() {
            (id, Assessed::Issued(code)) => (id, code),
            (_, Assessed::Waits) => panic!("one person may issue what was assessed"),
        }
    }
}

impl TestApp {
    /// A unit that may issue up to E4 for work in warehouses.
    pub async fn issuer(&self) -> TestIssuer {
        let unit = self.unit("validator").await;
        self.issuer_of(unit).await
    }

    pub async fn issuer_of(&self, unit: TestUnit) -> TestIssuer {
        self.service.grant_issuing(unit.id, "83,93".parse().unwrap(), Evidence::E4).await.unwrap();
        let admin = unit.administrator.session(self).await;
        self.service.make_issuing_key(&admin, BASE).await.unwrap();
        let first = self.colleague(&unit, "Inga Issuer", Role::Issuer).await;
        let second = self.colleague(&unit, "Sixten Second", Role::Issuer).await;
        let taxonomy = Taxonomy::starter().unwrap();
        let session = first.session(self).await;
        let framework = self.service.publish_framework(&session, &taxonomy, FRAMEWORK).await.unwrap();
        TestIssuer { unit, first, second, framework, taxonomy }
    }
}
