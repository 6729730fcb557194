/* jinyu as a program meets it: bench_jinyu PACK TEXT scan|stays|batch|lines|matcher SOUND ENGINE
 * What it reads and answers: peer_serve in peers/peer.h; hits are findings (matcher: matches). What PACK, SOUND and ENGINE may be: scans.h. */
#include "scans.h"

int main(int argc, char **argv)
{
    const scans_way *way = &scans_of_jinyu;
    if (argc != 6) {
        fprintf(stderr, "bench_jinyu PACK TEXT scan|stays|batch|lines|matcher SOUND ENGINE\n");
        return 2;
    }
    peer_bytes text = peer_read(argv[2], (size_t)-1);
    scans *s = way->open(argv[1], atoi(argv[4]), argv[5], &text);
    peer_serve(&text, strcmp(argv[3], "lines") == 0, way->mode(argv[3]), s, way->found(s), way->cost(s));
    way->close(s);
    free(text.ptr);
    return 0;
}
