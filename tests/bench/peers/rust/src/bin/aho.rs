//! Rust's aho-corasick in each of its configurations that may be the fastest; the table takes the best.
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use peers::{now, Configuration, Work};

fn main() {
    let work = Work::read();
    let mut kinds = vec![("contiguous NFA", Some(AhoCorasickKind::ContiguousNFA)), ("automatic", None)];
    if work.phrases.len() <= 1000 {
        kinds.push(("DFA", Some(AhoCorasickKind::DFA))); // at 20,000 phrases: hundreds of megabytes
    }
    let mut configurations = Vec::new();
    for (name, kind) in kinds {
        let start = now();
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).kind(kind).build(&work.phrases).unwrap();
        let (built, memory) = (now() - start, automaton.memory_usage());
        let count = Box::new(move |text: &str| automaton.find_iter(text).count());
        configurations.push(Configuration { name: format!("aho-corasick {name}"), built, memory, count });
    }
    work.serve(&configurations);
}
