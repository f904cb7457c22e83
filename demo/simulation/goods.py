"""The goods that cross: CN and EPPO codes, scientific names, origins, and how they are packed. Data only."""

from dataclasses import dataclass

from models.border.passage.vocabulary import ChedType

P, PP, D, A = ChedType.ANIMAL_PRODUCTS, ChedType.PLANTS, ChedType.FEED_AND_FOOD, ChedType.ANIMALS


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of goods. Weights in kilograms; `packages` fill one container or one air lot."""

    family: str
    ched_type: ChedType
    cn_code: str
    label: str
    """As TRACES gives it, in English."""
    scientific: str
    eppo: str
    origins: tuple[str, ...]
    package: tuple[str, str]
    weight: float
    """Net, of one package."""
    packages: int
    heads: int = 0
    """Animals in one package; 0 for what is not alive."""


_CARTON, _BOX, _BAG, _CASE = ("CT", "Carton"), ("BX", "Box"), ("BG", "Bag"), ("CS", "Case")
_PALLET, _CRATE, _CAGE, _BUNDLE = ("PX", "Pallet"), ("CR", "Crate"), ("CG", "Cage"), ("BE", "Bundle")

# fmt: off
KINDS: tuple[Kind, ...] = (
    Kind("fruit", PP, "08044000", "Avocados", "Persea americana", "PEBAM", ("PE", "KE", "CO"), _CARTON, 4, 5280),
    Kind("fruit", PP, "08045000", "Guavas, mangoes", "Mangifera indica", "MNGIN", ("CI", "BR"), _CARTON, 4, 5280),
    Kind("fruit", PP, "08043000", "Pineapples", "Ananas comosus", "ANHCO", ("CR", "GH"), _CARTON, 12, 1600),
    Kind("fruit", PP, "08039010", "Bananas", "Musa acuminata", "MUBAC", ("CI", "CM", "EC"), _CARTON, 18.14, 1080),
    Kind("fruit", PP, "08051020", "Sweet oranges", "Citrus sinensis", "CIDSI", ("ZA", "EG", "MA"), _CARTON, 15, 1600),
    Kind("fruit", PP, "08055010", "Lemons", "Citrus limon", "CIDLI", ("ZA", "AR", "TR"), _CARTON, 15, 1600),
    Kind("fruit", PP, "08061010", "Table grapes", "Vitis vinifera", "VITVI", ("PE", "ZA", "IN"), _CARTON, 4.5, 4200),
    Kind("fruit", PP, "08081080", "Apples", "Malus domestica", "MABSD", ("NZ", "CL"), _CARTON, 18, 1176),
    Kind("fruit", PP, "08104030", "Blueberries", "Vaccinium corymbosum", "VACCO", ("PE", "CL"), _CARTON, 3, 5040),
    Kind("air_fruit", PP, "08045000", "Mangoes", "Mangifera indica", "MNGIN", ("ML", "SN", "PE"), _CARTON, 6, 420),
    Kind("air_fruit", PP, "08109020", "Passion fruit", "Passiflora edulis", "PAQED", ("KE", "CO"), _CARTON, 2, 600),
    Kind("air_fruit", PP, "08101000", "Strawberries", "Fragaria ananassa", "FRAAN", ("EG", "MA"), _CARTON, 2.5, 500),
    Kind("vegetables", PP, "07082000", "Beans", "Phaseolus vulgaris", "PHSVX", ("KE", "SN", "MA"), _CARTON, 2.5, 900),
    Kind("vegetables", PP, "07096010", "Sweet peppers", "Capsicum annuum", "CPSAN", ("MA", "EG"), _CARTON, 5, 1800),
    Kind("vegetables", PP, "07093000", "Aubergines", "Solanum melongena", "SOLME", ("KE", "GH"), _CARTON, 5, 640),
    Kind("vegetables", PP, "07142010", "Sweet potatoes", "Ipomoea batatas", "IPOBA", ("EG", "US"), _CARTON, 6, 3300),
    Kind("vegetables", PP, "07020000", "Tomatoes", "Solanum lycopersicum", "LYPES", ("MA", "SN"), _CARTON, 6, 3000),
    Kind("flowers", PP, "06031100", "Roses", "Rosa hybrida", "ROSHY", ("KE", "ET", "EC"), _BOX, 12, 160),
    Kind("flowers", PP, "06031200", "Carnations", "Dianthus caryophyllus", "DIACA", ("CO", "KE"), _BOX, 13, 120),
    Kind("plants", PP, "06021090", "Cuttings", "Pelargonium zonale", "PELZO", ("KE", "ET"), _BOX, 6, 220),
    Kind("wood", PP, "44079190", "Oak, sawn", "Quercus alba", "QUEAL", ("US",), _BUNDLE, 1150, 20),
    Kind("wood", PP, "44079200", "Tropical wood, sawn", "Aucoumea klaineana", "AUKKL", ("GA", "CM"), _BUNDLE, 900, 24),
    Kind("fish", P, "03061792", "Frozen shrimps", "Litopenaeus vannamei", "", ("EC", "VN", "IN"), _CARTON, 10, 2200),
    Kind("fish", P, "03034212", "Frozen yellowfin tuna", "Thunnus albacares", "", ("CI", "MV"), _CARTON, 20, 1200),
    Kind("fish", P, "03075200", "Frozen octopus", "Octopus vulgaris", "", ("MA", "MR", "SN"), _CARTON, 18, 1250),
    Kind("fish", P, "03074338", "Frozen squid", "Loligo patagonica", "", ("AR", "CN"), _CARTON, 20, 1150),
    Kind("fish", P, "03047419", "Frozen fillets of hake", "Merluccius capensis", "", ("ZA", "AR"), _CARTON, 6, 3600),
    Kind("air_fish", P, "03023190", "Fresh tuna", "Thunnus alalunga", "", ("MV", "SN"), _BOX, 30, 60),
    Kind("air_fish", P, "03028990", "Fresh fish", "Epinephelus aeneus", "", ("SN", "MR"), _BOX, 20, 90),
    Kind("meat", P, "02013000", "Boneless beef, chilled", "Bos taurus", "", ("AR", "UY", "BR"), _CARTON, 20, 620),
    Kind("meat", P, "02071410", "Frozen chicken cuts", "Gallus gallus", "", ("BR", "TH"), _CARTON, 12, 2050),
    Kind("meat", P, "04090000", "Natural honey", "Apis mellifera", "", ("CN", "UY", "AR"), ("DR", "Drum"), 300, 64),
    Kind("nuts", D, "12024200", "Groundnuts, shelled", "Arachis hypogaea", "", ("AR", "US", "BR"), _BAG, 25, 760),
    Kind("nuts", D, "08025200", "Pistachios, shelled", "Pistacia vera", "", ("US", "TR"), _CARTON, 12.5, 1500),
    Kind("nuts", D, "08013200", "Cashew nuts, shelled", "Anacardium occidentale", "", ("VN", "CI"), _CARTON, 22.68, 700),
    Kind("nuts", D, "12074090", "Sesame seeds", "Sesamum indicum", "", ("IN", "ET"), _BAG, 25, 760),
    Kind("spices", D, "09042110", "Sweet peppers, dried", "Capsicum annuum", "", ("CN", "IN"), _BAG, 25, 480),
    Kind("spices", D, "09041100", "Pepper", "Piper nigrum", "", ("VN", "BR", "ID"), _BAG, 25, 600),
    Kind("spices", D, "09083100", "Cardamoms", "Elettaria cardamomum", "", ("IN",), _BAG, 20, 300),
    Kind("spices", D, "09061100", "Cinnamon", "Cinnamomum verum", "", ("MG", "ID"), _BAG, 25, 420),
    Kind("feed", D, "23099096", "Animal feed", "", "", ("US", "CN"), _PALLET, 800, 26),
    Kind("feed", P, "23012000", "Fish meal", "Engraulis ringens", "", ("PE", "MR"), _BAG, 50, 480),
    Kind("animals", A, "01012990", "Horses", "Equus caballus", "", ("US", "AR"), _CRATE, 520, 2, 1),
    Kind("animals", A, "03011100", "Ornamental fish", "Poecilia reticulata", "", ("TH", "CO"), _BOX, 9, 40, 250),
    Kind("animals", A, "01051111", "Day-old chicks", "Gallus gallus", "", ("US",), _CAGE, 4, 120, 100),
)
# fmt: on

PRODUCT_TYPES = {
    P: "PRODUCTS_OF_ANIMAL_ORIGIN",
    PP: "OTHER_LIVING_PLANTS_FRUIT_AND_VEGETABLES",
    D: "FOOD_OF_NON_ANIMAL_ORIGIN",
    A: "LIVE_ANIMALS",
}
