"""Who trades what through where: invented companies, real goods, plausible ships and flights. Data only."""

from collections.abc import Mapping
from dataclasses import dataclass

from demo.commands.companies import DEMO_SIRENS, A, B, C, T


@dataclass(frozen=True, slots=True)
class Place:
    """A border control post, and how goods reach it."""

    code: str
    name: str
    locode: str
    """Where containers are put ashore; empty at an airport."""
    carriers: tuple[str, ...]
    """Vessels, or flight numbers."""
    families: tuple[str, ...]
    pace: float
    """Multiplies how long the authorities take there."""

    @property
    def by_air(self) -> bool:
        """Whether goods come by plane."""
        return not self.locode


@dataclass(frozen=True, slots=True)
class Importer:
    """A company of the demonstration, and the families of goods that it buys."""

    siren: str
    name: str
    city: str
    postcode: str
    families: tuple[str, ...]


PLACES: Mapping[str, Place] = {
    place.code: place
    for place in (
        Place(
            "FRLEH1",
            "Le Havre",
            "FRLEH",
            (
                "ALBÂTRE STAR",
                "CAP ANTIFER",
                "PACIFIC HERON",
                "ESTUAIRE EXPRESS",
                "LINEA AUSTRAL",
                "NORDIC TERN",
            ),
            ("fruit", "vegetables", "fish", "meat", "nuts", "spices", "wood", "feed"),
            1.0,
        ),
        Place(
            "FRCDG4",
            "Roissy-Charles-de-Gaulle",
            "",
            ("AF 815", "AF 703", "KQ 112", "ET 704", "AF 429", "EK 73", "QR 41", "AF 256"),
            ("flowers", "air_fruit", "vegetables", "air_fish", "animals"),
            0.6,
        ),
        Place(
            "FRMRS1",
            "Marseille",
            "FRFOS",
            ("CALANQUE BLEUE", "TANIT LINE", "LEVANT CARRIER", "GULF OF LIONS", "MASSALIA"),
            ("fruit", "vegetables", "nuts", "spices", "fish"),
            1.2,
        ),
        Place(
            "FRDKK1",
            "Dunkerque",
            "FRDKK",
            ("OPALE TRADER", "KIWI MERIDIAN", "FLANDRE BAY"),
            ("fruit", "feed", "vegetables", "plants", "wood"),
            0.9,
        ),
    )
}

IMPORTERS: tuple[Importer, ...] = (
    Importer(A, "Kerdrel Primeurs", "Le Havre", "76600", ("fruit", "vegetables", "air_fruit")),
    Importer(B, "Horizon Caudal", "Le Havre", "76600", ("fish", "air_fish")),
    Importer(C, "Nutri Estuaire", "Montoir-de-Bretagne", "44550", ("nuts", "feed")),
    Importer(DEMO_SIRENS[4], "Coque & Cie", "Rouen", "76000", ("nuts",)),
    Importer(DEMO_SIRENS[5], "Caudal Océan", "Lorient", "56100", ("fish", "air_fish")),
    Importer(DEMO_SIRENS[6], "Verger Austral", "Rungis", "94150", ("fruit", "air_fruit")),
    Importer(DEMO_SIRENS[7], "Maison Tavernel", "Marseille", "13002", ("nuts", "spices")),
    Importer(DEMO_SIRENS[8], "Racines du Ponant", "Brest", "29200", ("vegetables",)),
    Importer(DEMO_SIRENS[9], "Comptoir Salvignac", "Bordeaux", "33000", ("meat", "wood", "animals")),
    Importer(DEMO_SIRENS[10], "Les Serres de Loon", "Dunkerque", "59140", ("plants", "flowers")),
    Importer(DEMO_SIRENS[11], "Épices Marigot", "Fos-sur-Mer", "13270", ("spices",)),
)

FORWARDER = Importer(T, "Transit Bellocq", "Le Havre", "76600", ())
"""Who presents the goods of companies A and B."""
REPRESENTED = frozenset({A, B})

EXPORTERS: Mapping[str, tuple[str, str]] = {
    "AR": ("Pampa Verde Exportaciones", "Buenos Aires"),
    "BR": ("Agro Sertão Exportadora", "Petrolina"),
    "CI": ("Lagune Fruits Export", "Abidjan"),
    "CL": ("Cordillera Frutas", "Valparaíso"),
    "CM": ("Moungo Produce", "Douala"),
    "CN": ("Qingdao Haolin Foods", "Qingdao"),
    "CO": ("Sabana Flores", "Bogotá"),
    "CR": ("Finca Talamanca", "Limón"),
    "EC": ("Mar del Guayas", "Guayaquil"),
    "EG": ("Delta Nile Growers", "Alexandria"),
    "ET": ("Ziway Blooms", "Addis Ababa"),
    "GA": ("Ogooué Bois", "Libreville"),
    "GH": ("Volta Fresh", "Tema"),
    "ID": ("Borneo Spice House", "Surabaya"),
    "IN": ("Malabar Spice Traders", "Kochi"),
    "KE": ("Rift Valley Produce", "Nairobi"),
    "MA": ("Souss Primeurs", "Agadir"),
    "MG": ("Vanille du Sambirano", "Toamasina"),
    "ML": ("Mangues du Sikasso", "Bamako"),
    "MR": ("Banc d’Arguin Pêche", "Nouadhibou"),
    "MV": ("Atoll Tuna Company", "Malé"),
    "NZ": ("Otago Orchards", "Tauranga"),
    "PE": ("Valle de Chao Agrícola", "Callao"),
    "SN": ("Niayes Pêcheries", "Dakar"),
    "TH": ("Siam Ornamental Fish", "Bangkok"),
    "TR": ("Ege Kuru Meyve", "Izmir"),
    "US": ("Blue Ridge Commodities", "Savannah"),
    "UY": ("Estancias del Litoral", "Montevideo"),
    "VN": ("Mekong Seafood", "Can Tho"),
    "ZA": ("Limpopo Citrus Growers", "Durban"),
}
"""Invented, one a country: name and city."""
