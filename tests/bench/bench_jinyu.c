/* jinyu as a program meets it: bench_jinyu PACK TEXT scan|batch|lines|matcher MEGABYTES SOUND ENGINE
 * One line: engine, milliseconds to compile, bytes of the rule set, bytes scanned, seconds of this thread, findings (matcher: matches), milliseconds
 * to parse. What PACK, SOUND and ENGINE may be: scans.h. */
#include "scans.h"

int main(int argc, char **argv)
{
    const scans_way *way = &scans_of_jinyu;
    if (argc != 7) {
        fprintf(stderr, "bench_jinyu PACK TEXT scan|batch|lines|matcher MEGABYTES SOUND ENGINE\n");
        return 2;
    }
    peer_bytes text = peer_read(argv[2], strtoull(argv[4], NULL, 10) << 20);
    scans *s = way->open(argv[1], atoi(argv[5]), argv[6], &text);
    double seconds = peer_time(&text, strcmp(argv[3], "lines") == 0, way->mode(argv[3]), s, way->found(s));
    scans_cost cost = way->cost(s);
    printf("%s\t%.3f\t%zu\t%zu\t%.6f\t%zu\t%.3f\n", cost.engine, cost.build_ms, cost.memory, text.len, seconds, *way->found(s), cost.parse_ms);
    way->close(s);
    free(text.ptr);
    return 0;
}
