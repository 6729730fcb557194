//! What both Rust peers share: arguments `PHRASES TEXT whole|lines MEGABYTES`, one line of figures for each configuration.
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
        let mut text = std::fs::read(&args[2]).unwrap();
        text.truncate(args[4].parse::<usize>().unwrap() << 20);
        while !text.is_empty() && text[text.len() - 1] != b'\n' {
            text.pop();
        }
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

    /// One scan of the first megabytes to warm up, one that counts.
    pub fn measure(&self, name: &str, built: Duration, memory: usize, count: &dyn Fn(&str) -> usize) {
        let warm = &self.text.as_bytes()[..self.text.len().min(2 << 20)];
        let cut = memchr::memrchr(b'\n', warm).map_or(0, |at| at + 1);
        self.each(&self.text[..cut], count);
        let start = now();
        let hits = self.each(&self.text, count);
        let seconds = (now() - start).as_secs_f64();
        println!("{}\t{:.3}\t{}\t{}\t{:.6}\t{}", name, built.as_secs_f64() * 1e3, memory, self.text.len(), seconds, hits);
    }
}
