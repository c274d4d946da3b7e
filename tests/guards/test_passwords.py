"""What the tests hash quickly, the product hashes slowly."""

from django.contrib.auth.hashers import Argon2PasswordHasher, get_hashers_by_algorithm, make_password

from vermittlerpost.config import settings as product


def test_the_product_keeps_passwords_by_argon2_at_the_strength_that_the_library_recommends() -> None:
    assert product.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert (Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost) >= (2, 102_400)


def test_the_tests_hash_by_the_same_method() -> None:
    assert list(get_hashers_by_algorithm()) == ["argon2"]
    assert make_password("Vier lange Wörter hier").startswith("argon2$argon2id$")
