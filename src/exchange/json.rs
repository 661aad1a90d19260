//! JSON: read into a tree without losing a member that stands twice, and written with its members in our order.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::bytes::Refused;
use super::tree::{MOST_DEEP, Syntax, Tree};

/// The tree of a JSON text (RFC 8259). A member that is an array stands once for each of its values.
pub fn read(text: &str) -> Result<Tree, Refused> {
    let mut tree = Tree::new(Syntax::Json);
    let mut json = serde_json::Deserializer::from_str(text);
    let seed = Value { tree: &mut tree, parent: 0, name: "", index: None, deep: 0 };
    let read = seed.deserialize(&mut json).and_then(|()| json.end());
    match read {
        Ok(()) => Ok(tree),
        Err(error) if error.to_string().starts_with(TOO_MUCH) || error.to_string().starts_with("recursion limit") => {
            Err(Refused::TooNested)
        }
        Err(error) => Err(Refused::Broken(error.to_string())),
    }
}

const TOO_MUCH: &str = "too much";

struct Value<'t, 'n> {
    tree: &'t mut Tree,
    parent: usize,
    name: &'n str,
    index: Option<usize>,
    deep: usize,
}

impl Value<'_, '_> {
    fn leaf<E: serde::de::Error>(self, text: String) -> Result<(), E> {
        self.node(text).map(|_| ())
    }

    fn node<E: serde::de::Error>(self, text: String) -> Result<usize, E> {
        if self.deep > MOST_DEEP {
            return Err(E::custom(TOO_MUCH));
        }
        self.tree.add(self.parent, self.name, self.index, text).map_err(|_| E::custom(TOO_MUCH))
    }
}

impl<'de> DeserializeSeed<'de> for Value<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<(), E> {
        self.leaf(value.to_string())
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<(), E> {
        self.leaf(value.to_string())
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<(), E> {
        self.leaf(value.to_string())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<(), E> {
        self.leaf(value.to_string())
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<(), E> {
        self.leaf(value.to_owned())
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.leaf(String::new())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<(), A::Error> {
        let (deep, name) = (self.deep + 1, self.name);
        // The root, and an array within an array, have no member to repeat: they are nodes of their own.
        let nested = self.index.is_some() || deep == 1;
        let (tree, parent) = if nested {
            let Self { tree, parent, index, .. } = self;
            let id = Value { tree: &mut *tree, parent, name, index, deep }.node(String::new())?;
            (tree, id)
        } else {
            (self.tree, self.parent)
        };
        if deep > MOST_DEEP {
            return Err(A::Error::custom(TOO_MUCH));
        }
        let mut index = 0;
        while all.next_element_seed(Value { tree: &mut *tree, parent, name, index: Some(index), deep })?.is_some() {
            index += 1;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut all: A) -> Result<(), A::Error> {
        let Self { tree, parent, name, index, deep } = self;
        let id = Value { tree: &mut *tree, parent, name, index, deep }.node(String::new())?;
        while let Some(name) = all.next_key::<String>()? {
            all.next_value_seed(Value { tree: &mut *tree, parent: id, name: &name, index: None, deep: deep + 1 })?;
        }
        Ok(())
    }
}

/// JSON to be written. What is empty is left out of the object that would hold it.
#[derive(Clone, Debug)]
pub enum Json {
    Text(String),
    Number(i64),
    Flag(bool),
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
    /// Written also when empty: a format demands it.
    Must(Box<Self>),
}

impl Json {
    pub fn text(text: Option<&str>) -> Self {
        Self::Text(text.unwrap_or_default().to_owned())
    }

    pub fn object<const N: usize>(members: [(&str, Self); N]) -> Self {
        Self::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    pub fn list(all: impl IntoIterator<Item = Self>) -> Self {
        Self::List(all.into_iter().collect())
    }

    /// A list of this alone; of nothing where it is empty.
    pub fn only(self) -> Self {
        if self.is_empty() { Self::List(Vec::new()) } else { Self::List(vec![self]) }
    }

    pub fn must(self) -> Self {
        Self::Must(Box::new(self))
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::List(all) => all.is_empty(),
            Self::Object(members) => members.iter().all(|(_, value)| value.is_empty()),
            Self::Number(_) | Self::Flag(_) | Self::Must(_) => false,
        }
    }

    /// UTF-8, two spaces a level, a last line break.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = serde_json::to_vec_pretty(self).unwrap_or_default();
        out.push(b'\n');
        out
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => to.serialize_str(text),
            Self::Number(number) => to.serialize_i64(*number),
            Self::Flag(flag) => to.serialize_bool(*flag),
            Self::List(all) => to.collect_seq(all),
            Self::Must(inner) => inner.serialize(to),
            Self::Object(members) => {
                let mut map = to.serialize_map(None)?;
                for (name, value) in members.iter().filter(|(_, value)| !value.is_empty()) {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_json_is_broken_with_its_place() {
        for text in ["{", "{\"a\":}", "[1,]", "nul", "{} {}", "\"a", "{\"a\":1e999}"] {
            assert!(matches!(read(text), Err(Refused::Broken(why)) if why.contains("line 1")), "{text}");
        }
    }

    #[test]
    fn no_member_is_lost_and_each_has_its_path() {
        let tree = read(r#"{"a":1,"a":2,"b":[{"c":"x"},[true,null]],"d":{"e":[]}}"#).expect("json");
        let left: Vec<_> = tree.left().map(|at| (at.path(), at.raw().to_owned())).collect();
        let expected = [("a", "1"), ("a", "2"), ("b[0].c", "x"), ("b[1].b[0]", "true")];
        assert_eq!(left, expected.map(|(path, text)| (path.to_owned(), text.to_owned())));
    }

    #[test]
    fn what_is_empty_is_not_written_unless_it_must() {
        let json =
            Json::object([("a", Json::text(None)), ("b", Json::text(None).must()), ("c", Json::object([("d", Json::list([]))]))]);
        assert_eq!(String::from_utf8(json.bytes()).expect("text"), "{\n  \"b\": \"\"\n}\n");
    }
}
