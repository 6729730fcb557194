package bench;

import com.github.houbb.sensitive.word.bs.SensitiveWordBs;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** houbb/sensitive-word in its normalising default, line by line: Search PHRASES RAW-TEXT whole|lines; what it reads and answers: peer_serve in peer.h. */
public final class Search {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long WARM_UP = 2_000_000_000L; // ns

    public static void main(String[] args) throws Exception {
        List<String> phrases = Files.readAllLines(Path.of(args[0]));
        byte[] bytes = Files.readAllBytes(Path.of(args[1]));
        long start = THREADS.getCurrentThreadCpuTime();
        SensitiveWordBs search = SensitiveWordBs.newInstance().wordDeny(() -> phrases).wordAllow(List::of).init();
        double built = (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
        warmUp(search, lines(bytes, sizeOf(bytes, 2)));
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String asked = input.readLine(); asked != null; asked = input.readLine()) {
            int size = sizeOf(bytes, Integer.parseInt(asked));
            String[] lines = lines(bytes, size);
            count(search, lines);
            start = THREADS.getCurrentThreadCpuTime();
            long hits = count(search, lines);
            double seconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
            System.out.printf("sensitive-word\t%.3f\t0\t%d\t%.6f\t%d\t0%n%n", built, size, seconds, hits);
        }
    }

    private static int sizeOf(byte[] bytes, int megabytes) {
        int size = Math.min(bytes.length, megabytes << 20);
        while (size > 0 && bytes[size - 1] != '\n')
            size--;
        return size;
    }

    private static String[] lines(byte[] bytes, int size) {
        return new String(bytes, 0, size, StandardCharsets.UTF_8).split("\n");
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
