//! daachorse, its character-wise double array: made for Chinese and Japanese text.
use daachorse::{CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use peers::{now, Configuration, Work};

fn main() {
    let mut work = Work::read();
    work.phrases.sort();
    work.phrases.dedup();
    let start = now();
    let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::Standard).build::<_, _, u32>(&work.phrases).unwrap();
    let (built, memory) = (now() - start, automaton.heap_bytes());
    let count = Box::new(move |text: &str| automaton.find_overlapping_iter(text).count());
    work.serve(&[Configuration { name: String::from("daachorse charwise"), built, memory, count }]);
}
