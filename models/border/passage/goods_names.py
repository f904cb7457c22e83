"""What people call goods in French, by CN code: the longest beginning wins.

TRACES sends the labels of the combined nomenclature in English, and no one on a quay calls mangoes
« fruits et fruits à coques comestibles ».
"""

from collections.abc import Mapping, Sequence

from models.border.passage.content import Goods
from models.kernel.countries import from_country

NAMES: Mapping[str, str] = {
    "0101": "Chevaux",
    "0102": "Bovins vivants",
    "0105": "Volailles vivantes",
    "0106": "Animaux vivants",
    "0201": "Viande bovine réfrigérée",
    "020130": "Bœuf désossé réfrigéré",
    "0202": "Viande bovine congelée",
    "0203": "Viande porcine",
    "0204": "Viande ovine",
    "0207": "Volaille",
    "0210": "Viandes salées ou séchées",
    "0301": "Poissons vivants",
    "0302": "Poisson frais",
    "0303": "Poisson congelé",
    "030342": "Thon albacore congelé",
    "0304": "Filets de poisson",
    "0305": "Poisson salé ou fumé",
    "0306": "Crustacés",
    "030617": "Crevettes congelées",
    "0307": "Mollusques",
    "030743": "Calmars congelés",
    "030752": "Poulpe congelé",
    "0402": "Lait en poudre",
    "0405": "Beurre",
    "0406": "Fromage",
    "0407": "Œufs",
    "0409": "Miel",
    "0504": "Boyaux",
    "0511": "Produits d’origine animale",
    "0601": "Bulbes",
    "0602": "Plantes vivantes",
    "060210": "Boutures",
    "0603": "Fleurs coupées",
    "060311": "Roses coupées",
    "060312": "Œillets coupés",
    "060313": "Orchidées coupées",
    "0604": "Feuillages",
    "0701": "Pommes de terre",
    "0702": "Tomates",
    "0703": "Oignons et aulx",
    "0704": "Choux",
    "0707": "Concombres",
    "0708": "Légumes à cosse",
    "070820": "Haricots verts",
    "0709": "Légumes frais",
    "070930": "Aubergines",
    "070960": "Poivrons et piments",
    "0713": "Légumes secs",
    "0714": "Manioc et patates douces",
    "0801": "Noix de coco et de cajou",
    "080132": "Noix de cajou",
    "0802": "Fruits à coque",
    "080251": "Pistaches",
    "080252": "Pistaches",
    "0803": "Bananes",
    "0804": "Fruits tropicaux",
    "080430": "Ananas",
    "080440": "Avocats",
    "080450": "Mangues",
    "0805": "Agrumes",
    "080510": "Oranges",
    "080550": "Citrons",
    "0806": "Raisins",
    "0807": "Melons et papayes",
    "0808": "Pommes et poires",
    "0809": "Fruits à noyau",
    "0810": "Fruits frais",
    "081010": "Fraises",
    "081040": "Myrtilles",
    "081090": "Fruits exotiques",
    "0813": "Fruits secs",
    "081350": "Mélanges de fruits secs",
    "0901": "Café vert",
    "0902": "Thé",
    "0904": "Poivre et piments secs",
    "0906": "Cannelle",
    "0908": "Épices",
    "0910": "Épices",
    "091011": "Gingembre",
    "1005": "Maïs",
    "1006": "Riz",
    "100630": "Riz basmati",
    "1201": "Soja",
    "1202": "Arachides",
    "1206": "Graines de tournesol",
    "1207": "Graines oléagineuses",
    "120740": "Graines de sésame",
    "1209": "Semences",
    "1211": "Plantes médicinales",
    "1504": "Huile de poisson",
    "1601": "Charcuterie",
    "1602": "Préparations de viande",
    "1604": "Conserves de poisson",
    "1605": "Conserves de crustacés",
    "2008": "Fruits préparés",
    "200811": "Arachides préparées",
    "2301": "Farine de poisson",
    "2304": "Tourteaux de soja",
    "2309": "Aliments pour animaux",
    "4101": "Peaux brutes",
    "4401": "Bois de chauffage",
    "4403": "Bois brut",
    "4407": "Bois sciés",
    "4415": "Emballages en bois",
}


def name(cn_code: str, otherwise: str = "") -> str:
    """`Avocats` for 08044000; `otherwise` when the code is not one that we know, then `Marchandise`."""
    for length in (8, 6, 4):
        if len(cn_code) >= length and cn_code[:length] in NAMES:
            return NAMES[cn_code[:length]]
    return otherwise or "Marchandise"


def title(goods: Sequence[Goods], origin: str) -> str:
    """What people call a consignment: `Mangues de Côte d’Ivoire`, `Mangues, ananas et 2 autres du Ghana`."""
    named = [name(line.cn_code, line.common_name or line.scientific_name) for line in goods]
    names = list(dict.fromkeys(named)) or ["Marchandise"]
    phrase = names[0]
    if len(names) == 2:
        phrase += f" et {_lower(names[1])}"
    elif len(names) > 2:
        phrase += f", {_lower(names[1])} et {len(names) - 2} autre{'s' if len(names) > 3 else ''}"
    return f"{phrase} {from_country(origin)}".rstrip()


def _lower(word: str) -> str:
    return word[:1].lower() + word[1:]
