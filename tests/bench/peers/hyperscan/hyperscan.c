/* Hyperscan or Vectorscan (the same interface): all phrases as literals, block mode. hyperscan PHRASES TEXT whole|lines
 * hs_compile_lit_multi without flags is its fastest way: no UTF-8 mode, no start of match. */
#include "../peer.h"
#include <hs/hs.h>

typedef struct searcher { hs_database_t *database; hs_scratch_t *scratch; size_t hits; } searcher;

static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *ctx)
{
    (void)id, (void)from, (void)to, (void)flags;
    ++*(size_t *)ctx;
    return 0;
}

static void scan(void *ctx, const char *text, size_t len)
{
    searcher *s = ctx;
    if (hs_scan(s->database, text, (unsigned)len, 0, s->scratch, on_match, &s->hits) != HS_SUCCESS)
        exit(2);
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    peer_phrases phrases = peer_read_phrases(argv[1]);
    peer_bytes text = peer_read(argv[2], (size_t)-1);
    searcher s = { NULL, NULL, 0 };
    hs_compile_error_t *error = NULL;
    unsigned *flags = calloc(phrases.count, sizeof(*flags)), *ids = calloc(phrases.count, sizeof(*ids));
    size_t memory = 0;
    double start = peer_now(), built;
    for (unsigned i = 0; i < phrases.count; i++)
        ids[i] = i;
    if (hs_compile_lit_multi((const char *const *)phrases.items, flags, ids, phrases.lens, (unsigned)phrases.count, HS_MODE_BLOCK, NULL,
                             &s.database, &error) != HS_SUCCESS) {
        fprintf(stderr, "%s\n", error->message);
        return 2;
    }
    built = peer_now() - start;
    if (hs_alloc_scratch(s.database, &s.scratch) != HS_SUCCESS)
        return 2;
    hs_database_size(s.database, &memory);
    peer_serve(&text, strcmp(argv[3], "lines") == 0, scan, &s, &s.hits, (peer_cost){ hs_version(), built * 1e3, 0, memory });
    return 0;
}
