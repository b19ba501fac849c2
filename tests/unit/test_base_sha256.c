/* SHA-256 against the examples of FIPS 180-4 and of NIST's example pages, and the two ways of doing it
 * against each other at every length around a block's edge. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/sha256.h"

static void expect(struct str bytes, const char *want)
{
	uint8_t h[32];
	char hex[65];
	sha256(bytes, h);
	sha256_hex(h, hex);
	assert_string_equal(hex, want);
	sha256_plain(bytes, h);
	sha256_hex(h, hex);
	assert_string_equal(hex, want);
}

static void test_vectors(void **state)
{
	(void)state;
	expect(STR(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	expect(STR("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	expect(STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
	       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	expect(STR("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopq"
	           "klmnopqrlmnopqrsmnopqrstnopqrstu"),
	       "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
}

static void test_million(void **state)
{
	(void)state;
	char *a = malloc(1000000);
	assert_non_null(a);
	memset(a, 'a', 1000000);
	expect((struct str){a, 1000000}, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
	free(a);
}

static void test_both_ways_agree(void **state)
{
	(void)state;
	char p[300];
	uint8_t a[32], b[32];
	for (size_t i = 0; i < sizeof(p); i++)
		p[i] = (char)(i * 7 + i / 64);
	for (size_t n = 0; n <= sizeof(p); n++) {
		sha256((struct str){p, n}, a);
		sha256_plain((struct str){p, n}, b);
		assert_memory_equal(a, b, 32);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_million),
		cmocka_unit_test(test_both_ways_agree),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
