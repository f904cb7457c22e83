"""Units of mass (UN/ECE recommendation 20), each as kilograms."""

from collections.abc import Mapping
from decimal import Decimal

KILOGRAMS: Mapping[str, Decimal] = {
    code: Decimal(kilograms)
    for code, kilograms in {
        "KGM": "1",
        "58": "1",  # net kilogram
        "E4": "1",  # gross kilogram
        "KDW": "1",  # drained net weight
        "KIC": "1",  # container included
        "KIP": "1",  # inner packaging included
        "KNS": "1",  # of a named substance
        "TNE": "1000",
        "2U": "1000",  # megagram
        "KTN": "1000000",
        "DTN": "100",
        "DJ": "0.01",  # decagram
        "HGM": "0.1",
        "GRM": "0.001",
        "DG": "0.0001",
        "CGM": "0.00001",
        "MGM": "0.000001",
        "MC": "0.000000001",
        "LBR": "0.45359237",
        "ONZ": "0.028349523125",
        "APZ": "0.0311034768",  # the recommendation misplaces its decimal point
        "GRN": "0.00006479891",
        "CTM": "0.0002",
        "STI": "6.35029318",
        "QTR": "12.70058636",
        "CWA": "45.359237",
        "CWI": "50.80234544",
        "STN": "907.18474",
        "LTN": "1016.0469088",
    }.items()
}
