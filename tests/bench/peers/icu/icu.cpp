// ICU's own way to fold: NFKC_Casefold, then the Traditional-Simplified transliterator, line by line; the result is searched by
// Hyperscan, whose share of the time is small. icu PHRASES RAW-TEXT whole|lines (both fold line by line)
#include "../peer.h"
#include <hs/hs.h>
#include <numeric>
#include <string>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uversion.h>
#include <vector>

struct searcher {
    const icu::Normalizer2 *fold;
    icu::Transliterator *simplify;
    hs_database_t *database;
    hs_scratch_t *scratch;
    size_t hits;
};

static int on_match(unsigned, unsigned long long, unsigned long long, unsigned, void *ctx)
{
    ++*static_cast<size_t *>(ctx);
    return 0;
}

static void scan(void *ctx, const char *text, size_t len)
{
    auto *s = static_cast<searcher *>(ctx);
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString folded = s->fold->normalize(icu::UnicodeString::fromUTF8(icu::StringPiece(text, static_cast<int32_t>(len))), status);
    s->simplify->transliterate(folded);
    std::string bytes;
    folded.toUTF8String(bytes);
    if (U_FAILURE(status) || hs_scan(s->database, bytes.data(), static_cast<unsigned>(bytes.size()), 0, s->scratch, on_match, &s->hits) != HS_SUCCESS)
        exit(2);
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    peer_phrases phrases = peer_read_phrases(argv[1]);
    peer_bytes text = peer_read(argv[2], static_cast<size_t>(-1));
    UErrorCode status = U_ZERO_ERROR;
    searcher s = {};
    hs_compile_error_t *error = nullptr;
    double start = peer_now();
    s.fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
    s.simplify = icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status);
    std::vector<unsigned> flags(phrases.count), ids(phrases.count);
    std::iota(ids.begin(), ids.end(), 0);
    if (U_FAILURE(status) || hs_compile_lit_multi(phrases.items, flags.data(), ids.data(), phrases.lens,
                                                  static_cast<unsigned>(phrases.count), HS_MODE_BLOCK, nullptr, &s.database, &error) != HS_SUCCESS)
        return 2;
    double built = peer_now() - start;
    if (hs_alloc_scratch(s.database, &s.scratch) != HS_SUCCESS)
        return 2;
    peer_serve(&text, 1, scan, &s, &s.hits, peer_cost{ "ICU " U_ICU_VERSION, built * 1e3, 0, 0 });
    return 0;
}
