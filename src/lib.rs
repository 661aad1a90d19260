//! Egenkarta: the skills map that its person owns.
#![doc = include_str!("../README.md")]

// The order of the arrows: a room uses the rooms below it, never one above and never one beside it.
pub mod cli;

pub mod app;
pub mod demo;
pub mod jobs;

pub mod api;
pub mod web;

pub mod http;

pub mod usecase;

pub mod credential;
pub mod exchange;
pub mod identity;
pub mod log;
pub mod outbound;
pub mod store;
pub mod taxonomy;

pub mod crypto;
pub mod policy;
pub mod text;

pub mod domain;
