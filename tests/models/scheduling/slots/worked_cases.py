"""Worked cases: what a post is asked, when, and what people read. Times are on the clocks of the post.

No-break spaces are written as spaces here; another test sees to them.

Each post is open from Monday to Friday, 8 h to 18 h, for one bay and one inspector, and wants two hours to prepare,
unless its case says otherwise. The control is the physical one, of one container: 45 minutes; one may begin every
half-hour.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

PARIS = "Europe/Paris"


@dataclass(frozen=True)
class Worked:
    """One case; `first` is empty where nothing can be booked."""

    name: str
    now: str
    notified: str
    arrives: str
    first: str
    sentence: str
    department: str = "76"
    zone: str = PARIS
    terms: dict[str, Any] = field(default_factory=dict)
    """What its post offers otherwise: `hours` as (weekdays, opens, closes, on holidays) and so on."""
    closed: tuple[tuple[str, str, str], ...] = ()
    """From when, until when, why."""
    taken: tuple[str, ...] = ()
    """Starts that others have."""
    wood: bool = False


EVERY_DAY = ((range(7), 480, 1080, True),)
"""From 8 h to 18 h, weekends and holidays included."""
ALWAYS = ((range(7), 0, 1440, True),)
ALL_TAKEN = tuple(
    f"2026-11-{day} {hour:02}:{minute}"
    for day in (24, 25)
    for hour in range(8, 18)
    for minute in ("00", "30")
)

CASES = (
    Worked(
        name="the post wants two hours",
        now="2026-11-24 09:10",
        notified="2026-11-16 09:00",
        arrives="2026-11-23 06:00",
        first="2026-11-24 11:30",
        sentence="Premier créneau possible : mardi 24 nov. à 11 h 30, car le poste demande 2 h pour préparer le contrôle.",
    ),
    Worked(
        name="two hours go past closing time on a Friday",
        now="2026-11-27 16:30",
        notified="2026-11-20 09:00",
        arrives="2026-11-27 06:00",
        first="2026-11-30 08:00",
        sentence="Premier créneau possible : lundi 30 nov. à 8 h 00, car le poste demande 2 h pour préparer le contrôle et le poste est fermé du samedi 28 nov. au dimanche 29 nov.",
    ),
    Worked(
        name="a post that wants two days",
        now="2026-11-27 17:30",
        notified="2026-11-20 09:00",
        arrives="2026-11-27 06:00",
        first="2026-11-30 08:00",
        sentence="Premier créneau possible : lundi 30 nov. à 8 h 00, car le poste demande 2 jours pour préparer le contrôle et le poste est fermé dimanche 29 nov.",
        terms={"booking_notice": timedelta(hours=48)},
    ),
    Worked(
        name="notified on Friday: one working day over the weekend",
        now="2026-11-20 15:00",
        notified="2026-11-20 14:20",
        arrives="2026-11-20 06:00",
        first="2026-11-23 14:30",
        sentence="Premier créneau possible : lundi 23 nov. à 14 h 30, car le préavis légal d’un jour ouvré court jusqu’au lundi 23 nov. à 14 h 20.",
    ),
    Worked(
        name="notified on Saturday: the whole of Monday",
        now="2026-11-21 11:00",
        notified="2026-11-21 10:00",
        arrives="2026-11-21 06:00",
        first="2026-11-24 08:00",
        sentence="Premier créneau possible : mardi 24 nov. à 8 h 00, car le préavis légal d’un jour ouvré court jusqu’au lundi 23 nov. à minuit.",
    ),
    Worked(
        name="notified on 11 November: the whole of the next day, though the post works on holidays",
        now="2026-11-11 11:00",
        notified="2026-11-11 10:00",
        arrives="2026-11-11 06:00",
        first="2026-11-13 08:00",
        sentence="Premier créneau possible : vendredi 13 nov. à 8 h 00, car le préavis légal d’un jour ouvré court jusqu’au jeudi 12 nov. à minuit.",
        terms={"hours": EVERY_DAY},
    ),
    Worked(
        name="over Toussaint, a Monday",
        now="2027-10-29 17:00",
        notified="2027-10-29 16:00",
        arrives="2027-10-29 06:00",
        first="2027-11-02 16:00",
        sentence="Premier créneau possible : mardi 2 nov. à 16 h 00, car le préavis légal d’un jour ouvré court jusqu’au mardi 2 nov. à 16 h 00.",
    ),
    Worked(
        name="over Toussaint, a Friday",
        now="2024-10-31 17:00",
        notified="2024-10-31 16:00",
        arrives="2024-10-31 06:00",
        first="2024-11-04 16:00",
        sentence="Premier créneau possible : lundi 4 nov. à 16 h 00, car le préavis légal d’un jour ouvré court jusqu’au lundi 4 nov. à 16 h 00.",
    ),
    Worked(
        name="a post that accepts four hours",
        now="2026-11-24 09:00",
        notified="2026-11-24 08:30",
        arrives="2026-11-24 06:00",
        first="2026-11-24 12:30",
        sentence="Premier créneau possible : mardi 24 nov. à 12 h 30, car le préavis de 4 heures court jusqu’au mardi 24 nov. à 12 h 30.",
        terms={"four_hours": True},
    ),
    Worked(
        name="three working days for wood",
        now="2026-11-24 09:00",
        notified="2026-11-23 08:30",
        arrives="2026-11-24 06:00",
        first="2026-11-26 08:30",
        sentence="Premier créneau possible : jeudi 26 nov. à 8 h 30, car le préavis de 3 jours ouvrés pour le bois court jusqu’au jeudi 26 nov. à 8 h 30.",
        terms={"wood_days": 3},
        wood=True,
    ),
    Worked(
        name="it comes in the morning",
        now="2026-11-20 09:00",
        notified="2026-11-16 08:30",
        arrives="2026-11-23 09:10",
        first="2026-11-23 09:30",
        sentence="Premier créneau possible : lundi 23 nov. à 9 h 30, car la marchandise arrive le lundi 23 nov. à 9 h 10.",
    ),
    Worked(
        name="Good Friday in Bas-Rhin",
        now="2026-04-02 16:30",
        notified="2026-03-20 08:30",
        arrives="2026-04-02 05:40",
        first="2026-04-07 08:00",
        sentence="Premier créneau possible : mardi 7 avr. à 8 h 00, car le poste demande 2 h pour préparer le contrôle, vendredi 3 avr. est férié (Vendredi saint), le poste est fermé du samedi 4 avr. au dimanche 5 avr. et lundi 6 avr. est férié (Lundi de Pâques).",
        department="67",
    ),
    Worked(
        name="Good Friday elsewhere",
        now="2026-04-02 16:30",
        notified="2026-03-20 08:30",
        arrives="2026-04-02 05:40",
        first="2026-04-03 08:00",
        sentence="Premier créneau possible : vendredi 3 avr. à 8 h 00, car le poste demande 2 h pour préparer le contrôle.",
    ),
    Worked(
        name="26 December in Moselle",
        now="2029-12-24 17:00",
        notified="2029-12-17 08:30",
        arrives="2029-12-24 05:40",
        first="2029-12-27 08:00",
        sentence="Premier créneau possible : jeudi 27 déc. à 8 h 00, car le poste demande 2 h pour préparer le contrôle, mardi 25 déc. est férié (Noël) et mercredi 26 déc. est férié (Saint-Étienne).",
        department="57",
    ),
    Worked(
        name="closed for a day, and says why",
        now="2026-11-24 16:30",
        notified="2026-11-16 08:30",
        arrives="2026-11-23 05:40",
        first="2026-11-26 08:00",
        sentence="Premier créneau possible : jeudi 26 nov. à 8 h 00, car le poste demande 2 h pour préparer le contrôle et le poste est fermé mercredi 25 nov. (travaux sur le quai).",
        closed=(("2026-11-25 00:00", "2026-11-26 00:00", "travaux sur le quai"),),
    ),
    Worked(
        name="closed for a morning",
        now="2026-11-24 16:30",
        notified="2026-11-16 08:30",
        arrives="2026-11-23 05:40",
        first="2026-11-25 13:00",
        sentence="Premier créneau possible : mercredi 25 nov. à 13 h 00, car le poste demande 2 h pour préparer le contrôle.",
        closed=(("2026-11-25 00:00", "2026-11-25 13:00", "formation"),),
    ),
    Worked(
        name="closed over a weekend and more",
        now="2026-11-24 16:30",
        notified="2026-11-16 08:30",
        arrives="2026-11-23 05:40",
        first="2026-12-03 08:00",
        sentence="Premier créneau possible : jeudi 3 déc. à 8 h 00, car le poste demande 2 h pour préparer le contrôle et le poste est fermé du mercredi 25 nov. au mercredi 2 déc. (inventaire).",
        closed=(("2026-11-25 00:00", "2026-12-03 00:00", "inventaire"),),
    ),
    Worked(
        name="the last times of the day are taken",
        now="2026-11-24 14:10",
        notified="2026-11-16 08:30",
        arrives="2026-11-23 05:40",
        first="2026-11-25 08:00",
        sentence="Premier créneau possible : mercredi 25 nov. à 8 h 00, car le poste demande 2 h pour préparer le contrôle et les 2 créneaux d’avant sont complets.",
        taken=("2026-11-24 16:30",),
    ),
    Worked(
        name="notice, closure and full together",
        now="2026-11-27 13:10",
        notified="2026-11-27 09:10",
        arrives="2026-11-28 05:40",
        first="2026-12-02 08:00",
        sentence="Premier créneau possible : mercredi 2 déc. à 8 h 00, car le préavis légal d’un jour ouvré court jusqu’au lundi 30 nov. à 9 h 10, le poste est fermé mardi 1er déc. (grève) et les 16 créneaux d’avant sont complets.",
        closed=(("2026-12-01 00:00", "2026-12-02 00:00", "grève"),),
        taken=(
            "2026-11-30 09:30",
            "2026-11-30 10:30",
            "2026-11-30 11:30",
            "2026-11-30 12:30",
            "2026-11-30 13:30",
            "2026-11-30 14:30",
            "2026-11-30 15:30",
            "2026-11-30 16:30",
            "2026-11-30 17:15",
        ),
    ),
    Worked(
        name="La Réunion, on its own clocks",
        now="2026-12-17 15:10",
        notified="2026-12-17 09:10",
        arrives="2026-12-16 05:40",
        first="2026-12-18 09:30",
        sentence="Premier créneau possible : vendredi 18 déc. à 9 h 30 (heure de La Réunion), car le préavis légal d’un jour ouvré court jusqu’au vendredi 18 déc. à 9 h 10 (heure de La Réunion).",
        department="974",
        zone="Indian/Reunion",
    ),
    Worked(
        name="Guadeloupe, 27 May",
        now="2026-05-26 17:10",
        notified="2026-05-20 09:10",
        arrives="2026-05-25 05:40",
        first="2026-05-28 08:00",
        sentence="Premier créneau possible : jeudi 28 mai à 8 h 00 (heure de Guadeloupe), car le poste demande 2 h pour préparer le contrôle et mercredi 27 mai est férié (Abolition de l’esclavage).",
        department="971",
        zone="America/Guadeloupe",
    ),
    Worked(
        name="Guyane, 10 June",
        now="2026-06-09 17:10",
        notified="2026-06-01 09:10",
        arrives="2026-06-09 05:40",
        first="2026-06-11 08:00",
        sentence="Premier créneau possible : jeudi 11 juin à 8 h 00 (heure de Guyane), car le poste demande 2 h pour préparer le contrôle et mercredi 10 juin est férié (Abolition de l’esclavage).",
        department="973",
        zone="America/Cayenne",
    ),
    Worked(
        name="one working day into 29 February",
        now="2028-02-28 17:10",
        notified="2028-02-28 16:00",
        arrives="2028-02-28 05:40",
        first="2028-02-29 16:00",
        sentence="Premier créneau possible : mardi 29 févr. à 16 h 00, car le préavis légal d’un jour ouvré court jusqu’au mardi 29 févr. à 16 h 00.",
    ),
    Worked(
        name="the night that lacks an hour, open day and night",
        now="2026-03-28 23:40",
        notified="2026-03-16 16:00",
        arrives="2026-03-28 05:40",
        first="2026-03-29 03:00",
        sentence="Premier créneau possible : dimanche 29 mars à 3 h 00, car le poste demande 2 h pour préparer le contrôle.",
        terms={"hours": ALWAYS},
    ),
    Worked(
        name="the night with an hour twice, open day and night",
        now="2026-10-24 23:40",
        notified="2026-10-16 16:00",
        arrives="2026-10-25 02:20",
        first="2026-10-25 02:30",
        sentence="Premier créneau possible : dimanche 25 oct. à 2 h 30 (heure d’été), car la marchandise arrive le dimanche 25 oct. à 2 h 20 (heure d’été).",
        terms={"hours": ALWAYS},
    ),
    Worked(
        name="nothing is left",
        now="2026-11-24 14:10",
        notified="2026-11-16 08:30",
        arrives="2026-11-23 05:40",
        first="",
        sentence="Toutes les places sont prises jusqu’au mercredi 25 nov. inclus. Une place peut se libérer : cette page le montre aussitôt.",
        terms={"horizon_days": 1},
        taken=ALL_TAKEN,
    ),
    Worked(
        name="notified on Ascension: Friday is the working day, and the post works on Saturday",
        now="2026-05-14 15:00",
        notified="2026-05-14 14:20",
        arrives="2026-05-14 06:00",
        first="2026-05-16 08:00",
        sentence="Premier créneau possible : samedi 16 mai à 8 h 00, car le préavis légal d’un jour ouvré court jusqu’au vendredi 15 mai à minuit.",
        terms={"hours": EVERY_DAY},
    ),
)
