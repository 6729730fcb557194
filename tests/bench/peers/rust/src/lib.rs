//! What both Rust peers share: arguments `PHRASES TEXT whole|lines`; what they read and answer: peer_serve in peer.h, a line for each configuration.
use std::io::{BufRead, Write};
use std::time::Duration;

#[repr(C)]
struct Timespec {
    seconds: i64,
    nanoseconds: i64,
}

extern "C" {
    fn clock_gettime(clock: i32, out: *mut Timespec) -> i32;
}

/// Time of this thread alone (Linux: CLOCK_THREAD_CPUTIME_ID is 3).
pub fn now() -> Duration {
    let mut time = Timespec { seconds: 0, nanoseconds: 0 };
    unsafe { clock_gettime(3, &mut time) };
    Duration::new(time.seconds as u64, time.nanoseconds as u32)
}

pub struct Work {
    pub phrases: Vec<String>,
    pub text: String,
    lines: bool,
}

impl Work {
    pub fn read() -> Work {
        let args: Vec<String> = std::env::args().collect();
        let phrases = std::fs::read_to_string(&args[1]).unwrap().lines().map(String::from).collect();
        let text = std::fs::read(&args[2]).unwrap();
        Work { phrases, text: String::from_utf8(text).unwrap(), lines: args[3] == "lines" }
    }

    fn each(&self, text: &str, count: &dyn Fn(&str) -> usize) -> usize {
        if self.lines {
            let mut hits = 0;
            let mut begin = 0;
            for end in memchr::memchr_iter(b'\n', text.as_bytes()) {
                hits += count(&text[begin..end]);
                begin = end + 1;
            }
            hits
        } else {
            count(text)
        }
    }

    /// The first megabytes up to a line end.
    fn part(&self, megabytes: usize) -> &str {
        let bytes = &self.text.as_bytes()[..self.text.len().min(megabytes << 20)];
        &self.text[..memchr::memrchr(b'\n', bytes).map_or(0, |at| at + 1)]
    }

    /// One scan to warm up, one that counts.
    fn measure(&self, one: &Configuration, megabytes: usize) {
        let text = self.part(megabytes);
        self.each(text, &one.count);
        let start = now();
        let hits = self.each(text, &one.count);
        let seconds = (now() - start).as_secs_f64();
        println!("{}\t{:.3}\t{}\t{}\t{:.6}\t{}\t0", one.name, one.built.as_secs_f64() * 1e3, one.memory, text.len(), seconds, hits);
    }

    /// Scans as many megabytes as a line of standard input says, in each configuration, until there is no line.
    pub fn serve(&self, configurations: &[Configuration]) {
        for line in std::io::stdin().lock().lines() {
            let megabytes = line.unwrap().trim().parse().unwrap();
            for one in configurations {
                self.measure(one, megabytes);
            }
            println!();
            std::io::stdout().flush().unwrap();
        }
    }
}

pub struct Configuration {
    pub name: String,
    pub built: Duration,
    pub memory: usize,
    pub count: Box<dyn Fn(&str) -> usize>,
}
