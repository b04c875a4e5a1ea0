"""A citizen number is encrypted in the database, found blindly, and outlives its key."""

import msgspec
import pytest
from django.conf import settings as django_settings
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cast import ILSE
from noaber.records import test_citizen_numbers
from noaber.web.access.actions import resident_with
from noaber.web.access.models import Resident
from noaber.web.journal.models import Entry
from noaber.web.privacy.actions import reseal
from noaber.web.privacy.numbers import Keyring, NumberKeyError, blind

pytestmark = pytest.mark.django_db
NUMBERS = test_citizen_numbers()


@pytest.fixture
def house(settings, tmp_path):
    """This installation, with a folder of keys of its own."""
    settings.NOABER = msgspec.structs.replace(django_settings.NOABER, keys=str(tmp_path / "keys"))
    return settings.NOABER


def column():
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, number_index FROM access_resident ORDER BY id")
        return cursor.fetchall()


def ilse():
    return resident_with(ILSE, at=timezone.now())


def test_the_database_holds_no_number(house):
    ilse()
    [(sealed, index)] = column()
    assert ILSE not in sealed + index
    assert sealed.startswith("1.")
    assert Resident.objects.get().number == ILSE


def test_the_same_number_is_sealed_in_another_way_every_time_and_found_all_the_same(house):
    resident = ilse()
    before = column()
    resident.save()
    assert column()[0][0] != before[0][0]
    assert column()[0][1] == before[0][1]
    assert ilse() == resident


def test_a_number_stands_in_one_row(house):
    ilse()
    with pytest.raises(IntegrityError), transaction.atomic():
        Resident.objects.create(key="nog een", number=ILSE, added_at=timezone.now())


def test_an_encrypted_number_cannot_be_searched(house):
    with pytest.raises(FieldError, match="blind index"):
        Resident.objects.filter(number=ILSE)


def test_a_new_key_writes_everything_again_and_the_old_key_can_go(house):
    for number in NUMBERS[:5]:
        resident_with(number, at=timezone.now())
    call_command("renew_number_key", verbosity=0)
    assert Entry.objects.first().details == {"count": 5}
    assert all(sealed.startswith("2.") for sealed, _ in column())
    (house.path(house.keys) / "numbers-1.key").unlink()
    assert [item.number for item in Resident.objects.order_by("pk")] == NUMBERS[:5]
    assert Resident.objects.filter(number_index__in=blind(NUMBERS[2])).count() == 1
    assert reseal() == 0


def test_halfway_a_renewal_nobody_is_missed_and_nobody_is_there_twice(house):
    before = ilse()
    house.renew("numbers")
    assert ilse() == before
    assert resident_with(NUMBERS[7], at=timezone.now()).number == NUMBERS[7]
    call_command("renew_number_key", "--continue", verbosity=0)
    assert ilse() == before
    assert all(sealed.startswith("2.") for sealed, _ in column())


def test_without_its_key_a_number_is_lost_and_the_message_does_not_repeat_it(house):
    ilse()
    (house.path(house.keys) / "numbers-1.key").unlink()
    with pytest.raises(NumberKeyError, match="N-951") as told:
        Resident.objects.get()
    assert ILSE not in str(told.value)


def test_a_sealed_number_cannot_be_moved_to_another_place_or_changed():
    keys = Keyring({1: bytes(32)})
    sealed = keys.seal(ILSE, "a.number")
    assert keys.unseal(sealed, "a.number") == ILSE
    with pytest.raises(NumberKeyError):
        keys.unseal(sealed, "b.number")
    with pytest.raises(NumberKeyError):
        keys.unseal(sealed[:-4] + "AAAA", "a.number")


@given(
    number=st.sampled_from(NUMBERS),
    other=st.sampled_from(NUMBERS),
    keys=st.sets(st.binary(min_size=32, max_size=32), min_size=1, max_size=4),
)
def test_whatever_the_keys_a_number_comes_back_and_is_found_under_each(number, other, keys):
    ring = Keyring(dict(enumerate(sorted(keys), 1)))
    assert ring.unseal(ring.seal(number, "x"), "x") == number
    assert len(ring.indexes(number)) == len(keys)
    assert ring.index(number) == ring.indexes(number)[0]
    assert (number == other) == bool(set(ring.indexes(number)) & set(ring.indexes(other)))


def test_a_key_that_others_can_read_is_refused(house):
    ilse()
    (house.path(house.keys) / "numbers-1.key").chmod(0o644)
    with pytest.raises(Exception, match="N-950"):
        ilse()
