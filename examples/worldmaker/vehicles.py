"""Vehicles, plates and eVB numbers, none of which is given out twice."""

from dataclasses import dataclass

from worldmaker.dice import Dice

EVB_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
VIN_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
PLATE_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
FORBIDDEN = frozenset({"HJ", "KZ", "NS", "SA", "SS"})
SEASONS = ("03-10", "04-10", "04-09", "03-11", "05-09", "04-11")

# HSN, then the first nine places of the VIN.
_CARS = (
    "0603WVWZZZCD1 0603WVGZZZ5NZ 0603WVWZZZAWZ 0588WAUZZZF49 0588WAUZZZGEX 0005WBA31AG0X 0005WBA8E1C50 "
    "8566WF0AXXGCB 8566WF0KXXERK 0035W0VBF2EC4 1313W1K2050461 1313WDD1770841 8004TMBJJ7NX7 8004TMBLE9NP1 "
    "7593VSSZZZKLZ 3333VF1RJA007 3333VF17RBF0A 3003VF3MCYHZR 5013SB1ZS3JE2 8252TMAH3513G 8253U5YH5G15A "
    "9101YV1XZK5V8 1313WDD2130041"
).split()
_VANS = ("0603WV1ZZZ7HZ 0603WV1ZZZSYZ 1313W1V9076331 8566WF0EXXTTR 3001VF3YB2MFB 0035W0VVFEHZ0").split()
_TRUCKS = ("0904WMA06KZZ3 1313W1T9634031 4062XLRAS47MS 1480YV2RT40A1 9117YS2R4X200").split()
_MOTORCYCLES = ("0005WB10A0107 7100JYARN6810 7102JH2SC7707 7104JKAZXT00J 4113ZDM1LB4W5 7331VBKTU9403").split()
_ELECTRIC = "1480XP7YGCEK7 0005WBY7Z4107 0603WVWZZZE1Z 3333VF1AG0007 8252KMHK381GF 1313W1KEG2BB4".split()
_HISTORIC = "0603WVWZZZ17Z 0708WDB123030 0005WBAAA5106 0588WAUZZZ81Z 0039W0L000019 4000ZFA141A00".split()
_FLEETS = {
    "car": _CARS,
    "electric": _ELECTRIC,
    "historic": _HISTORIC,
    "van": _VANS,
    "truck": _TRUCKS,
    "motorcycle": _MOTORCYCLES,
}


@dataclass(frozen=True, kw_only=True)
class Vehicle:
    """What the registration certificate says about a vehicle."""

    vin: str
    hsn: str
    tsn: str


class Garage:
    """Hand out vehicles, plates and eVB numbers, each once."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._given: set[str] = set()

    def vehicle(self, kind: str = "car") -> Vehicle:
        """Return another vehicle of this kind (see _FLEETS)."""
        model = self._dice.pick(_FLEETS[kind])
        head = model[4:]
        vin = head + self._letters(VIN_LETTERS, 17 - len(head) - 5) + f"{self._dice.below(100_000):05}"
        tsn = self._letters(PLATE_LETTERS, 2) + self._dice.pick(PLATE_LETTERS + "0123456789")
        return Vehicle(vin=vin, hsn=model[:4], tsn=tsn) if self._once(vin) else self.vehicle(kind)

    def plate(self, district: str, suffix: str = "") -> str:
        """Return a free plate of the district, as it stands on the vehicle (FZV, annex 1)."""
        letters = self._letters(PLATE_LETTERS, self._dice.weighted(((1, 25), (2, 75))))
        digits = min(4, 8 - len(district) - len(letters) - len(suffix))
        number = self._dice.between(1 if digits == 1 else 10, 10**digits - 1)
        plate = f"{district}-{letters} {number}{suffix}"
        return plate if letters not in FORBIDDEN and self._once(plate) else self.plate(district, suffix)

    def evb(self, prefix: str) -> str:
        """Return an unused number of the insurer with this prefix."""
        number = prefix + self._letters(EVB_LETTERS, 5)
        return number if self._once(number) else self.evb(prefix)

    def mistyped(self, number: str) -> str:
        """Return an eVB number with one wrong letter that nobody was given."""
        wrong = number[:4] + self._dice.pick(EVB_LETTERS) + number[5:]
        return wrong if self._once(wrong) else self.mistyped(number)

    def reserve(self, plate: str) -> str:
        """Take a plate that a scene needs literally; refuses one that is already on a vehicle."""
        if not self._once(plate):
            raise ValueError(f"{plate} is already on a vehicle.")
        return plate

    def _letters(self, alphabet: str, count: int) -> str:
        return "".join(self._dice.pick(alphabet) for _ in range(count))

    def _once(self, thing: str) -> bool:
        is_new = thing not in self._given
        self._given.add(thing)
        return is_new
