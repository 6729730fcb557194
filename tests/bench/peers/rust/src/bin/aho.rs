//! Rust's aho-corasick in each of its configurations that may be the fastest; the table takes the best.
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use peers::{now, Work};

fn main() {
    let work = Work::read();
    let mut kinds = vec![("contiguous NFA", Some(AhoCorasickKind::ContiguousNFA)), ("automatic", None)];
    if work.phrases.len() <= 1000 {
        kinds.push(("DFA", Some(AhoCorasickKind::DFA))); // at 20,000 phrases: hundreds of megabytes
    }
    for (name, kind) in kinds {
        let start = now();
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).kind(kind).build(&work.phrases).unwrap();
        let built = now() - start;
        work.measure(&format!("aho-corasick {name}"), built, automaton.memory_usage(), &|text| automaton.find_iter(text).count());
    }
}
