package bench;

import com.github.houbb.sensitive.word.bs.SensitiveWordBs;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** houbb/sensitive-word in its normalising default, line by line: Search PHRASES RAW-TEXT whole|lines MEGABYTES. */
public final class Search {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long WARM_UP = 2_000_000_000L; // ns

    public static void main(String[] args) throws Exception {
        List<String> phrases = Files.readAllLines(Path.of(args[0]));
        byte[] bytes = Files.readAllBytes(Path.of(args[1]));
        int size = Math.min(bytes.length, Integer.parseInt(args[3]) << 20);
        while (size > 0 && bytes[size - 1] != '\n')
            size--;
        String[] lines = new String(Arrays.copyOf(bytes, size), StandardCharsets.UTF_8).split("\n");
        long start = THREADS.getCurrentThreadCpuTime();
        SensitiveWordBs search = SensitiveWordBs.newInstance().wordDeny(() -> phrases).wordAllow(List::of).init();
        double built = (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
        warmUp(search, Arrays.copyOf(lines, Math.min(lines.length, 20000)));
        start = THREADS.getCurrentThreadCpuTime();
        long hits = count(search, lines);
        double seconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
        System.out.printf("sensitive-word\t%.3f\t0\t%d\t%.6f\t%d%n", built, size, seconds, hits);
    }

    /** Lets the JIT compile, which it does in its own time: one pass is too short for it on a busy machine. */
    private static void warmUp(SensitiveWordBs search, String[] lines) {
        long end = THREADS.getCurrentThreadCpuTime() + WARM_UP;
        while (lines.length > 0 && THREADS.getCurrentThreadCpuTime() < end)
            count(search, lines);
    }

    private static long count(SensitiveWordBs search, String[] lines) {
        long hits = 0;
        for (String line : lines)
            hits += search.findAll(line).size();
        return hits;
    }
}
