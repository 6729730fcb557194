//! daachorse, its character-wise double array: made for Chinese and Japanese text.
use daachorse::{CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use peers::{now, Work};

fn main() {
    let mut work = Work::read();
    work.phrases.sort();
    work.phrases.dedup();
    let start = now();
    let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::Standard).build::<_, _, u32>(&work.phrases).unwrap();
    let built = now() - start;
    work.measure("daachorse charwise", built, automaton.heap_bytes(), &|text| automaton.find_overlapping_iter(text).count());
}
