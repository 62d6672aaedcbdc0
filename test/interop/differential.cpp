// The verifier that flatc generated for one schema, asked about many buffers. Reads frames of a u32 length and so many
// bytes from stdin and answers with one byte each: 'y' or 'n', or 'o' when AddressSanitizer saw a read outside.
// Compiled by differential.mjs with -DHEADER and -DROOT.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "flatbuffers/flatbuffers.h"
#include "flatbuffers/flexbuffers.h"
#include HEADER

static bool outside = false;

extern "C" void __asan_set_error_report_callback(void (*)(const char *)) __attribute__((weak));

static bool accepts(const uint8_t *bytes, size_t length) {
  flatbuffers::Verifier verifier(bytes, length);
#ifdef SIZE_PREFIXED
  return verifier.VerifySizePrefixedBuffer<ROOT>(nullptr);
#else
  return verifier.VerifyBuffer<ROOT>(nullptr);
#endif
}

int main() {
  if (__asan_set_error_report_callback != nullptr) {
    __asan_set_error_report_callback([](const char *) { outside = true; });
  }
  uint32_t length;
  while (fread(&length, 4, 1, stdin) == 1) {
    // Memory of exactly this size, at an address divisible by 16: one byte too far is seen.
    auto bytes = static_cast<uint8_t *>(malloc(length));
    if (fread(bytes, 1, length, stdin) != length) return 1;
    outside = false;
    char verdict = accepts(bytes, length) ? 'y' : 'n';
    free(bytes);
    fputc(outside ? 'o' : verdict, stdout);
    // An empty frame asks for the answers so far.
    if (length == 0) fflush(stdout);
  }
}
